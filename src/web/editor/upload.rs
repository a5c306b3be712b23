//! `/editor/upload`: files, an archive with its manifest, a pasted text, addresses. Kept first, read then.

use std::collections::HashSet;

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;

use crate::domain::BatchId;
use crate::ingest::child::too_many;
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
/// Most bytes of such a field: addresses may be long, and many.
const MOST_OF_A_FIELD: usize = 1024 * 1024;
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
                let Ok(bytes) = self.gather("text", "", field, too_many).await? else {
                    return Err(Error::BadRequest("The pasted text is longer than any transcript.".to_owned()));
                };
                if !bytes.trim_ascii().is_empty() {
                    self.sources += 1;
                    batches::add(conn, batch, "pasted text", None, Some(&bytes)).await?;
                }
                Ok(())
            }
            "addresses" => {
                let text = self.words("addresses", field).await?;
                for address in text.split_whitespace() {
                    self.address(conn, batch, address).await?;
                }
                Ok(())
            }
            _ => {
                let value = self.words(&kind, field).await?.trim().to_owned();
                if value.chars().count() > LONGEST {
                    return Err(Error::BadRequest(format!("A field can have {LONGEST} characters.")));
                }
                self.said(&kind, value)
            }
        }
    }

    /// The bytes of a field, or why nobody wants them: then the rest of them goes by without being kept.
    async fn gather<R>(
        &mut self,
        what: &str,
        name: &str,
        mut field: Field<'_>,
        refused: impl Fn(&[u8], u64) -> Option<R>,
    ) -> Result<Result<Vec<u8>, R>, Error> {
        self.seal(what.as_bytes());
        self.seal(name.as_bytes());
        let (mut length, mut gathered) = (0_u64, Ok(Vec::new()));
        while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
            self.seal.update(&chunk);
            length += chunk.len() as u64;
            if let Ok(bytes) = &mut gathered {
                bytes.extend_from_slice(&chunk);
                if let Some(why) = refused(bytes, length) {
                    gathered = Err(why);
                }
            }
        }
        self.seal.update(length.to_be_bytes());
        Ok(gathered)
    }

    /// The text of a field that is no file and no transcript.
    async fn words(&mut self, kind: &str, field: Field<'_>) -> Result<String, Error> {
        let long = |_: &[u8], bytes: u64| (bytes > MOST_OF_A_FIELD as u64).then_some(());
        match self.gather("field", kind, field, long).await? {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).replace('\0', "")),
            Err(()) => Err(Error::BadRequest(format!("A field can have {LONGEST} characters."))),
        }
    }

    fn seal(&mut self, part: &[u8]) {
        self.seal.update((part.len() as u64).to_be_bytes());
        self.seal.update(part);
    }

    async fn file(&mut self, conn: &mut Connection, batch: BatchId, field: Field<'_>) -> Result<(), Error> {
        let name: String = field.file_name().unwrap_or_default().replace(['\0', '\n', '\r'], "");
        let gathered = self.gather("file", &name, field, too_many).await?;
        // A browser sends an empty nameless file where none was chosen.
        if name.is_empty() && gathered.as_ref().is_ok_and(Vec::is_empty) {
            return Ok(());
        }
        let name: String = if name.is_empty() { "file".to_owned() } else { name.chars().take(500).collect() };
        let bytes = match gathered {
            Ok(bytes) => bytes,
            Err(diagnostic) => {
                self.sources += 1;
                return Ok(batches::refuse(conn, batch, &name, &diagnostic.message).await?);
            }
        };
        if SidecarForm::of(&name).is_some() {
            if bytes.len() as u64 > MAX_SIDECAR_BYTES {
                let most = MAX_SIDECAR_BYTES / 1024 / 1024;
                return Err(Error::BadRequest(format!("“{name}” is larger than {most} MB. Split it, with its files.")));
            }
            self.sidecars.push((name, bytes));
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
