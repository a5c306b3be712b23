//! Dates, kinds, roles and counts in the words that readers see.
//!
//! Templates hand over references where code hands over values, hence [`Given`].

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use crate::domain::{
    Attribution, BriefingKind, DayMark, DayState, LabelDoubt, ProblemKind, ProblemOutcome, PromiseKind, RevisionKind,
    Rights, Role, TopicKind, Withheld,
};
use crate::store::sources::NotGiven;

/// A small value, or a reference to one.
pub trait Given<T: Copy> {
    /// The value.
    fn given(self) -> T;
}

impl<T: Copy> Given<T> for T {
    fn given(self) -> T {
        self
    }
}

impl<T: Copy> Given<T> for &T {
    fn given(self) -> T {
        *self
    }
}

impl<T: Copy> Given<T> for &&T {
    fn given(self) -> T {
        **self
    }
}

/// Names of the months.
pub const MONTHS: [&str; 12] = [
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

/// The name of a month.
pub fn month_name(date: impl Given<Date>) -> &'static str {
    let date = date.given();
    MONTHS[(date.month() - 1) as usize]
}

/// "14 March 2026".
pub fn date(date: impl Given<Date>) -> String {
    let date = date.given();
    format!("{} {} {}", date.day(), month_name(date), date.year())
}

/// "Saturday, 14 March 2026".
pub fn date_with_weekday(day: impl Given<Date>) -> String {
    let day = day.given();
    format!("{}, {}", day.strftime("%A"), date(day))
}

/// "14 March 2026", or that it is not known.
pub fn date_or_undated(day: impl Given<Option<Date>>) -> String {
    day.given().map_or_else(|| "undated".to_owned(), date)
}

/// "14 Mar 2026", for narrow columns.
pub fn short_date(day: impl Given<Date>) -> String {
    let day = day.given();
    format!("{} {} {}", day.day(), &month_name(day)[..3], day.year())
}

/// The name of a weekday.
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// What is known of a day, as the legend of a calendar says it.
pub fn day_state(state: impl Given<DayState>) -> &'static str {
    match state.given() {
        DayState::Held => "held",
        DayState::None => "no briefing took place",
        DayState::Missing => "known to be missing",
        DayState::Unknown => "unknown",
    }
}

/// What an editor says of a day.
pub fn day_mark(mark: impl Given<DayMark>) -> &'static str {
    day_state(match mark.given() {
        DayMark::None => DayState::None,
        DayMark::Missing => DayState::Missing,
    })
}

/// "Monday, Tuesday and Thursday"; nothing for none.
pub fn weekdays(days: &[Weekday]) -> Option<String> {
    let names: Vec<&str> = days.iter().map(|day| weekday(*day)).collect();
    let (last, others) = names.split_last()?;
    Some(if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) })
}

/// "2:13 p.m."
pub fn time(time: Time) -> String {
    let (hour, half) = match time.hour() {
        0 => (12, "a.m."),
        hour @ 1..12 => (hour, "a.m."),
        12 => (12, "p.m."),
        hour => (hour - 12, "p.m."),
    };
    format!("{hour}:{:02} {half}", time.minute())
}

/// "14 March 2026, 2:13 p.m. UTC".
pub fn moment(moment: impl Given<Timestamp>) -> String {
    let there = moment.given().to_zoned(TimeZone::UTC);
    format!("{}, {} UTC", date(there.date()), time(there.time()))
}

/// A number of things, of whatever type it comes in.
pub trait Count {
    /// The number.
    fn count(&self) -> u64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn count(&self) -> u64 {
                u64::try_from(*self).unwrap_or(0)
            }
        }
    )*};
}
counts!(i64, u64, usize, u32, i32);

impl<T: Count> Count for &T {
    fn count(&self) -> u64 {
        (**self).count()
    }
}

/// "12,345".
pub fn count(n: impl Count) -> String {
    let digits = n.count().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// "1 briefing", "2,000 briefings".
pub fn counted(n: impl Count, one: &str, many: &str) -> String {
    let n = n.count();
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// Why a revision was made, as a reader would say it.
pub fn revision_kind(kind: impl Given<RevisionKind>) -> &'static str {
    match kind.given() {
        RevisionKind::Imported => "As it came in",
        RevisionKind::Ours => "Our correction",
        RevisionKind::Issuer => "The issuer’s version",
        RevisionKind::Speaker => "The speaker, later",
        RevisionKind::Metadata => "Facts about the briefing",
        RevisionKind::Withdrawn => "Withdrawn",
        RevisionKind::Republished => "Put back",
        RevisionKind::Redacted => "Redacted",
    }
}

/// What stands in place of words that are not shown.
pub fn withheld(withheld: &Withheld) -> String {
    match withheld {
        Withheld::Redacted { at, reason } => {
            format!("[Redacted on {}: {reason}]", date(at.to_zoned(TimeZone::UTC).date()))
        }
        Withheld::Rights => "[Not shown: only quotations of this text may be shown.]".to_owned(),
    }
}

/// Which words of a briefing readers may see, for editors.
pub fn rights(rights: impl Given<Rights>) -> &'static str {
    match rights.given() {
        Rights::Full => "Every word",
        Rights::Quotations => "Quotations only",
    }
}

/// Whether readers are told who speaks, for editors.
pub fn attribution(attribution: impl Given<Attribution>) -> &'static str {
    match attribution.given() {
        Attribution::Named => "By name",
        Attribution::Background => "On background",
        Attribution::NotForAttribution => "Not for attribution",
    }
}

/// Why the bytes of a source are not given.
pub fn not_given(reason: impl Given<NotGiven>) -> &'static str {
    match reason.given() {
        NotGiven::Redacted => "The original file was destroyed by a redaction. Its SHA-256 stays on record.",
        NotGiven::Quotations => "Only quotations of this text may be shown, so its original file is not given out.",
        NotGiven::Names => "The original file names people who spoke without being named, so it is not given out.",
    }
}

/// What is wrong with a passage, as a reader says it.
pub fn problem_kind(kind: impl Given<ProblemKind>) -> &'static str {
    match kind.given() {
        ProblemKind::Words => "The words differ from the source",
        ProblemKind::Speaker => "Somebody else said this",
        ProblemKind::Facts => "The date or the title is wrong",
        ProblemKind::AnswerLabel => "The answer label is wrong",
        ProblemKind::Other => "Something else",
    }
}

/// What became of a problem.
pub fn problem_outcome(outcome: impl Given<ProblemOutcome>) -> &'static str {
    match outcome.given() {
        ProblemOutcome::Corrected => "Corrected",
        ProblemOutcome::NoteAdded => "Note added",
        ProblemOutcome::Declined => "Not changed",
    }
}

/// How long something has waited: "5 hours", "3 days".
pub fn waited(since: impl Given<Timestamp>, now: impl Given<Timestamp>) -> String {
    match now.given().duration_since(since.given()).as_hours() {
        ..1 => "less than an hour".to_owned(),
        hours @ 1..48 => counted(hours, "hour", "hours"),
        hours => counted(hours / 24, "day", "days"),
    }
}

/// A kind of briefing, as a reader would call it.
pub fn kind(kind: impl Given<BriefingKind>) -> &'static str {
    match kind.given() {
        BriefingKind::Transcript => "transcript",
        BriefingKind::Statement => "statement",
        BriefingKind::Report => "report",
    }
}

/// A role, as a reader would call it.
pub fn role(role: impl Given<Role>) -> &'static str {
    match role.given() {
        Role::Questioner => "reporter’s question",
        Role::Moderator => "moderator",
        Role::Official => "official, not named",
        Role::Staff => "staff, not named",
        Role::Audience => "several voices",
    }
}

/// What somebody did who promised to come back to a question.
pub fn promise(kind: impl Given<PromiseKind>) -> &'static str {
    match kind.given() {
        PromiseKind::TakenQuestion => "took the question",
        PromiseKind::GetBack => "will come back to it",
        PromiseKind::Provide => "will provide something",
        PromiseKind::Check => "will find out",
        PromiseKind::MoreLater => "will have more later",
    }
}

/// A kind of topic, as the heading of a list.
pub fn topics(kind: impl Given<TopicKind>) -> &'static str {
    match kind.given() {
        TopicKind::Country => "Countries",
        TopicKind::Organisation => "Organisations",
        TopicKind::Issue => "Issues",
    }
}

/// Where a date comes from, in a sentence about it.
pub fn date_origin(origin: &str) -> &'static str {
    match origin {
        "given" => "given by an editor",
        "editor" => "corrected by an editor",
        "head" => "printed at the head of the text",
        "title" => "from the title",
        "sidecar" | "front-matter" => "from the list that came with the file",
        "file-name" => "from the name of the file",
        "address" => "from the address of the page",
        _ => "origin not recorded",
    }
}

/// The dates between which an office was seen held.
pub fn held(from: impl Given<Option<Date>>, to: impl Given<Option<Date>>) -> String {
    match (from.given(), to.given()) {
        (Some(from), Some(to)) if from == to => date(from),
        (Some(from), Some(to)) if (from.year(), from.month()) == (to.year(), to.month()) => {
            format!("{}–{}", from.day(), date(to))
        }
        (Some(from), Some(to)) => format!("{} to {}", date(from), date(to)),
        (Some(from), None) => format!("from {}", date(from)),
        (None, Some(to)) => format!("until {}", date(to)),
        (None, None) => String::new(),
    }
}

/// "97 % sure".
pub fn sure(score: f32) -> String {
    format!("{:.0} % sure", score * 100.0)
}

/// Why a label is in doubt, in a word or two.
pub fn label_doubt(doubt: impl Given<LabelDoubt>) -> &'static str {
    match doubt.given() {
        LabelDoubt::Unknown => "nobody is known",
        LabelDoubt::Perhaps => "only suggested",
        LabelDoubt::Doubtful => "in doubt",
        LabelDoubt::New => "new person: check",
    }
}

/// What many drafts are in doubt about, in a few words; else the sentence about the one.
pub fn doubt(code: &str, message: &str) -> String {
    match code {
        "date-conflict" => "The date is in doubt",
        "date-missing" => "No date was found",
        "embargo" => "A line restricts publication",
        "background" => "On background or not for attribution, but labels name people",
        "published-before-event" => "Published before the event is said to have begun",
        "encoding-broken" => "Letters are broken",
        "tracked-changes" => "The document holds tracked changes",
        "timing" => "The times of the captions are out of order",
        "front-matter" => "The front matter could not be read",
        _ => message,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_with_the_same_doubt_are_told_in_the_same_words() {
        let of = |label: &str| doubt("background", &format!("Labels name people: {label}."));
        assert_eq!(of("MR. PELL"), of("MS. VANE"));
        assert_eq!(doubt("of-one-file", "Line 4 is torn."), "Line 4 is torn.");
    }

    #[test]
    fn numbers_and_times_read_as_people_write_them() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(271_000), "271,000");
        assert_eq!(counted(1, "turn", "turns"), "1 turn");
        assert_eq!(time(jiff::civil::time(0, 5, 0, 0)), "12:05 a.m.");
        assert_eq!(time(jiff::civil::time(14, 13, 0, 0)), "2:13 p.m.");
        assert_eq!(moment("2026-03-14T14:13:00Z".parse::<Timestamp>().unwrap()), "14 March 2026, 2:13 p.m. UTC");
        let waited = |since: &str| {
            waited(since.parse::<Timestamp>().unwrap(), "2026-03-14T14:13:00Z".parse::<Timestamp>().unwrap())
        };
        assert_eq!(waited("2026-03-14T13:14:00Z"), "less than an hour");
        assert_eq!(
            (waited("2026-03-14T13:13:00Z"), waited("2026-03-11T14:14:00Z")),
            ("1 hour".into(), "2 days".into())
        );
        assert_eq!(held(Some(jiff::civil::date(2026, 3, 2)), Some(jiff::civil::date(2026, 3, 9))), "2–9 March 2026");
    }
}
