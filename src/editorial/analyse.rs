//! Reading what main texts say, and keeping what editors have decided about earlier readings.
//!
//! A text is read without holding anything; what was found is written only if the text is still the one that was read.
//! Rows of words that stand in the text as before, or nearly so, stay the same rows; an editor's row stays for ever.

mod carry;
mod reports;

use std::collections::{HashMap, HashSet};

use carry::{Carried, Old};
use reports::Report;

use crate::analysis::exchanges::Turn;
use crate::analysis::quotations::{Quotation, quotations};
use crate::analysis::suggestions::{Claimed, Suggestions, VERSION, suggestions};
use crate::domain::joined::joined;
use crate::domain::{Audience, BriefingId, RevisionId};
use crate::store::analyses::{self, Behind, Spoken};
use crate::store::{self, Connection, feed, revisions, suggestions as rows};

/// A text with what was found in it.
#[derive(Debug)]
pub struct Reading {
    of: Behind,
    spoken: Vec<Spoken>,
    found: Suggestions,
    /// Of a report.
    quotations: Vec<Quotation>,
}

impl Reading {
    /// Finds everything that is suggested about the words. Takes time: some 20 ms for a briefing of an hour.
    #[must_use]
    pub fn find(mut self) -> Self {
        if self.of.report {
            self.quotations = quotations(&self.whole());
            return self;
        }
        let turns: Vec<Turn<'_>> = self.spoken.iter().map(turn).collect();
        self.found = suggestions(&turns);
        self.found.claims.retain(Claimed::is_worth_keeping);
        self
    }

    fn whole(&self) -> String {
        joined(self.spoken.iter().map(|one| one.text.as_str()))
    }
}

fn turn(spoken: &Spoken) -> Turn<'_> {
    Turn {
        kind: spoken.kind,
        asker: Turn::asks_by(spoken.role),
        speaker: spoken.voice.map(i64::cast_unsigned),
        role: spoken.role,
        text: &spoken.text,
        asked_by: spoken.asked_by.as_deref(),
    }
}

/// Texts that are to be read, with their words: a few of one share of all.
pub async fn to_analyse(conn: &mut Connection, share: (i64, i64), most: i64) -> Result<Vec<Reading>, store::Error> {
    let behind = analyses::behind(conn, VERSION, share, most).await?;
    let ids: Vec<RevisionId> = behind.iter().map(|one| one.revision).collect();
    let mut spoken = by_revision(analyses::spoken(conn, &ids).await?);
    let reading = |of: Behind| Reading {
        of,
        spoken: spoken.remove(&of.revision).unwrap_or_default(),
        found: Suggestions::default(),
        quotations: Vec::new(),
    };
    Ok(behind.into_iter().map(reading).collect())
}

fn by_revision(all: Vec<(RevisionId, Spoken)>) -> HashMap<RevisionId, Vec<Spoken>> {
    let mut spoken: HashMap<RevisionId, Vec<Spoken>> = HashMap::new();
    for (revision, one) in all {
        spoken.entry(revision).or_default().push(one);
    }
    spoken
}

/// Writes what was found. Must be all of its transaction. Texts that were corrected meanwhile, or are being, are left for
/// the next time.
pub async fn keep_analyses(conn: &mut Connection, read: Vec<Reading>) -> Result<(), store::Error> {
    let behind: Vec<Behind> = read.iter().map(|reading| reading.of).collect();
    let held: HashSet<BriefingId> = analyses::hold(conn, &behind).await?.into_iter().collect();
    let read: Vec<Reading> = read.into_iter().filter(|reading| held.contains(&reading.of.briefing)).collect();
    if read.is_empty() {
        return Ok(());
    }
    let done: Vec<Behind> = read.iter().map(|reading| reading.of).collect();
    let (told, read): (Vec<Reading>, Vec<Reading>) = read.into_iter().partition(|reading| reading.of.report);
    keep_reports(conn, &told).await?;
    let mut old = before(conn, &read).await?;
    let mut all = Carried::default();
    for reading in &read {
        let old = old.remove(&reading.of.briefing).unwrap_or_default();
        all.add(carry::carry(reading.of.briefing, &reading.spoken, &reading.found, &old));
    }
    let ids = rows::new_ids(conn, all.new_exchanges(), all.new_claims(), all.new_follow_ups()).await?;
    let (kept, gone) = all.number(&ids);
    rows::forget(conn, &gone.exchanges, &gone.claims, &gone.follow_ups).await?;
    rows::put_exchanges(conn, &kept.exchanges).await?;
    rows::put_claims(conn, &kept.claims).await?;
    rows::put_follow_ups(conn, &kept.follow_ups).await?;
    analyses::done(conn, &done, VERSION).await?;
    feed::advance(conn, &[]).await.map(drop)
}

async fn keep_reports(conn: &mut Connection, told: &[Reading]) -> Result<(), store::Error> {
    let ids: Vec<RevisionId> = told.iter().filter_map(|reading| reading.of.before).collect();
    let before = by_revision(if ids.is_empty() { Vec::new() } else { analyses::spoken(conn, &ids).await? });
    let mut reports = Vec::with_capacity(told.len());
    for reading in told {
        let before = reading.of.before.and_then(|revision| before.get(&revision));
        let before = before.map(|spoken| joined(spoken.iter().map(|one| one.text.as_str())));
        let (briefing, text, found) = (reading.of.briefing, reading.whole(), reading.quotations.as_slice());
        reports.push(Report { briefing, text, before, found });
    }
    reports::keep(conn, &reports).await
}

/// What was kept of texts that were read before, with their words as they were then.
async fn before(conn: &mut Connection, read: &[Reading]) -> Result<HashMap<BriefingId, Old>, store::Error> {
    let again: Vec<(BriefingId, RevisionId)> =
        read.iter().filter_map(|reading| Some((reading.of.briefing, reading.of.before?))).collect();
    if again.is_empty() {
        return Ok(HashMap::new());
    }
    let (briefings, ids): (Vec<BriefingId>, Vec<RevisionId>) = again.iter().copied().unzip();
    let mut spoken = by_revision(analyses::spoken(conn, &ids).await?);
    let mut old: HashMap<BriefingId, Old> = HashMap::new();
    for (briefing, revision) in again {
        let text = spoken.remove(&revision).unwrap_or_default();
        let text = text.into_iter().map(|one| (one.number, one.text)).collect();
        let leads_to = revisions::redirects(conn, briefing).await?.into_iter().collect();
        old.insert(briefing, Old { text, leads_to, ..Old::default() });
    }
    for row in rows::exchanges(conn, &briefings, Audience::Editors).await? {
        old.entry(row.briefing).or_default().exchanges.push(row);
    }
    for row in rows::claims(conn, &briefings, Audience::Editors).await? {
        old.entry(row.briefing).or_default().claims.push(row);
    }
    for row in rows::follow_ups(conn, &briefings).await? {
        old.entry(row.briefing).or_default().follow_ups.push(row);
    }
    Ok(old)
}
