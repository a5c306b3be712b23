//! `/editor/audit`: what was done, by whom and to what, for admins; also as files.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::domain::{AccountId, Email, SpeakerId, TopicId};
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Entry, Wanted};
use crate::store::directory::{self, Directory};
use crate::store::{Connection, record};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Admin, Query};
use crate::web::page::{Frame, Page};
use crate::web::table::{headers, row};
use crate::web::{App, phrase, urls};

/// Entries on a page.
const PER_PAGE: i64 = 50;
/// Entries of a file.
const MOST: i64 = 100_000;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    account: Option<String>,
    act: Option<String>,
    object: Option<String>,
    from: Option<String>,
    to: Option<String>,
    page: Option<String>,
}

/// The page.
#[derive(askama::Template)]
#[template(path = "editor/audit.html")]
pub struct AuditPage {
    frame: Frame,
    accounts: Vec<Account>,
    acts: Vec<String>,
    account: Option<i64>,
    act: String,
    object: String,
    from: Option<Date>,
    to: Option<Date>,
    entries: Vec<(Entry, String)>,
    total: i64,
    newer: Option<String>,
    older: Option<String>,
    /// The same as a table, and for programs.
    files: [String; 2],
}

impl AuditPage {
    fn is_account(&self, account: &Account) -> bool {
        self.account == Some(account.id.0)
    }
}

/// `GET /editor/audit`: a page of it.
pub async fn show(
    _: Admin,
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let page = fields.page.as_deref().and_then(|page| page.parse::<i64>().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let mut conn = app.pool.acquire().await?;
    let wanted = fields.wanted(&mut conn).await?;
    let accounts = accounts::list(&mut conn).await?;
    let acts = audit::acts(&mut conn).await?;
    let (entries, total) = audit::list(&mut conn, &wanted, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let emails: HashMap<i64, &str> = accounts.iter().map(|account| (account.id.0, account.email.as_str())).collect();
    let names = directory::all(&mut conn).await?;
    let entries = entries.into_iter().map(|entry| {
        let refs = refs(&entry, &emails, &names);
        (entry, refs)
    });
    let page = AuditPage {
        frame,
        account: wanted.account.map(|id| id.0),
        act: fields.act.clone().unwrap_or_default(),
        object: fields.object.clone().unwrap_or_default(),
        from: day(fields.from.as_ref()),
        to: day(fields.to.as_ref()),
        newer: (page > 1).then(|| fields.address(urls::AUDIT, page - 1)),
        older: (page * PER_PAGE < total).then(|| fields.address(urls::AUDIT, page + 1)),
        files: [urls::AUDIT_CSV, urls::AUDIT_JSON].map(|path| fields.address(path, 1)),
        entries: entries.collect(),
        total,
        acts,
        accounts,
    };
    Ok((Policy::Never, Page(page)).into_response())
}

/// `GET /editor/audit.csv`: all of it as a table.
pub async fn csv(_: Admin, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let mut table = row(["entry", "at", "account", "act", "to", "hash"])?;
    for entry in all(&app, &fields).await? {
        let (id, at, refs, hash) =
            (entry.id.to_string(), entry.at.to_string(), entry.refs.to_string(), hex::encode(entry.hash));
        let cells = [id, at, entry.email.unwrap_or_default(), entry.act, refs, hash];
        table.extend(row(cells.iter().map(String::as_str))?);
    }
    Ok((Policy::Never, headers("audit"), table).into_response())
}

/// `GET /editor/audit.json`: the same for programs.
pub async fn json(_: Admin, State(app): State<App>, Query(fields): Query<Fields>) -> Result<Response, Error> {
    let entries = all(&app, &fields).await?.into_iter().map(|entry| {
        let hash = hex::encode(entry.hash);
        json!({ "entry": entry.id, "at": entry.at, "account": entry.email, "act": entry.act, "to": entry.refs, "hash": hash })
    });
    let name = (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.json\"");
    let entries = Json(json!({ "entries": entries.collect::<Vec<_>>() }));
    Ok((Policy::Never, AppendHeaders([name]), entries).into_response())
}

async fn all(app: &App, fields: &Fields) -> Result<Vec<Entry>, Error> {
    let mut conn = app.pool.acquire().await?;
    let wanted = fields.wanted(&mut conn).await?;
    Ok(audit::list(&mut conn, &wanted, 0, MOST).await?.0)
}

impl Fields {
    async fn wanted(&self, conn: &mut Connection) -> Result<Wanted, Error> {
        let object = match self.object.as_deref() {
            Some(words) => Some(object(conn, words).await?),
            None => None,
        };
        let to = day(self.to.as_ref()).and_then(|day| day.checked_add(1.day()).ok());
        Ok(Wanted {
            account: self.account.as_deref().and_then(|id| id.parse().ok()).map(AccountId),
            act: self.act.clone(),
            object,
            from: day(self.from.as_ref()).and_then(beginning),
            before: to.and_then(beginning),
        })
    }

    /// The address of a page of the same entries.
    fn address(&self, path: &str, page: i64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let fields = [
            ("account", &self.account),
            ("act", &self.act),
            ("object", &self.object),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let fields = fields.map(|(name, value)| (name, value.as_deref().unwrap_or_default()));
        urls::with_query(path, &[&fields[..], &[("page", page.as_str())]].concat())
    }
}

/// How references name what somebody means: a briefing by the end of its address, an account by its e-mail address,
/// anything else by its word and number, such as “batch 7”.
async fn object(conn: &mut Connection, words: &str) -> Result<Vec<Value>, Error> {
    if let Some(email) = Email::parse(words) {
        let account = accounts::of_email(conn, &email).await?;
        return Ok(account.map(|account| json!({ "account": account.id })).into_iter().collect());
    }
    if let Some((word, Ok(number))) = words.split_once(' ').map(|(word, number)| (word, number.trim().parse::<i64>())) {
        return Ok(vec![json!({ word: number })]);
    }
    let slug = words.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let briefing = record::open(conn, slug).await?.map(|open| open.id);
    Ok(briefing.map_or_else(Vec::new, |id| vec![json!({ "briefing": id }), json!({ "briefings": [id] })]))
}

fn day(text: Option<&String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

/// The moment at which a day begins.
fn beginning(day: Date) -> Option<Timestamp> {
    day.to_zoned(TimeZone::UTC).ok().map(|there| there.timestamp())
}

/// What something was done to: "account ada@harbour.example · role admin".
fn refs(entry: &Entry, emails: &HashMap<i64, &str>, names: &Directory) -> String {
    let speaker = |id: &serde_json::Value| names.speakers.get(&SpeakerId(id.as_i64()?)).map(|named| &named.name);
    let topic = |id: &serde_json::Value| {
        let id = id.as_i64().and_then(|id| i32::try_from(id).ok())?;
        names.topics.get(&TopicId(id)).map(|named| &named.name)
    };
    let fields = entry.refs.as_object().into_iter().flatten().map(|(name, value)| match (name.as_str(), value) {
        ("topic", id) if let Some(named) = topic(id) => format!("topic {named}"),
        ("speaker" | "into" | "other", id) if let Some(named) = speaker(id) => format!("{name} {named}"),
        ("account", id) => match id.as_i64().and_then(|id| emails.get(&id)) {
            Some(email) => format!("account {email}"),
            None => format!("account {id}"),
        },
        (_, serde_json::Value::String(word)) => format!("{name} {word}"),
        (_, value) => format!("{name} {value}"),
    });
    fields.collect::<Vec<_>>().join(" · ")
}
