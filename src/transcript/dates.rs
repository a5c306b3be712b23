//! Reads dates as printed and decides which of several is the day of the event.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::{Captures, Regex};

use super::diagnostic::{Diagnostic, Severity};
use super::model::{DateFound, DateOrigin};

/// Years that a press briefing can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
/// A text may come out this many days after the event.
const LATE_RELEASE: i32 = 10;

/// Which date was chosen, why, and what contradicts it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// The day of the event; `None` if no source names one.
    pub date: Option<Date>,
    /// Where the chosen date was found.
    pub origin: Option<DateOrigin>,
    /// One diagnostic for every date that says something else.
    pub conflicts: Vec<Diagnostic>,
}

/// Chooses the day of the event.
///
/// Precedence is that of [`DateOrigin`], with these exceptions, each of which needs the others to agree among themselves:
///
/// - a date in head or title whose year alone is wrong (the same day within a week, about a year away) loses: in January
///   people still type the old year;
/// - a date in head or title that lies after the day on which everything else agrees, or long before it, loses to at
///   least two others: a text does not come out before its event, and rarely more than ten days after. A date a few days
///   *before* wins: texts are filed under the day they came out;
/// - the day on which a text came out ("For Immediate Release", a sidecar, front matter) loses to one up to ten days
///   before it that a title gives, or a file name or address in words, as titles are put into names.
pub fn choose(found: &[DateFound]) -> Choice {
    let mut sorted: Vec<&DateFound> = found.iter().collect();
    sorted.sort_by_key(|found| found.origin);
    let Some(mut chosen) = sorted.first().copied() else { return Choice::default() };
    // Of several dates of the best origin the one that the next best source confirms counts.
    let rivals = sorted.iter().copied().filter(|rival| rival.origin == chosen.origin);
    let confirmed =
        |rival: &DateFound| sorted.iter().position(|other| other.origin != rival.origin && other.date == rival.date);
    if let Some(best) = rivals.filter(|rival| confirmed(rival).is_some()).min_by_key(|rival| confirmed(rival)) {
        chosen = best;
    }
    if contradicted(chosen, &sorted) {
        chosen = sorted.iter().copied().find(|candidate| !contradicted(candidate, &sorted)).unwrap_or(chosen);
    }
    if came_out(chosen)
        && let Some(event) = sorted.iter().copied().find(|other| {
            in_words(other)
                && (1..=LATE_RELEASE).contains(&days(chosen.date, other.date))
                && !contradicted(other, &sorted)
        })
    {
        chosen = event;
    }
    let conflicts = conflicts(chosen, &sorted);
    Choice { date: Some(chosen.date), origin: Some(chosen.origin), conflicts }
}

/// One diagnostic for every other date, naming all who say it.
fn conflicts(chosen: &DateFound, all: &[&DateFound]) -> Vec<Diagnostic> {
    let mut others: Vec<Date> = all.iter().map(|other| other.date).filter(|date| *date != chosen.date).collect();
    others.sort_unstable();
    others.dedup();
    // That a text came out a little later than the event is no contradiction.
    others.retain(|date| {
        let mut saying = all.iter().filter(|other| other.date == *date);
        !((1..=LATE_RELEASE).contains(&days(*date, chosen.date)) && saying.all(|other| tells_release(other.origin)))
    });
    let conflict = |date: Date| {
        let mut saying: Vec<&str> =
            all.iter().filter(|other| other.date == date).map(|other| words(other.origin)).collect();
        saying.dedup();
        let message = format!(
            "Another day, {date}, is given by the {}; {} was taken, from the {} (\"{}\"). Check which is right.",
            saying.join(" and the "),
            chosen.date,
            words(chosen.origin),
            chosen.evidence
        );
        let released = chosen.origin <= DateOrigin::Title && (1..=3).contains(&days(date, chosen.date));
        let severity = if released { Severity::Info } else { Severity::Warning };
        Diagnostic::new(severity, "date-conflict", message)
    };
    others.into_iter().map(conflict).collect()
}

/// Whether a date may be only that on which the text came out.
fn came_out(found: &DateFound) -> bool {
    match found.origin {
        DateOrigin::Head => found.evidence.to_lowercase().contains("release"),
        DateOrigin::Sidecar | DateOrigin::FrontMatter => true,
        _ => false,
    }
}

/// Whether a date stands in words that somebody wrote about the event: a title, or a name made of one.
fn in_words(found: &DateFound) -> bool {
    match found.origin {
        DateOrigin::Head => !came_out(found),
        DateOrigin::Title => true,
        DateOrigin::FileName | DateOrigin::Address => found.evidence.chars().any(char::is_alphabetic),
        _ => false,
    }
}

/// Whether a date is often that on which the text came out.
fn tells_release(origin: DateOrigin) -> bool {
    matches!(origin, DateOrigin::FrontMatter | DateOrigin::FileName | DateOrigin::Address)
}

/// Whether the other sources together make this date of head or title a slip of the pen.
fn contradicted(candidate: &DateFound, all: &[&DateFound]) -> bool {
    let group = |origin: DateOrigin| match origin {
        DateOrigin::Head => 0,
        DateOrigin::Title => 1,
        DateOrigin::Sidecar | DateOrigin::FrontMatter => 2,
        DateOrigin::FileName | DateOrigin::Address => 3,
        DateOrigin::Given => 4,
    };
    if !matches!(candidate.origin, DateOrigin::Head | DateOrigin::Title) {
        return false;
    }
    let others: Vec<&&DateFound> = all.iter().filter(|other| group(other.origin) != group(candidate.origin)).collect();
    let Some(first) = others.first() else { return false };
    // The others must agree among themselves, give or take the days between event and release.
    let agree = others.iter().all(|other| days(other.date, first.date).abs() <= 3);
    if !agree || others.iter().any(|other| other.date == candidate.date) {
        return false;
    }
    let away = days(candidate.date, first.date);
    let wrong_year = (300..=430).contains(&away.abs());
    let sources = others.iter().map(|other| group(other.origin)).collect::<std::collections::BTreeSet<_>>().len();
    wrong_year || sources >= 2 && !(-LATE_RELEASE..=1).contains(&away)
}

fn days(a: Date, b: Date) -> i32 {
    a.since(b).map_or(0, |span| span.get_days())
}

fn words(origin: DateOrigin) -> &'static str {
    match origin {
        DateOrigin::Given => "importer",
        DateOrigin::Head => "head of the text",
        DateOrigin::Title => "title",
        DateOrigin::Sidecar => "list beside the file",
        DateOrigin::FrontMatter => "page's or file's own description",
        DateOrigin::FileName => "file name",
        DateOrigin::Address => "address",
    }
}

const MONTHS: &str = "january|february|march|april|may|june|july|august|september|october|november|december|\
    jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|\
    enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|\
    januar|februar|märz|mai|juni|juli|oktober|dezember|\
    janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|\
    gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|\
    janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro";

/// A pattern in which `M` stands for the name of a month and `_` for what may separate the parts.
fn pattern(text: &str) -> Regex {
    let text = text.replace("<M>", &format!("(?P<m>{MONTHS})\\.?"));
    Regex::new(&format!("(?i){text}")).unwrap_or_else(|_| never())
}

fn never() -> Regex {
    Regex::new("$.^").unwrap_or_else(|_| unreachable!("a constant pattern"))
}

static IN_WORDS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        // January 3, 2023; Sept. 8th 2023; "January 6. 2023"
        pattern(r"\b<M>\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*[,.]?\s+(?P<y>\d{4})\b"),
        // 3 January 2023; 10 de abril de 2024; 3rd of January, 2023
        pattern(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|º|ro|er|\.)?\s+(?:of\s+|de\s+)?<M>\s*,?\s*(?:del?\s+)?(?P<y>\d{4})\b"),
        // 2023-01-03, 2023/01/03
        pattern(r"\b(?P<y>(?:19|20)\d{2})[-/](?P<n>\d{1,2})[-/](?P<d>\d{1,2})\b"),
        // 1/22/09, 04/14/15, 3.10.2009
        pattern(r"\b(?P<n>\d{1,2})[/.](?P<d>\d{1,2})[/.](?P<y>\d{4}|\d{2})\b"),
    ]
});

static IN_NAMES: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        pattern(r"(?P<y>(?:19|20)\d{2})[-_/.](?P<n>\d{1,2})[-_/.](?P<d>\d{1,2})(?:\D|$)"),
        pattern(r"(?:^|[^a-z])<M>[-_ ]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[-_, ]+(?P<y>\d{4})(?:\D|$)"),
        pattern(r"(?:^|\D)(?P<d>\d{1,2})[-_ ]*(?:de[-_ ])?<M>[-_ ]*(?:del?[-_ ])?(?P<y>\d{4})(?:\D|$)"),
        pattern(r"(?:^|\D)(?P<y>(?:19|20)\d{2})(?P<n>[01]\d)(?P<d>[0-3]\d)(?:\D|$)"),
        pattern(r"(?:^|\D)(?P<n>\d{1,2})[-_.](?P<d>\d{1,2})[-_.](?P<y>20\d{2}|19\d{2})(?:\D|$)"),
    ]
});

/// All dates in a line of a head or in a title, in order, with the words they were read from.
pub fn in_text(text: &str) -> Vec<(Date, String)> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<(usize, Date, String)> = Vec::new();
    for pattern in IN_WORDS.iter() {
        for captures in pattern.captures_iter(text) {
            if let (Some(whole), Some(date)) = (captures.get(0), date(&captures)) {
                found.push((whole.start(), date, whole.as_str().trim().to_owned()));
            }
        }
    }
    found.sort_by_key(|(at, ..)| *at);
    found.into_iter().map(|(_, date, evidence)| (date, super::prose::line(&evidence))).collect()
}

/// The date in a file name or an address, if it is beyond doubt.
pub fn from_name(name: &str) -> Option<(Date, String)> {
    let name = name.replace("%20", " ");
    let mut found: Vec<(Date, String)> = Vec::new();
    for pattern in IN_NAMES.iter() {
        for captures in pattern.captures_iter(&name) {
            if let (Some(whole), Some(date)) = (captures.get(0), date(&captures)) {
                let evidence = whole.as_str().trim_matches(|c: char| !c.is_alphanumeric());
                found.push((date, evidence.to_owned()));
            }
        }
    }
    // A name that holds two days ("...-378697" apart) is only of use when it says which; a spelt-out month does.
    let spelt = found.iter().find(|(_, evidence)| evidence.chars().any(char::is_alphabetic)).cloned();
    spelt.or_else(|| found.into_iter().next())
}

fn date(captures: &Captures<'_>) -> Option<Date> {
    let number = |name: &str| captures.name(name).and_then(|found| found.as_str().parse::<i16>().ok());
    let year = number("y")?;
    let year = match year {
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        other => other,
    };
    if !YEARS.contains(&year) {
        return None;
    }
    let month = match captures.name("m") {
        Some(name) => month(name.as_str())?,
        None => number("n")?,
    };
    let day = number("d")?;
    let made = |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    // 22/1/2009 cannot be of month 22.
    made(month, day).or_else(|| if captures.name("m").is_none() { made(day, month) } else { None })
}

fn month(name: &str) -> Option<i16> {
    const STARTS: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fév", "fev"],
        &["mar", "mär"],
        &["apr", "abr", "avr"],
        &["may", "mai", "mag"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "ago", "aoû"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "dic", "dez", "déc"],
    ];
    let name = name.to_lowercase();
    let at = STARTS.iter().position(|starts| starts.iter().any(|start| name.starts_with(start)))?;
    i16::try_from(at + 1).ok()
}
