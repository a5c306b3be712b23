//! Signing in through a provider of OpenID Connect: only whoever has an account here, and only what the provider said.

use axum::body::Body;
use axum::http::Request;
use onrecord::auth::oidc::Provider as Settings;
use onrecord::domain::AccountRole;
use serde_json::{Value, json};
use url::Url;

use super::editor::look;
use super::sign_in::{ADA, HERONS, account};
use crate::world::provider::{CLIENT, Grant, Provider, SECRET};
use crate::world::{Answer, World};

const NOW: i64 = 1_795_348_800; // 2026-11-22T12:00:00Z
const BACK: &str = "/editor/sign-in/provider/back";

/// An archive whose editors may come in through a provider.
struct Story {
    world: World,
    provider: Provider,
}

/// A sign-in that was begun: what the provider was asked, and what the browser keeps.
struct Asked {
    state: String,
    nonce: String,
    challenge: String,
    cookie: String,
}

impl Story {
    async fn new() -> Self {
        let provider = Provider::start().await;
        let settings = Settings::new(&provider.issuer, CLIENT, Some(SECRET.to_owned()), "Harbour House");
        let world = World::with_provider(settings.expect("a provider")).await;
        account(&world, ADA, AccountRole::Editor).await;
        Self { world, provider }
    }

    async fn begin(&self, query: &str) -> Asked {
        let answer = self.world.get(&format!("/editor/sign-in/provider{query}")).await.assert_status(303);
        let page = Url::parse(answer.header("location")).expect("an address");
        let field = |name: &str| {
            let field = page.query_pairs().find(|(known, _)| known == name);
            field.unwrap_or_else(|| panic!("no {name} in {page}")).1.into_owned()
        };
        assert!(page.as_str().starts_with(&format!("{}/authorize?", self.provider.issuer)), "{page}");
        assert_eq!((field("response_type"), field("code_challenge_method")), ("code".into(), "S256".into()));
        assert_eq!((field("client_id"), field("scope")), (CLIENT.into(), "openid email".into()));
        assert_eq!(field("redirect_uri"), format!("https://onrecord.example{BACK}"));
        let cookie = answer.header("set-cookie");
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/editor/sign-in;", "Max-Age=600"] {
            assert!(cookie.contains(part), "no {part} in {cookie}");
        }
        let cookie = cookie.split(';').next().expect("a cookie").to_owned();
        Asked { state: field("state"), nonce: field("nonce"), challenge: field("code_challenge"), cookie }
    }

    fn claims(&self, asked: &Asked) -> Value {
        json!({
            "iss": self.provider.issuer, "aud": CLIENT, "sub": "person-7", "nonce": asked.nonce,
            "iat": NOW, "exp": NOW + 300, "email": "Ada@Harbour.example", "email_verified": true,
        })
    }

    fn grant(&self, asked: &Asked, more: &Value) -> Grant {
        let mut claims = self.claims(asked);
        for (name, value) in more.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        Grant { algorithm: "RS256", claims, spoilt: false, challenge: asked.challenge.clone() }
    }

    /// Comes back from the provider with a code for what it grants.
    async fn back(&self, asked: &Asked, grant: Grant) -> Answer {
        let code = self.provider.code(grant);
        self.go(&format!("{BACK}?state={}&code={code}", asked.state), &asked.cookie).await
    }

    async fn go(&self, address: &str, cookie: &str) -> Answer {
        let request = Request::get(address).header("cookie", cookie).body(Body::empty());
        self.world.send(request.expect("a request")).await
    }

    /// Signs in from the beginning, with other claims.
    async fn enter(&self, more: Value) -> Answer {
        let asked = self.begin("").await;
        self.back(&asked, self.grant(&asked, &more)).await
    }

    #[track_caller]
    fn assert_refused(answer: Answer, why: &str) {
        let session = answer.headers.get_all("set-cookie").iter().any(|cookie| {
            cookie.to_str().is_ok_and(|cookie| cookie.starts_with("onrecord_session=") && !cookie.contains("=;"))
        });
        assert!(!session, "{why}: {:?}", answer.headers);
        assert!([400, 403].contains(&answer.status.as_u16()), "{why}: {} {}", answer.status, answer.words());
        answer.assert_says("Sign in with Harbour House");
    }

    async fn acts(&self) -> Vec<String> {
        let acts = sqlx::query_scalar("select act || coalesce(' ' || (refs->>'by'), '') from audit_entry order by id");
        acts.fetch_all(&self.world.pool).await.expect("the log")
    }
}

fn session(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let mut sessions = cookies.filter(|cookie| cookie.starts_with("onrecord_session="));
    sessions.next().and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned()
}

#[tokio::test]
async fn whoever_has_an_account_comes_in_and_goes_on_where_they_wanted_to() {
    let story = Story::new().await;
    let page = story.world.get("/editor/sign-in?next=/editor/account").await.assert_page();
    page.assert_says("Sign in with Harbour House").assert_has("/editor/sign-in/provider?next=%2Feditor%2Faccount");
    for algorithm in ["RS256", "ES256"] {
        let asked = story.begin("?next=/editor/account").await;
        let grant = Grant { algorithm, ..story.grant(&asked, &json!({})) };
        let entered = story.back(&asked, grant).await.assert_redirects_to("/editor/account");
        look(&story.world, &session(&entered), "/editor").await.assert_page().assert_says(ADA);
        let gone = entered.headers.get_all("set-cookie").iter().any(|cookie| {
            cookie.to_str().is_ok_and(|cookie| cookie.starts_with("onrecord_sign_in=;") && cookie.contains("Max-Age=0"))
        });
        assert!(gone, "{:?}", entered.headers);
    }
    // From now on it is the person that counts, whatever their address there.
    story
        .enter(json!({"email": "other@elsewhere.example", "email_verified": false}))
        .await
        .assert_redirects_to("/editor");
    story.enter(json!({"aud": [CLIENT, "another"], "azp": CLIENT})).await.assert_redirects_to("/editor");
    let acts = story.acts().await;
    assert_eq!(
        acts[1..],
        [
            "identity.bound",
            "session.opened provider",
            "session.opened provider",
            "session.opened provider",
            "session.opened provider"
        ]
    );
    for elsewhere in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example", "%2Feditor%0d%0ax"] {
        let asked = story.begin(&format!("?next={elsewhere}")).await;
        story.back(&asked, story.grant(&asked, &json!({}))).await.assert_redirects_to("/editor");
    }
}

#[tokio::test]
async fn what_the_provider_did_not_say_is_not_believed() {
    let story = Story::new().await;
    for (why, more) in [
        ("another nonce", json!({"nonce": "x"})),
        ("no nonce", json!({"nonce": null})),
        ("for another client", json!({"aud": "another"})),
        ("for no client", json!({"aud": []})),
        ("for several, and not ours first", json!({"aud": [CLIENT, "another"]})),
        ("given to another", json!({"azp": "another"})),
        ("of another provider", json!({"iss": "https://evil.example"})),
        (
            "of another provider with our name in front",
            json!({"iss": format!("{}.evil.example", story.provider.issuer)}),
        ),
        ("of nobody", json!({"iss": null})),
        ("too old", json!({"exp": NOW - 61})),
        ("without an end", json!({"exp": null})),
        ("with an end of another kind", json!({"exp": "9999999999"})),
        ("not yet made", json!({"iat": NOW + 3_600})),
        ("not yet good", json!({"nbf": NOW + 3_600})),
        ("not good at a time of another kind", json!({"nbf": "soon"})),
        ("about nobody", json!({"sub": ""})),
        ("about no one", json!({"sub": null})),
        ("an address that was not verified", json!({"email_verified": false})),
        ("an address of which nothing is said", json!({"email_verified": null})),
        ("no address", json!({"email": null})),
        ("nobody's address", json!({"email": "nobody@harbour.example"})),
        ("an address like another", json!({"email": "ada@harbour.example.evil.example"})),
    ] {
        Story::assert_refused(story.enter(more).await, why);
    }
    for (algorithm, spoilt) in [("RS256", true), ("ES256", true), ("none", false), ("HS256", false), ("", false)] {
        let asked = story.begin("").await;
        let grant = Grant { algorithm, spoilt, ..story.grant(&asked, &json!({})) };
        Story::assert_refused(story.back(&asked, grant).await, algorithm);
    }
    assert_eq!(story.acts().await, ["account.added"], "nobody came in, and nobody was made");
}

#[tokio::test]
async fn each_sign_in_is_good_for_one_return_of_the_browser_that_began_it() {
    let story = Story::new().await;
    let asked = story.begin("").await;
    let code = story.provider.code(story.grant(&asked, &json!({})));
    let address = format!("{BACK}?state={}&code={code}", asked.state);
    let other = story.begin("").await;
    for cookie in ["", "onrecord_sign_in=", &other.cookie] {
        Story::assert_refused(story.go(&address, cookie).await, "another browser");
    }
    let opened = story.go(&address, &asked.cookie).await.assert_redirects_to("/editor");
    story.go(&address, &asked.cookie).await.assert_status(400).assert_says("was used already. Please begin again.");
    assert_ne!(session(&opened), "");

    // A code that was stolen from another sign-in does not fit the secret of this one.
    let (mine, theirs) = (story.begin("").await, story.begin("").await);
    let code = story.provider.code(story.grant(&theirs, &json!({"nonce": mine.nonce})));
    Story::assert_refused(
        story.go(&format!("{BACK}?state={}&code={code}", mine.state), &mine.cookie).await,
        "a stolen code",
    );
    let asked = story.begin("").await;
    Story::assert_refused(
        story.go(&format!("{BACK}?state={}&code=never", asked.state), &asked.cookie).await,
        "no code of theirs",
    );
    let asked = story.begin("").await;
    let denied = format!("{BACK}?state={}&error=access_denied", asked.state);
    Story::assert_refused(story.go(&denied, &asked.cookie).await, "said no there");
    for (state, code) in [("", ""), ("x", "x"), ("%00", "%00"), ("%3Cscript%3E", "%3Cscript%3E")] {
        Story::assert_refused(story.go(&format!("{BACK}?state={state}&code={code}"), &asked.cookie).await, "nonsense");
    }
    // After ten minutes it is too late.
    let asked = story.begin("").await;
    story.world.change("update sign_in_begun set expires_at = '2026-11-22T12:00:00Z'").await;
    Story::assert_refused(story.back(&asked, story.grant(&asked, &json!({}))).await, "too late");
    // And a session that was brought along is not the one that opens.
    let asked = story.begin("").await;
    let code = story.provider.code(story.grant(&asked, &json!({})));
    let cookies = format!("{}; {}", session(&opened), asked.cookie);
    let again = story.go(&format!("{BACK}?state={}&code={code}", asked.state), &cookies).await.assert_status(303);
    assert_ne!(session(&again), session(&opened));
    look(&story.world, &session(&opened), "/editor").await.assert_redirects_to("/editor/sign-in");
}

#[tokio::test]
async fn a_provider_that_passes_for_another_is_refused() {
    let story = Story::new().await;
    let asked = story.begin("").await;
    let code = story.provider.code(story.grant(&asked, &json!({})));
    let address = format!("{BACK}?state={}&code={code}&iss=https://evil.example", asked.state);
    Story::assert_refused(story.go(&address, &asked.cookie).await, "another issuer");
    // One that always says who it is is not believed when it does not.
    story.provider.says(json!({"authorization_response_iss_parameter_supported": true}));
    Story::assert_refused(story.enter(json!({})).await, "no issuer");
    let asked = story.begin("").await;
    let code = story.provider.code(story.grant(&asked, &json!({})));
    let issuer: String = url::form_urlencoded::byte_serialize(story.provider.issuer.as_bytes()).collect();
    let address = format!("{BACK}?state={}&code={code}&iss={issuer}", asked.state);
    story.go(&address, &asked.cookie).await.assert_redirects_to("/editor");

    for says in [
        json!({"issuer": "https://evil.example"}),
        json!({"token_endpoint": "http://evil.example/token"}),
        json!({"jwks_uri": "http://evil.example/keys"}),
        json!({"authorization_endpoint": "javascript:alert(1)"}),
        json!({"token_endpoint": null}),
        json!({"jwks_uri": format!("{}/elsewhere", story.provider.issuer)}),
        json!({"jwks_uri": format!("{}/endless", story.provider.issuer)}),
    ] {
        story.provider.says(says);
        let answer = story.world.get("/editor/sign-in/provider").await.assert_status(503);
        answer.assert_says("It cannot be reached right now. Please try again in a minute, or use your password.");
    }
    // Each sign-in asks for the keys anew: those that signed yesterday may be gone.
    story.provider.says(json!({}));
    for _ in 0..2 {
        let asked = story.begin("").await;
        let grant = Grant { algorithm: "ES256", ..story.grant(&asked, &json!({})) };
        story.back(&asked, grant).await.assert_redirects_to("/editor");
        story.provider.rotate();
    }
    // A secret can be sent in the form, too.
    story.provider.says(json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]}));
    story.enter(json!({})).await.assert_redirects_to("/editor");
}

#[tokio::test]
async fn an_account_belongs_to_one_person_there_and_not_while_it_is_disabled() {
    let story = Story::new().await;
    story.enter(json!({})).await.assert_redirects_to("/editor");
    // Somebody else was given the address later on.
    Story::assert_refused(story.enter(json!({"sub": "person-8"})).await, "another person with this address");
    story.world.change("update account set disabled_at = now()").await;
    Story::assert_refused(story.enter(json!({})).await, "disabled");
    story.world.change("update account set disabled_at = null").await;
    story.enter(json!({})).await.assert_redirects_to("/editor");
    // What somebody may do is ours to say.
    let entered = story.enter(json!({"role": "admin", "groups": ["admin"]})).await;
    look(&story.world, &session(&entered), "/editor/accounts").await.assert_status(403);
    // An admin who disables the account frees it for the next person of this address.
    account(&story.world, "cy@harbour.example", AccountRole::Admin).await;
    let admin =
        super::editor::session(&story.world, "cy@harbour.example", AccountRole::Admin, super::editor::TOMORROW).await;
    for act in ["disable", "enable"] {
        super::editor::press_button(&story.world, &format!("/editor/accounts/1/{act}"), &admin, "")
            .await
            .assert_status(303);
    }
    story.enter(json!({"sub": "person-8"})).await.assert_redirects_to("/editor");
    Story::assert_refused(story.enter(json!({})).await, "the person before");
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_nobody_out_and_without_one_nothing_is_offered() {
    let gone = Settings::new("http://127.0.0.1:9", CLIENT, None, "").expect("a provider");
    let world = World::with_provider(gone).await;
    account(&world, ADA, AccountRole::Editor).await;
    world.get("/editor/sign-in").await.assert_page().assert_says("Sign in with 127.0.0.1");
    let answer = world.get("/editor/sign-in/provider?next=/editor/account").await.assert_status(503);
    answer.assert_says("or use your password.").assert_has("name=\"next\" value=\"/editor/account\"");
    let fields = format!("email={ADA}&password={}", HERONS.replace(' ', "+"));
    world.send(super::editor::form("/editor/sign-in", "", &fields)).await.assert_redirects_to("/editor");

    let without = World::new().await;
    without.get("/editor/sign-in").await.assert_page().assert_does_not_say("Sign in with");
    without.get("/editor/sign-in/provider").await.assert_status(404);
    without.get(BACK).await.assert_status(404);
    assert!(Settings::new("http://id.example", CLIENT, None, "").is_err(), "others listen there");
}
