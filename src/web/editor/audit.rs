//! `/editor/audit`: what was done, by whom, for admins.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use crate::domain::{AccountId, SpeakerId, TopicId};
use crate::store::accounts::{self, Account};
use crate::store::audit::{self, Entry, Wanted};
use crate::store::directory::{self, Directory};
use crate::web::cache::Policy;
use crate::web::error::Error;
use crate::web::extract::{Admin, Query};
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// Entries on a page.
const PER_PAGE: i64 = 50;

/// The query.
#[derive(Deserialize)]
pub struct Fields {
    account: Option<String>,
    act: Option<String>,
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
    from: Option<Date>,
    to: Option<Date>,
    entries: Vec<(Entry, String)>,
    total: i64,
    newer: Option<String>,
    older: Option<String>,
}

impl AuditPage {
    fn is_account(&self, account: &Account) -> bool {
        self.account == Some(account.id.0)
    }
}

/// The handler.
pub async fn show(
    _: Admin,
    frame: Frame,
    State(app): State<App>,
    Query(fields): Query<Fields>,
) -> Result<Response, Error> {
    let day = |text: Option<&String>| text.and_then(|text| text.parse::<Date>().ok());
    let (from, to) = (day(fields.from.as_ref()), day(fields.to.as_ref()));
    let account = fields.account.as_deref().and_then(|id| id.parse::<i64>().ok());
    let page = fields.page.as_deref().and_then(|page| page.parse::<i64>().ok()).unwrap_or(1).clamp(1, 1_000_000);
    let wanted = Wanted {
        account: account.map(AccountId),
        act: fields.act.clone(),
        from: from.and_then(beginning),
        before: to.and_then(|day| day.checked_add(1.day()).ok()).and_then(beginning),
    };
    let mut conn = app.pool.acquire().await?;
    let accounts = accounts::list(&mut conn).await?;
    let acts = audit::acts(&mut conn).await?;
    let (entries, total) = audit::list(&mut conn, &wanted, (page - 1) * PER_PAGE, PER_PAGE).await?;
    let emails: HashMap<i64, &str> = accounts.iter().map(|account| (account.id.0, account.email.as_str())).collect();
    let names = directory::all(&mut conn).await?;
    let entries = entries.into_iter().map(|entry| {
        let refs = refs(&entry, &emails, &names);
        (entry, refs)
    });
    let entries: Vec<_> = entries.collect();
    let turn = |page: i64| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let page = page.to_string();
        let (account, act, from, to) = (text(&fields.account), text(&fields.act), text(&fields.from), text(&fields.to));
        let fields = [("account", account), ("act", act), ("from", from), ("to", to), ("page", page)];
        urls::with_query(urls::AUDIT, &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let page = AuditPage {
        frame,
        account,
        act: fields.act.clone().unwrap_or_default(),
        from,
        to,
        newer: (page > 1).then(|| turn(page - 1)),
        older: (page * PER_PAGE < total).then(|| turn(page + 1)),
        entries,
        total,
        acts,
        accounts,
    };
    Ok((Policy::Never, Page(page)).into_response())
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
        ("speaker" | "into", id) if let Some(named) = speaker(id) => format!("{name} {named}"),
        ("account", id) => match id.as_i64().and_then(|id| emails.get(&id)) {
            Some(email) => format!("account {email}"),
            None => format!("account {id}"),
        },
        (_, serde_json::Value::String(word)) => format!("{name} {word}"),
        (_, value) => format!("{name} {value}"),
    });
    fields.collect::<Vec<_>>().join(" · ")
}
