//! Style sheets and pictures: in the binary, addressed by their content, cached for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::cache::Policy;
use super::error::Error;

/// One file below `static/`.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    /// First eight hexadecimal digits of the SHA-256 of the bytes.
    hash: String,
}

/// The files, with their hashes computed once.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset("onrecord.css", "text/css; charset=utf-8", include_bytes!("../../static/onrecord.css")),
        asset("print.css", "text/css; charset=utf-8", include_bytes!("../../static/print.css")),
        asset("check.css", "text/css; charset=utf-8", include_bytes!("../../static/check.css")),
        asset("claims.css", "text/css; charset=utf-8", include_bytes!("../../static/claims.css")),
        asset("people.css", "text/css; charset=utf-8", include_bytes!("../../static/people.css")),
        asset("editor.css", "text/css; charset=utf-8", include_bytes!("../../static/editor.css")),
        asset("coverage.css", "text/css; charset=utf-8", include_bytes!("../../static/coverage.css")),
        asset("questions.css", "text/css; charset=utf-8", include_bytes!("../../static/questions.css")),
        asset("record.css", "text/css; charset=utf-8", include_bytes!("../../static/record.css")),
        asset("suggest.css", "text/css; charset=utf-8", include_bytes!("../../static/suggest.css")),
        asset("suggest.js", "text/javascript; charset=utf-8", include_bytes!("../../static/suggest.js")),
        asset("trends.css", "text/css; charset=utf-8", include_bytes!("../../static/trends.css")),
        asset("reading.css", "text/css; charset=utf-8", include_bytes!("../../static/reading.css")),
        asset("draft.css", "text/css; charset=utf-8", include_bytes!("../../static/draft.css")),
        asset("draft.js", "text/javascript; charset=utf-8", include_bytes!("../../static/draft.js")),
        asset("review.css", "text/css; charset=utf-8", include_bytes!("../../static/review.css")),
        asset("review.js", "text/javascript; charset=utf-8", include_bytes!("../../static/review.js")),
        asset("owed.css", "text/css; charset=utf-8", include_bytes!("../../static/owed.css")),
        asset("problem.css", "text/css; charset=utf-8", include_bytes!("../../static/problem.css")),
        asset("programs.css", "text/css; charset=utf-8", include_bytes!("../../static/programs.css")),
        asset("upload.css", "text/css; charset=utf-8", include_bytes!("../../static/upload.css")),
        asset("upload.js", "text/javascript; charset=utf-8", include_bytes!("../../static/upload.js")),
        asset("cite.css", "text/css; charset=utf-8", include_bytes!("../../static/cite.css")),
        asset("cite.js", "text/javascript; charset=utf-8", include_bytes!("../../static/cite.js")),
        asset("reading.js", "text/javascript; charset=utf-8", include_bytes!("../../static/reading.js")),
        asset("icon.svg", "image/svg+xml", include_bytes!("../../static/icon.svg")),
    ]
});

fn asset(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Asset {
    let hash = hex::encode(&Sha256::digest(bytes)[..4]);
    Asset { name, media_type, bytes, hash }
}

/// The address of a file, with its hash. A name that is not in the table leads nowhere, which a test would see.
pub fn url(name: &str) -> String {
    let hash = ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| &asset.hash);
    format!("/static/{hash}/{name}")
}

/// One value over all files: changes when what pages look like changes.
pub fn fingerprint() -> &'static str {
    static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
        let mut all = Sha256::new();
        ASSETS.iter().for_each(|asset| all.update(asset.hash.as_bytes()));
        hex::encode(&all.finalize()[..4])
    });
    &FINGERPRINT
}

/// `GET /static/{hash}/{name}`.
pub async fn serve(Path((hash, name)): Path<(String, String)>) -> Result<Response, Error> {
    let asset = ASSETS.iter().find(|asset| asset.name == name && asset.hash == hash).ok_or(Error::NotFound)?;
    Ok((Policy::Forever, [(header::CONTENT_TYPE, asset.media_type)], asset.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_carries_the_hash_of_the_content() {
        let url = url("onrecord.css");
        assert!(url.starts_with("/static/") && url.ends_with("/onrecord.css") && url.len() == 29, "{url}");
    }
}
