//! What becomes of the quotations of reports: pure, but for writing them.

use std::collections::HashMap;

use crate::analysis::anchors::{self, Anchor};
use crate::analysis::quotations::Quotation;
use crate::domain::{BriefingId, QuotationId};
use crate::store::quotations::{self as rows, QuotationRow, Stretch};
use crate::store::{self, Connection};

/// A report with what was found in it, and its whole text when it was read before.
pub struct Report<'a> {
    pub briefing: BriefingId,
    pub text: String,
    pub before: Option<String>,
    pub found: &'a [Quotation],
}

/// Writes the quotations of reports. One whose words stand there as before, or nearly so, stays the same row.
pub async fn keep(conn: &mut Connection, reports: &[Report<'_>]) -> Result<(), store::Error> {
    let briefings: Vec<BriefingId> = reports.iter().map(|report| report.briefing).collect();
    if briefings.is_empty() {
        return Ok(());
    }
    let mut old: HashMap<BriefingId, Vec<QuotationRow>> = HashMap::new();
    for row in rows::of(conn, &briefings).await? {
        old.entry(row.briefing).or_default().push(row);
    }
    let mut all: Vec<(Option<QuotationId>, BriefingId, &Quotation)> = Vec::new();
    for report in reports {
        let before = old.remove(&report.briefing).unwrap_or_default();
        let kept = pair(&before, report);
        all.extend(report.found.iter().zip(kept).map(|(one, id)| (id, report.briefing, one)));
    }
    let mut new = rows::new_ids(conn, all.iter().filter(|(id, ..)| id.is_none()).count()).await?.into_iter();
    let row = |(id, briefing, one): (Option<QuotationId>, BriefingId, &Quotation)| {
        let stretch = |range: &std::ops::Range<usize>| [range.start, range.end];
        Some(QuotationRow {
            id: id.or_else(|| new.next())?,
            briefing,
            mode: one.mode,
            cue: one.cue.as_ref().map(stretch),
            mention: one.source.as_ref().map(stretch),
            content: one.content.iter().map(stretch).collect(),
            named: one.speaker.clone(),
            speaker: None,
        })
    };
    let kept: Vec<QuotationRow> = all.into_iter().filter_map(row).collect();
    rows::put(conn, &briefings, &kept).await
}

/// For each quotation that was found the row that it was before.
fn pair(before: &[QuotationRow], report: &Report<'_>) -> Vec<Option<QuotationId>> {
    let cut = |text: &str, [start, end]: Stretch| text.chars().skip(start).take(end.saturating_sub(start)).collect();
    let text = report.before.as_deref().unwrap_or_default();
    let olds: Vec<String> =
        before.iter().map(|row| row.content.first().map(|first| cut(text, *first)).unwrap_or_default()).collect();
    let first = |one: &Quotation| one.content.first().map(|range| cut(&report.text, [range.start, range.end]));
    let news: Vec<String> = report.found.iter().map(|one| first(one).unwrap_or_default()).collect();
    let olds: Vec<Anchor<'_>> = olds.iter().map(|words| Anchor { number: 1, words }).collect();
    let news: Vec<Anchor<'_>> = news.iter().map(|words| Anchor { number: 1, words }).collect();
    let mut kept = vec![None; news.len()];
    for (row, new) in before.iter().zip(anchors::pair(&olds, &news, &[1])) {
        new.and_then(|new| kept.get_mut(new)).into_iter().for_each(|slot| *slot = Some(row.id));
    }
    kept
}
