//! What is asked of a provider, and whether its word is good: the protocol is the library's, what we demand beyond it ours.

use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreErrorResponseType,
    CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm as Algorithm, CoreResponseMode, CoreResponseType, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreSubjectIdentifierType, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AdditionalProviderMetadata, AuthType, AuthorizationCode, Client, ClientId, ClientSecret,
    DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};

use super::Provider;
use super::line::is_trusted;
use crate::auth::{Error, Refused};
use crate::store::identities::Begun;

/// By how much its clock and ours may differ.
const LEEWAY: SignedDuration = SignedDuration::from_mins(1);
/// The signatures that are believed. None of a shared secret, and not "none".
const ALGORITHMS: [Algorithm; 5] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPssSha256,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// What a provider says of itself.
pub(super) type Metadata = ProviderMetadata<
    Manners,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What it says of somebody.
pub(super) type Claims = IdTokenClaims<Beginning, CoreGenderClaim>;

type Tokens =
    IdTokenFields<Beginning, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Algorithm>;

/// We, as one provider knows us.
pub(super) type Us = Client<
    Beginning,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Tokens, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Whether it says with each answer who gives it (RFC 9207).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Manners {
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Manners {}

/// From when on a token is good. A time of another kind is no time, and such a token is none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Beginning {
    nbf: Option<f64>,
}

impl AdditionalClaims for Beginning {}

impl Provider {
    /// What it says of itself, if it is the one that we know.
    pub(super) async fn metadata(&self) -> Result<Metadata, Error> {
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|error| Error::Provider(error.to_string()))?;
        let metadata = Metadata::discover_async(issuer, &self.line).await;
        let metadata = metadata.map_err(|error| match error {
            DiscoveryError::Request(error) => error,
            error => Error::Provider(format!("{:#}", anyhow::Error::from(error))),
        })?;
        let tokens = metadata.token_endpoint().is_some_and(|address| is_trusted(address));
        if !tokens || !is_trusted(metadata.authorization_endpoint()) || !is_trusted(metadata.jwks_uri()) {
            return Err(Error::Provider("it says that it is somebody else".to_owned()));
        }
        Ok(metadata)
    }

    /// We, as it knows us, at an address of ours to come back to.
    pub(super) fn us(&self, metadata: &Metadata, back: &str) -> Result<Us, Error> {
        let back = RedirectUrl::new(back.to_owned()).map_err(|error| Error::Provider(error.to_string()))?;
        let secret = self.client_secret.clone().map(ClientSecret::new);
        // What is not said is "client_secret_basic".
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth = if basic { AuthType::BasicAuth } else { AuthType::RequestBody };
        let us = Us::from_provider_metadata(metadata.clone(), ClientId::new(self.client_id.clone()), secret);
        Ok(us.set_auth_type(auth).set_redirect_uri(back))
    }

    /// Gives a code back, and checks what comes for it.
    pub(super) async fn exchange(&self, us: &Us, code: &str, begun: &Begun, now: Timestamp) -> Result<Claims, Error> {
        let verifier = PkceCodeVerifier::new(begun.verifier.clone());
        let asked = us.exchange_code(AuthorizationCode::new(code.to_owned()));
        let asked = asked.map_err(|error| Error::Provider(error.to_string()))?.set_pkce_verifier(verifier);
        let tokens = asked.request_async(&self.line).await.map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            // A code that is wrong, used or too old; or claims that are none.
            _ => Refused::NotThere.into(),
        })?;
        let (early, late) = (SystemTime::from(now - LEEWAY), SystemTime::from(now + LEEWAY));
        let verifier = us
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || early.into())
            .set_issue_time_verifier_fn(move |made| {
                if SystemTime::from(made) <= late { Ok(()) } else { Err("made later than now".to_owned()) }
            })
            // Others may hear it too, as long as it was given to us.
            .set_other_audience_verifier_fn(|_| true);
        let claims = tokens.id_token().and_then(|token| token.claims(&verifier, &Nonce::new(begun.nonce.clone())).ok());
        let claims = claims.filter(|claims| self.are_for_us(claims, now + LEEWAY));
        Ok(claims.cloned().ok_or(Refused::NotThere)?)
    }

    /// What we demand beyond what the library does.
    fn are_for_us(&self, claims: &Claims, late: Timestamp) -> bool {
        let given_to = claims.authorized_party().map(|party| party.as_str());
        given_to.map_or(claims.audiences().len() == 1, |party| party == self.client_id)
            && claims.additional_claims().nbf.is_none_or(|begins| begins <= late.as_second() as f64)
            && (1..=255).contains(&claims.subject().len())
    }
}
