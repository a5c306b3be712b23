//! The line to a provider: carries what the library asks, to nobody else and not for ever.

use std::time::Duration;

use futures::StreamExt as _;
use futures::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use url::Url;

use crate::auth::Error;

/// Bytes of the longest answer.
const LONGEST: usize = 1 << 20;

/// An HTTP client that is led nowhere else.
#[derive(Clone)]
pub(super) struct Line(reqwest::Client);

impl Line {
    /// A line that nobody has used yet.
    pub fn new() -> Result<Self, Error> {
        // Fails if somebody else has installed one, which is as good.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .user_agent(concat!("onrecord/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(8))
            .build();
        Ok(Self(client.map_err(away)?))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        if !is_trusted(&request.uri().to_string()) {
            return Err(Error::Provider("it sends us where others could listen".to_owned()));
        }
        let response = self.0.execute(request.try_into().map_err(away)?).await.map_err(away)?;
        let status = response.status();
        // What it refuses is for the library to understand; that it is unwell, or sends us elsewhere, is no answer.
        if !status.is_success() && !status.is_client_error() {
            return Err(Error::Provider(format!("it answered {status}")));
        }
        let mut answer = HttpResponse::default();
        *answer.status_mut() = status;
        *answer.headers_mut() = response.headers().clone();
        let mut stream = response.bytes_stream();
        while let Some(chunk) = stream.next().await {
            answer.body_mut().extend_from_slice(&chunk.map_err(away)?);
            if answer.body().len() > LONGEST {
                return Err(Error::Provider("it answered far too much".to_owned()));
            }
        }
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = Error;
    type Future = BoxFuture<'c, Result<HttpResponse, Error>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

fn away(error: reqwest::Error) -> Error {
    Error::Provider(error.without_url().to_string())
}

/// Whether words to this address can be heard by nobody else.
pub(super) fn is_trusted(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(url::Host::Ipv4(host))) => host.is_loopback(),
        ("http", Some(url::Host::Ipv6(host))) => host.is_loopback(),
        ("http", Some(url::Host::Domain(host))) => host == "localhost",
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_where_nobody_listens() {
        for fine in [
            "https://id.example",
            "https://id.example/realms/x",
            "http://127.0.0.1:9",
            "http://[::1]/",
            "http://localhost",
        ] {
            assert!(is_trusted(fine), "{fine}");
        }
        for not in ["http://id.example", "http://127.0.0.1.evil.example", "ftp://127.0.0.1", "id.example", "", "https:"]
        {
            assert!(!is_trusted(not), "{not}");
        }
    }
}
