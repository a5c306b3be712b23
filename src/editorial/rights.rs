//! Saying what readers may see of a briefing's words and names.

use jiff::Timestamp;
use serde_json::json;

use super::correct::clean;
use crate::domain::{Actor, Attribution, BriefingId, BriefingStatus, Rights};
use crate::store::rights::{self, Held};
use crate::store::{self, Connection, audit, feed};

/// What an editor says of a whole briefing.
#[derive(Debug, Clone, Copy)]
pub struct RightsWanted<'a> {
    /// Which words readers may see.
    pub rights: Rights,
    /// Whether readers are told who speaks.
    pub attribution: Attribution,
    /// As what whoever is not named is shown; empty: as the text prints it.
    pub attributed_to: &'a str,
}

/// Says it; returns the position in the feed, which a draft has none of, or nothing if there is no such briefing.
pub async fn set_rights(
    conn: &mut Connection,
    slug: &str,
    wanted: RightsWanted<'_>,
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<Option<i64>>, store::Error> {
    let Some(held) = rights::lock(conn, slug).await? else { return Ok(None) };
    let (rights, attribution) = (wanted.rights, wanted.attribution);
    let to = Held { rights, attribution, attributed_to: some(wanted.attributed_to), ..held };
    rights::set(conn, &to).await?;
    let refs = json!({"briefing": to.id.0, "rights": rights.as_str(), "attribution": attribution.as_str()});
    audit::append(conn, actor, "rights", &refs, now).await?;
    Ok(Some(shown(conn, to.id, to.status).await?))
}

/// Says whether readers are told who speaks under one label of a briefing: `None` as of all of it. Returns as
/// [`set_rights`] does; nothing too, if it has no such label.
pub async fn set_label_attribution(
    conn: &mut Connection,
    slug: &str,
    label: &str,
    (attribution, attributed_to): (Option<Attribution>, &str),
    actor: &Actor,
    now: Timestamp,
) -> Result<Option<Option<i64>>, store::Error> {
    let Some(held) = rights::lock(conn, slug).await? else { return Ok(None) };
    let label = label.replace('\0', "");
    let to = some(attributed_to);
    let Some(row) = rights::set_label(conn, held.id, &label, attribution, to.as_deref()).await? else {
        return Ok(None);
    };
    let attribution = attribution.map(Attribution::as_str);
    let refs = json!({"briefing": held.id.0, "label": row, "attribution": attribution});
    audit::append(conn, actor, "rights", &refs, now).await?;
    Ok(Some(shown(conn, held.id, held.status).await?))
}

fn some(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

async fn shown(conn: &mut Connection, id: BriefingId, status: BriefingStatus) -> Result<Option<i64>, store::Error> {
    Ok(match status {
        BriefingStatus::Draft => None,
        _ => Some(feed::advance(conn, &[id]).await?),
    })
}
