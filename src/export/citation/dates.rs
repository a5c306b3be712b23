//! Dates as each style writes them.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const MLA: [&str; 12] =
    ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

fn of(months: &[&'static str; 12], date: Date) -> &'static str {
    months[usize::from(date.month().unsigned_abs()) - 1]
}

/// "10 March 2026"
pub fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), of(&MONTHS, date), date.year())
}

/// "March 10, 2026"
pub fn american(date: Date) -> String {
    format!("{} {}, {}", of(&MONTHS, date), date.day(), date.year())
}

/// "2026, March 10"
pub fn year_first(date: Date) -> String {
    format!("{}, {} {}", date.year(), of(&MONTHS, date), date.day())
}

/// "10 Mar. 2026"
pub fn mla(date: Date) -> String {
    format!("{} {} {}", date.day(), of(&MLA, date), date.year())
}

/// "10 March"
pub fn day_and_month(date: Date) -> String {
    format!("{} {}", date.day(), of(&MONTHS, date))
}

/// "mar", the name that BibTeX has for it.
pub fn bibtex_month(date: Date) -> String {
    of(&MONTHS, date)[..3].to_lowercase()
}
