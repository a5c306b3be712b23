//! Lines to paste under a quotation.

use crate::store::briefings::Listed;
use crate::web::phrase;

/// `Ada Lind, “Harbour briefing”, 14 March 2026, turn 41. https://...`; voices and place may be left empty.
pub fn of(briefing: &Listed, who: &str, what: &str, address: &str) -> String {
    let title = format!("“{}”", briefing.title);
    let date = phrase::date_or_undated(briefing.date);
    let parts: Vec<&str> = [who, &title, &date, what].into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}. {address}", parts.join(", "))
}
