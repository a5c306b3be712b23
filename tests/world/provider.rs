//! A provider of OpenID Connect on loopback, with real keys: it says whatever a story wants it to say.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Made for these tests, and used for nothing else.
const RSA_KEY: &[u8] = include_bytes!("provider-key.der");
pub const CLIENT: &str = "onrecord client";
pub const SECRET: &str = "s3cret:&%";

/// What a provider gives against a code.
#[derive(Debug, Clone)]
pub struct Grant {
    /// `RS256`, `ES256`, `none`, or `HS256` with what everybody knows as its secret.
    pub algorithm: &'static str,
    pub claims: Value,
    /// Bytes of the signature that are turned.
    pub spoilt: bool,
    pub challenge: String,
}

/// The provider.
pub struct Provider {
    pub issuer: String,
    inside: Arc<Inside>,
}

struct Inside {
    issuer: String,
    rsa: RsaKeyPair,
    point: Mutex<EcdsaKeyPair>,
    random: SystemRandom,
    /// Codes that were given out and not yet given back.
    codes: Mutex<HashMap<String, Grant>>,
    /// What it says of itself, beside what is usual.
    says: Mutex<Value>,
}

impl Provider {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let random = SystemRandom::new();
        let point = Mutex::new(new_point(&random));
        let rsa = RsaKeyPair::from_pkcs8(RSA_KEY).expect("a key");
        let (codes, says) = (Mutex::default(), Mutex::new(json!({})));
        let inside = Arc::new(Inside { issuer: issuer.clone(), rsa, point, random, codes, says });
        let site = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/elsewhere", get(async || axum::response::Redirect::temporary("/keys")))
            .route("/endless", get(async || " ".repeat(2 << 20)))
            .with_state(Arc::clone(&inside));
        tokio::spawn(async move { axum::serve(listener, site).await });
        Self { issuer, inside }
    }

    /// Changes what it says of itself.
    pub fn says(&self, more: Value) {
        *self.inside.says.lock().expect("what it says") = more;
    }

    /// Gives itself another key of the same name.
    pub fn rotate(&self) {
        *self.inside.point.lock().expect("the key") = new_point(&self.inside.random);
    }

    /// Somebody signed in there: a code for whoever began.
    pub fn code(&self, grant: Grant) -> String {
        let mut codes = self.inside.codes.lock().expect("the codes");
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), grant);
        code
    }
}

fn new_point(random: &SystemRandom) -> EcdsaKeyPair {
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), random).expect("a key")
}

async fn configuration(State(inside): State<Arc<Inside>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", inside.issuer);
    let mut all = json!({
        "issuer": inside.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    for (name, value) in inside.says.lock().expect("what it says").as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    Json(all)
}

async fn keys(State(inside): State<Arc<Inside>>) -> Json<Value> {
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let rsa = PublicKeyComponents::<Vec<u8>>::from(inside.rsa.public());
    let key = inside.point.lock().expect("the key");
    let point = key.public_key().as_ref();
    Json(json!({"keys": [
        {"kty": "RSA", "kid": "not for signing", "use": "enc", "n": text(&rsa.n), "e": text(&rsa.e)},
        {"kty": "RSA", "kid": "RS256", "use": "sig", "alg": "RS256", "n": text(&rsa.n), "e": text(&rsa.e)},
        {"kty": "EC", "kid": "ES256", "crv": "P-256", "x": text(&point[1..33]), "y": text(&point[33..])},
        {"kty": "something new", "kid": "x"},
    ]}))
}

async fn token(
    State(inside): State<Arc<Inside>>,
    headers: HeaderMap,
    Form(fields): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refused = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": why})));
    let basic = STANDARD.encode("onrecord+client:s3cret%3A%26%25");
    let shown = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let posted = fields.get("client_secret").is_some_and(|secret| secret == SECRET);
    if shown != format!("Basic {basic}") && !posted {
        return refused("invalid_client");
    }
    let Some(grant) = fields.get("code").and_then(|code| inside.codes.lock().expect("the codes").remove(code)) else {
        return refused("invalid_grant");
    };
    let verifier = fields.get("code_verifier").cloned().unwrap_or_default();
    let back = fields.get("redirect_uri").is_some_and(|back| back.ends_with("/editor/sign-in/provider/back"));
    if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) != grant.challenge || !back {
        return refused("invalid_grant");
    }
    (StatusCode::OK, Json(json!({"access_token": "x", "token_type": "Bearer", "id_token": signed(&inside, &grant)})))
}

fn signed(inside: &Inside, grant: &Grant) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = json!({"alg": grant.algorithm, "kid": grant.algorithm, "typ": "JWT"});
    let text = format!("{}.{}", part(&head), part(&grant.claims));
    let mut signature = match grant.algorithm {
        "RS256" => {
            let mut signature = vec![0; inside.rsa.public().modulus_len()];
            inside.rsa.sign(&RSA_PKCS1_SHA256, &inside.random, text.as_bytes(), &mut signature).expect("a signature");
            signature
        }
        "ES256" => {
            let key = inside.point.lock().expect("the key");
            key.sign(&inside.random, text.as_bytes()).expect("a signature").as_ref().to_vec()
        }
        // The public key as a shared secret, as careless verifiers take it.
        "HS256" => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, inside.rsa.public().as_ref());
            ring::hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
        }
        _ => Vec::new(),
    };
    if grant.spoilt {
        for byte in &mut signature {
            *byte ^= 1;
        }
    }
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}
