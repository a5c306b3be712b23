//! `/editor/upload`: files, an archive with its manifest, a pasted text, addresses. Kept first, read then.

use std::collections::HashSet;

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;

use crate::domain::BatchId;
use crate::ingest::child::MAX_SOURCE_BYTES;
use crate::ingest::sidecar::{self, Described, MAX_SIDECAR_BYTES, SidecarForm};
use crate::store::series::{self, Series};
use crate::store::{Connection, batches};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::{Frame, Page};
use crate::web::{App, urls};

/// Most bytes of one upload: three thousand transcripts as they are, ten thousand as a zip archive.
pub const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Longest value of a field that is no file and no text.
const LONGEST: usize = 2_000;
/// Files that a sidecar describes and nobody sent, as many as are named.
const MOST_MISSING: usize = 20;
/// Most addresses of one upload.
const MOST_ADDRESSES: usize = 200;

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/upload.html")]
pub struct UploadPage {
    frame: Frame,
    series: Vec<Series>,
}

/// `GET`: the form.
pub async fn show(_: Editor, frame: Frame, State(app): State<App>) -> Result<Response, Error> {
    let series = series::list(&mut *app.pool.acquire().await?, None).await?;
    Ok((Policy::Never, Page(UploadPage { frame, series })).into_response())
}

/// `POST`: keeps everything that was sent, whole or not at all, and leads to the batch.
pub async fn take(
    editor: Editor,
    State(app): State<App>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Error> {
    let mut tx = app.pool.begin().await?;
    let batch = batches::create(&mut tx, editor.actor.account, (app.clock)()).await?;
    keep(&mut tx, batch, form).await?;
    tx.commit().await?;
    Ok((Policy::Never, Redirect::to(&urls::editor_batch(&batch))).into_response())
}

/// Keeps everything that a form holds in a batch; gives the SHA-256 over it all. Must be followed by a commit, or nothing
/// is kept.
pub async fn keep(
    conn: &mut Connection,
    batch: BatchId,
    form: Result<Multipart, MultipartRejection>,
) -> Result<[u8; 32], Error> {
    let unreadable = "The form could not be read. Send it again, as multipart/form-data.";
    let mut form = form.map_err(|_| Error::BadRequest(unreadable.to_owned()))?;
    let mut taken = Taken::default();
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        taken.field(conn, batch, field).await?;
    }
    if taken.sources == 0 {
        return Err(Error::BadRequest(
            "There was nothing to read. Choose files, paste a text, or give an address.".to_owned(),
        ));
    }
    batches::describe(conn, batch, &json!(taken.described)).await?;
    for (name, bytes) in taken.sidecars {
        beside(conn, batch, &taken.files, (&name, bytes)).await?;
    }
    Ok(taken.seal.finalize().into())
}

/// What the form held.
#[derive(Default)]
struct Taken {
    /// Over every field, whatever the boundary between them.
    seal: Sha256,
    sources: usize,
    described: Described,
    /// Names of the files.
    files: HashSet<String>,
    sidecars: Vec<(String, Vec<u8>)>,
}

impl Taken {
    async fn field(&mut self, conn: &mut Connection, batch: BatchId, field: Field<'_>) -> Result<(), Error> {
        let kind = field.name().unwrap_or_default().to_owned();
        match kind.as_str() {
            "files" => self.file(conn, batch, field).await,
            "text" => {
                let text = field.text().await.map_err(|error| broken(&error))?;
                self.seal("text", "", text.as_bytes());
                if text.len() > MAX_SOURCE_BYTES {
                    return Err(Error::BadRequest("The pasted text is longer than any transcript.".to_owned()));
                }
                if !text.trim().is_empty() {
                    self.sources += 1;
                    batches::add(conn, batch, "pasted text", None, Some(text.as_bytes())).await?;
                }
                Ok(())
            }
            "addresses" => {
                let text = field.text().await.map_err(|error| broken(&error))?.replace('\0', "");
                self.seal("addresses", "", text.as_bytes());
                for address in text.split_whitespace() {
                    self.address(conn, batch, address).await?;
                }
                Ok(())
            }
            _ => {
                let value = field.text().await.map_err(|error| broken(&error))?.replace('\0', "").trim().to_owned();
                if value.chars().count() > LONGEST {
                    return Err(Error::BadRequest(format!("A field can have {LONGEST} characters.")));
                }
                self.seal("field", &kind, value.as_bytes());
                self.said(&kind, value)
            }
        }
    }

    fn seal(&mut self, what: &str, name: &str, bytes: &[u8]) {
        for part in [what.as_bytes(), name.as_bytes(), bytes] {
            self.seal.update((part.len() as u64).to_be_bytes());
            self.seal.update(part);
        }
    }

    async fn file(&mut self, conn: &mut Connection, batch: BatchId, field: Field<'_>) -> Result<(), Error> {
        let name: String = field.file_name().unwrap_or_default().replace(['\0', '\n', '\r'], "");
        let bytes = field.bytes().await.map_err(|error| broken(&error))?;
        self.seal("file", &name, &bytes);
        // A browser sends an empty nameless file where none was chosen.
        if name.is_empty() && bytes.is_empty() {
            return Ok(());
        }
        let name = if name.is_empty() { "file".to_owned() } else { name.chars().take(500).collect() };
        if SidecarForm::of(&name).is_some() {
            if bytes.len() as u64 > MAX_SIDECAR_BYTES {
                let most = MAX_SIDECAR_BYTES / 1024 / 1024;
                return Err(Error::BadRequest(format!("“{name}” is larger than {most} MB. Split it, with its files.")));
            }
            self.sidecars.push((name, bytes.to_vec()));
            return Ok(());
        }
        self.sources += 1;
        batches::add(conn, batch, &name, None, Some(&bytes)).await?;
        self.files.insert(name);
        Ok(())
    }

    async fn address(&mut self, conn: &mut Connection, batch: BatchId, address: &str) -> Result<(), Error> {
        self.sources += 1;
        if self.sources > MOST_ADDRESSES {
            return Err(Error::BadRequest(format!("Give at most {MOST_ADDRESSES} addresses at once.")));
        }
        if !address.starts_with("http://") && !address.starts_with("https://") {
            return Err(Error::BadRequest(format!(
                "“{address}” is no address. Write addresses in full, with https:// in front, one a line."
            )));
        }
        batches::add(conn, batch, address, None, None).await?;
        Ok(())
    }

    /// What the form says of everything in the batch.
    fn said(&mut self, field: &str, value: String) -> Result<(), Error> {
        if value.is_empty() {
            return Ok(());
        }
        let unknown = |what: &str| Error::BadRequest(format!("“{value}” is no {what}. Please go back and change it."));
        match field {
            "series" => self.described.series = Some(value),
            "title" => self.described.title = Some(value),
            "publisher" => self.described.publisher = Some(value),
            "url" => self.described.url = Some(value),
            "date" => self.described.date = Some(value.parse().map_err(|_| unknown("day like 2026-03-14"))?),
            "kind" => self.described.kind = Some(sidecar::kind(&value).ok_or_else(|| unknown("kind of briefing"))?),
            _ => {}
        }
        Ok(())
    }
}

/// Reads a sidecar that came beside files of these names.
async fn beside(
    conn: &mut Connection,
    batch: BatchId,
    sent: &HashSet<String>,
    (name, bytes): (&str, Vec<u8>),
) -> Result<(), Error> {
    let Some(form) = SidecarForm::of(name) else { return Ok(()) };
    let read = spawn_blocking(move || sidecar::read(form, &bytes)).await;
    let read = read.map_err(|error| Error::Internal(Box::new(error)))?;
    for diagnostic in read.diagnostics {
        batches::refuse(conn, batch, name, &diagnostic.message).await?;
    }
    let mut missing = Vec::new();
    for (file, described) in read.files {
        let plain = file.rsplit('/').next().unwrap_or(&file);
        if sent.contains(plain) {
            batches::describe_file(conn, batch, plain, &json!(described)).await?;
        } else {
            missing.push(file);
        }
    }
    missing.sort_unstable();
    for file in missing.iter().take(MOST_MISSING) {
        let reason = format!("It describes “{file}”, which was not uploaded with it.");
        batches::refuse(conn, batch, name, &reason).await?;
    }
    let more = missing.len().saturating_sub(MOST_MISSING);
    if more > 0 {
        let reason = format!("It describes {more} more files that were not uploaded with it.");
        batches::refuse(conn, batch, name, &reason).await?;
    }
    Ok(())
}

fn broken(error: &MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Error::BadRequest(format!(
            "More than {} MB came at once. Upload the files in parts, or as a zip archive.",
            MOST_BYTES / 1024 / 1024
        ));
    }
    Error::BadRequest("The upload broke off before it was complete. Nothing was kept; please send it again.".to_owned())
}
