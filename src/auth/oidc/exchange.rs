//! What is asked of a provider, and whether its word is good.

use futures::StreamExt as _;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use reqwest::{RequestBuilder, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::signature::ALGORITHMS;
use super::{Provider, is_trusted};
use crate::auth::{Error, Refused};
use crate::store::identities::Begun;

/// Bytes of the longest answer.
const LONGEST: usize = 1 << 20;
/// By how much its clock and ours may differ.
const LEEWAY: SignedDuration = SignedDuration::from_mins(1);

/// What a provider says of itself.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    pub authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Whether it says with each answer who gives it (RFC 9207).
    pub fn names_itself(&self) -> bool {
        self.authorization_response_iss_parameter_supported
    }

    fn takes_basic(&self) -> bool {
        // What is not said is "client_secret_basic".
        self.token_endpoint_auth_methods_supported
            .as_ref()
            .is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"))
    }
}

/// What a provider gives against a code.
#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// What it says of somebody. Times of another kind are no times, and such a token is none.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    /// Who it is there, for ever.
    pub sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    email: Option<String>,
    email_verified: Option<Verified>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Some providers write it as a word.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Verified {
    Plain(bool),
    Word(String),
}

impl Claims {
    /// The address, if the provider stands for it.
    pub fn verified_email(&self) -> Option<&str> {
        let verified = match self.email_verified.as_ref()? {
            Verified::Plain(verified) => *verified,
            Verified::Word(word) => word == "true",
        };
        self.email.as_deref().filter(|_| verified)
    }

    fn are_for(&self, client: &str, nonce: &str, now: Timestamp) -> bool {
        let (early, late) = ((now - LEEWAY).as_second() as f64, (now + LEEWAY).as_second() as f64);
        let among_others = matches!(&self.aud, Audience::Several(several) if several.len() > 1);
        let is_ours = match &self.aud {
            Audience::One(one) => one == client,
            Audience::Several(several) => several.iter().any(|one| one == client),
        };
        is_ours
            && self.azp.as_ref().map_or(!among_others, |azp| azp == client)
            && self.nonce.as_deref() == Some(nonce)
            && self.exp > early
            && self.iat <= late
            && self.nbf.is_none_or(|begins| begins <= late)
            && !self.sub.is_empty()
            && self.sub.len() <= 255
    }
}

impl Provider {
    /// What it says of itself, if it is the one that we know.
    pub(super) async fn metadata(&self) -> Result<Metadata, Error> {
        let issuer = self.issuer.trim_end_matches('/');
        let address = format!("{issuer}/.well-known/openid-configuration");
        let metadata: Metadata = read(ask(self.client.get(address)).await?).await?;
        let addresses = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        if metadata.issuer != self.issuer || !addresses.into_iter().all(|address| is_trusted(address)) {
            return Err(Error::Provider("it says that it is somebody else".to_owned()));
        }
        Ok(metadata)
    }

    /// Gives a code back, and checks what comes for it.
    pub(super) async fn exchange(
        &self,
        metadata: &Metadata,
        back: &str,
        code: &str,
        begun: &Begun,
        now: Timestamp,
    ) -> Result<Claims, Error> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back),
            ("code_verifier", begun.verifier.as_str()),
        ];
        let mut request = self.client.post(&metadata.token_endpoint);
        match &self.client_secret {
            Some(secret) if metadata.takes_basic() => {
                let written = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                request = request.basic_auth(written(&self.client_id), Some(written(secret)));
            }
            secret => {
                fields.push(("client_id", &self.client_id));
                fields.extend(secret.as_ref().map(|secret| ("client_secret", secret.as_str())));
            }
        }
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        let response = request.send().await.map_err(away)?;
        // A code that is wrong, used or too old.
        if response.status().is_client_error() {
            return Err(Refused::NotThere.into());
        }
        let tokens: Tokens = read(checked(response)?).await?;
        let keys: JwkSet = read(ask(self.client.get(&metadata.jwks_uri)).await?).await?;
        let claims = self.believed(&tokens.id_token, &keys).filter(|c| c.are_for(&self.client_id, &begun.nonce, now));
        Ok(claims.ok_or(Refused::NotThere)?)
    }

    /// The claims of a token that one of these keys signed, of this provider.
    fn believed(&self, token: &str, keys: &JwkSet) -> Option<Claims> {
        let header = decode_header(token).ok().filter(|header| ALGORITHMS.contains(&header.alg))?;
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.client_id]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // Against our own clock, below.
        validation.validate_exp = false;
        let may_sign = |key: &&Jwk| {
            key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature)
                && (header.kid.is_none() || key.common.key_id == header.kid)
        };
        let mut signed = keys.keys.iter().filter(may_sign).filter_map(|key| {
            let key = DecodingKey::from_jwk(key).ok().filter(|key| key.family() == header.alg.family())?;
            decode::<Claims>(token, &key, &validation).ok()
        });
        signed.next().map(|token| token.claims)
    }
}

async fn ask(request: RequestBuilder) -> Result<Response, Error> {
    checked(request.send().await.map_err(away)?)
}

fn checked(response: Response) -> Result<Response, Error> {
    if response.status().is_success() {
        return Ok(response);
    }
    Err(Error::Provider(format!("it answered {}", response.status())))
}

fn away(error: reqwest::Error) -> Error {
    Error::Provider(error.without_url().to_string())
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, Error> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        bytes.extend_from_slice(&chunk.map_err(away)?);
        if bytes.len() > LONGEST {
            return Err(Error::Provider("it answered far too much".to_owned()));
        }
    }
    serde_json::from_slice(&bytes).map_err(|error| Error::Provider(format!("its answer cannot be read: {error}")))
}
