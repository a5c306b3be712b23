//! Reads the head of a text: title, issuer, place, date, time, embargo, the index of subjects.

use super::blocks::Role;
use super::dates;
use super::document::Placed;
use super::embargo;
use super::head_words::{has_office_word, has_place_word, has_title_word, is_issuer, is_region};
use super::model::{DateFound, DateOrigin, Embargo, LocalTime, SegmentKind, Subject};
use super::prose;
use super::times;
use super::turns::{is_editors, is_starred_heading};

/// What a line of the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadLine {
    /// What the text is called.
    Title,
    /// More of the title, on the next line.
    Subtitle,
    /// A heading of a section.
    Section,
    /// The day.
    Date,
    /// The time of day.
    Time,
    /// The place.
    Place,
    /// The body that issued the text.
    Issuer,
    /// That the text was released; the day stands on the next line.
    Release,
    /// When the words may be used.
    Embargo,
    /// The line that opens the index.
    Index,
    /// A subject of the index.
    Subject,
    /// A point below a subject.
    Point,
    /// A note of the editors.
    Note,
    /// A short line that says something else: a name, an office.
    Other,
    /// A sentence: not a head line any more.
    Prose,
}

impl HeadLine {
    /// What segment such a line becomes.
    pub fn kind(self) -> SegmentKind {
        match self {
            Self::Title | Self::Subtitle | Self::Section | Self::Subject => SegmentKind::Heading,
            Self::Prose => SegmentKind::Paragraph,
            _ => SegmentKind::Note,
        }
    }
}

/// What the head has said so far.
#[derive(Debug, Default)]
pub struct Head {
    /// The title.
    pub title: Option<String>,
    /// Dates in head and title.
    pub dates: Vec<DateFound>,
    /// The time at which it began.
    pub starts: Option<LocalTime>,
    /// Lines that name the place.
    pub places: Vec<String>,
    /// The issuer.
    pub issuer: Option<String>,
    /// The embargo.
    pub embargo: Option<Embargo>,
    /// The index.
    pub subjects: Vec<Subject>,
    in_index: bool,
    lines: usize,
    last: Option<HeadLine>,
    /// Whether the title was found in the head and not beside the text: only then more lines can belong to it.
    own: bool,
    /// Whether some line of the head is worded like a title.
    titled_ahead: bool,
    /// A short line that may turn out to begin the place.
    pending: Option<String>,
}

impl Head {
    /// Begins a head; a title known from the page or front matter makes other title-like lines less important.
    pub fn new(title: Option<String>, titled_ahead: bool) -> Self {
        let mut head = Self { titled_ahead, ..Self::default() };
        if let Some(title) = title {
            head.name(&title);
        }
        head
    }

    fn name(&mut self, title: &str) {
        let title = prose::line(title);
        for (date, evidence) in dates::in_text(&title) {
            self.dates.push(DateFound { date, origin: DateOrigin::Title, evidence });
        }
        if self.title.is_none() && !title.is_empty() {
            self.title = Some(title);
        }
    }

    /// Adds to a title that goes on.
    fn rename(&mut self, more: &str) {
        for (date, evidence) in dates::in_text(more) {
            self.dates.push(DateFound { date, origin: DateOrigin::Title, evidence });
        }
        if let Some(title) = self.title.as_mut().filter(|_| self.own) {
            title.push(' ');
            title.push_str(more);
        }
    }

    /// Whether a line goes on with the title above it: "PRESS BRIEFING BY" / "JANE DOE, DIRECTOR" / "AND JOHN ROE".
    fn goes_on(&self, line: &str, upper: &str) -> bool {
        if !matches!(self.last, Some(HeadLine::Title | HeadLine::Subtitle))
            || line.ends_with([':', '.'])
            || times::first(line).is_some()
        {
            return false;
        }
        let open = self.own
            && self.title.as_deref().is_some_and(|title| {
                let last = title.split_whitespace().next_back().unwrap_or_default().to_uppercase();
                title.ends_with(',')
                    || matches!(last.as_str(), "BY" | "AND" | "WITH" | "OF" | "ON" | "THE" | "TO" | "FOR")
            });
        let lower = line.starts_with(char::is_lowercase);
        let elsewhere = ["ABOARD", "EN ROUTE", "VIA "].iter().any(|start| upper.starts_with(start));
        open || lower || line == upper && has_office_word(upper) && !elsewhere
    }

    /// Takes one line, says what it is and remembers what it says.
    pub fn take(&mut self, raw: &str, block: &Placed, bold: bool) -> HeadLine {
        let line = prose::line(raw);
        let kind = self.classify(&line, block, bold);
        self.lines += 1;
        match kind {
            HeadLine::Title => {
                self.own = self.title.is_none();
                self.name(&line);
            }
            HeadLine::Subtitle => self.rename(&line),
            // The day below "EMBARGOED UNTIL MIDNIGHT" is that of the embargo.
            HeadLine::Date if self.last == Some(HeadLine::Embargo) => self.hold_until(&line),
            HeadLine::Date | HeadLine::Time => self.when(&line),
            HeadLine::Place => {
                self.places.extend(self.pending.take());
                self.places.push(line.trim_matches(['(', ')', ',']).to_owned());
                self.when(&line);
            }
            HeadLine::Issuer => {
                if self.issuer.is_none() {
                    self.issuer = Some(capitalised(&line));
                }
            }
            HeadLine::Embargo => {
                if let Some(found) = embargo::read(&line) {
                    self.embargo = Some(embargo::merge(self.embargo.take(), found));
                }
            }
            HeadLine::Subject => self.subjects.push(Subject { name: line, points: Vec::new() }),
            HeadLine::Point => {
                if let Some(subject) = self.subjects.last_mut() {
                    // Old indexes give the page before the point: "1-3   Talks on the Straits".
                    let page = |c: char| c.is_ascii_digit() || "-–,• *".contains(c);
                    let point = line.trim_start_matches(['-', '•', '*', ' ']);
                    let bare = point.trim_start_matches(page);
                    let paged = point.starts_with(|c: char| c.is_ascii_digit()) && point.len() - bare.len() <= 8;
                    subject.points.push(if paged && !bare.is_empty() { bare } else { point }.to_owned());
                }
            }
            HeadLine::Index
            | HeadLine::Release
            | HeadLine::Section
            | HeadLine::Note
            | HeadLine::Other
            | HeadLine::Prose => {}
        }
        self.pending =
            (kind == HeadLine::Other && self.title.is_some() && may_begin_a_place(raw)).then(|| prose::line(raw));
        self.last = Some(kind);
        self.in_index = match kind {
            HeadLine::Index => true,
            HeadLine::Subject | HeadLine::Point | HeadLine::Date => self.in_index,
            _ => false,
        };
        kind
    }

    fn hold_until(&mut self, line: &str) {
        if let Some(embargo) = self.embargo.as_mut().filter(|embargo| embargo.until.is_none()) {
            embargo.until = dates::in_text(line).first().map(|(date, _)| *date);
            embargo.text.push(' ');
            embargo.text.push_str(line);
        } else {
            self.when(line);
        }
    }

    fn when(&mut self, line: &str) {
        let release = self.last == Some(HeadLine::Release) || is_release(&line.to_uppercase());
        for (date, evidence) in dates::in_text(line) {
            let evidence = if release { format!("For Immediate Release {evidence}") } else { evidence };
            self.dates.push(DateFound { date, origin: DateOrigin::Head, evidence });
        }
        if self.starts.is_none()
            && let Some((time, _)) = times::first(line)
        {
            self.starts = Some(time);
        }
    }

    fn classify(&self, line: &str, block: &Placed, bold: bool) -> HeadLine {
        let words = line.split_whitespace().count();
        let upper = line.to_uppercase();
        if embargo::is_line(line) {
            return HeadLine::Embargo;
        }
        if is_editors(line) {
            return HeadLine::Note;
        }
        if upper.starts_with("INDEX FOR") || upper.trim_end_matches(':') == "INDEX" || upper.starts_with("INDEX OF") {
            return HeadLine::Index;
        }
        if upper.trim_matches(|c: char| !c.is_alphabetic()) == "TRANSCRIPT" {
            return HeadLine::Other;
        }
        if self.in_index && words <= 25 && !self.ends_index(line, &upper) {
            let day = words <= 5 && !dates::in_text(line).is_empty();
            return if day { HeadLine::Date } else { index_line(line, block) };
        }
        if matches!(block.role, Role::Heading(_)) && words <= 60 {
            let title = self.lines == 0 || has_title_word(&upper) || self.title.is_none();
            return if title { HeadLine::Title } else { HeadLine::Section };
        }
        if is_starred_heading(line) {
            return HeadLine::Section;
        }
        if words <= 25 && self.goes_on(line, &upper) {
            return HeadLine::Subtitle;
        }
        let titled = has_title_word(&upper) && (!line.ends_with('.') || self.lines == 0 && begins_as_title(&upper));
        let sentence = line.ends_with(['.', '?', '!', '”', '"', ':']) && !block.centred && !titled;
        if (9..=30).contains(&words) && self.lines == 0 && begins_as_title(&upper) {
            return HeadLine::Title;
        }
        if words >= 20 || words >= 9 && sentence {
            return long(line, words, &upper, block, bold);
        }
        self.short(line, words, &upper, block, bold)
    }

    /// Behind the index the head is printed again, or the time of day stands.
    fn ends_index(&self, line: &str, upper: &str) -> bool {
        let again = || self.title.as_deref().is_some_and(|title| title.to_uppercase() == upper);
        times::first(line).is_some() && (times::only(line).is_some() || !dates::in_text(line).is_empty())
            || is_issuer(upper)
            || again()
    }

    fn short(&self, line: &str, words: usize, upper: &str, block: &Placed, bold: bool) -> HeadLine {
        if is_issuer(upper) {
            return HeadLine::Issuer;
        }
        if times::only(line).is_some() {
            return HeadLine::Time;
        }
        let dated = !dates::in_text(line).is_empty();
        let timed = times::first(line).is_some();
        let place = has_place_word(upper);
        if is_release(upper) || upper.starts_with("PRESENTER") {
            let release = if is_release(upper) { HeadLine::Release } else { HeadLine::Other };
            return if dated { HeadLine::Date } else { release };
        }
        let only_place = place && !dated && words <= 8 && !upper.contains(" BY ");
        let title = has_title_word(upper) && !line.ends_with('.') && !only_place;
        if title && (self.lines == 0 || bold || block.centred || line == upper || self.title.is_none() || words >= 3) {
            return HeadLine::Title;
        }
        if dated {
            return if place { HeadLine::Place } else { HeadLine::Date };
        }
        if timed && words <= 12 {
            return if place && words > 4 { HeadLine::Place } else { HeadLine::Time };
        }
        if place || is_region(line) {
            return HeadLine::Place;
        }
        if self.lines == 0
            && self.title.is_none()
            && !self.titled_ahead
            && words >= 2
            && !line.ends_with(['.', '?', '!'])
        {
            return HeadLine::Title;
        }
        HeadLine::Other
    }

    /// The place in one line.
    pub fn place(&self) -> Option<String> {
        let mut places: Vec<&str> = Vec::new();
        for place in &self.places {
            if !places.contains(&place.as_str()) {
                places.push(place);
            }
        }
        (!places.is_empty()).then(|| places.join(", "))
    }
}

/// Whether a line (in capitals) says when the text came out.
fn is_release(upper: &str) -> bool {
    upper.contains("IMMEDIATE RELEASE") || upper.starts_with("RELEASED")
}

/// Whether one of the first words of a line (in capitals) is that of a title.
fn begins_as_title(upper: &str) -> bool {
    let first: Vec<&str> = upper.split_whitespace().take(3).collect();
    has_title_word(&first.join(" "))
}

/// "Ritz Carlton" above "Kuala Lumpur, Malaysia".
fn may_begin_a_place(line: &str) -> bool {
    let upper = line.to_uppercase();
    line.split_whitespace().count() <= 5
        && line.starts_with(char::is_uppercase)
        && line != upper
        && !has_office_word(&upper)
        && !line.ends_with(['.', ':', '?'])
}

/// Subjects of an index are in capitals (or head a list), points are not.
fn index_line(line: &str, block: &Placed) -> HeadLine {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    let all = letters().count();
    let subject = all >= 2 && capitals * 10 >= all * 9 || matches!(block.role, Role::Heading(_));
    if subject { HeadLine::Subject } else { HeadLine::Point }
}

/// "THE WHITE HOUSE" is "The White House".
fn capitalised(line: &str) -> String {
    if line.chars().any(char::is_lowercase) {
        return line.to_owned();
    }
    let words = line.split_whitespace().enumerate().map(|(at, word)| {
        // "U.S." stays as it is.
        if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1) {
            return word.to_owned();
        }
        let lower = word.to_lowercase();
        if at > 0 && matches!(lower.as_str(), "of" | "the" | "and" | "for" | "de" | "la") {
            return lower;
        }
        let mut chars = lower.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A long line is a sentence, unless it is the title.
fn long(line: &str, words: usize, upper: &str, block: &Placed, bold: bool) -> HeadLine {
    let set_apart = bold || block.centred || line == upper;
    let title = words <= 45 && set_apart && has_title_word(upper) && !line.ends_with('.');
    if title { HeadLine::Title } else { HeadLine::Prose }
}
