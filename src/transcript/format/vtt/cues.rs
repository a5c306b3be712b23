//! Cuts a caption file into cues, and forgives what real files do: missing numbers, missing blank lines, blank lines
//! inside a cue, odd timings.

/// Whose rules apply to what is no cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::transcript::format) enum Dialect {
    /// Comments and style sheets stand between the cues.
    WebVtt,
    /// Nothing but cues.
    SubRip,
}

/// Lines that are shown together for a while.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::transcript::format) struct Cue {
    /// When they appear, in milliseconds, if the timing can be read.
    pub(in crate::transcript::format) starts: Option<u64>,
    /// When they disappear.
    pub(in crate::transcript::format) ends: Option<u64>,
    /// The lines, with their tags.
    pub(in crate::transcript::format) lines: Vec<String>,
}

/// The cues of a file and what was odd.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::transcript::format) struct Cues {
    /// The cues in order of the file.
    pub(in crate::transcript::format) cues: Vec<Cue>,
    /// How many timings could not be read.
    pub(in crate::transcript::format) bad_timings: usize,
}

/// Cuts the text into cues. Words before the first timing become a cue without one.
pub(in crate::transcript::format) fn read(text: &str, dialect: Dialect) -> Cues {
    let mut found = Cues::default();
    let mut current = Cue::default();
    let mut after_blank = true;
    let mut skipping = false;
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            after_blank = true;
            skipping = false;
            continue;
        }
        let first = std::mem::take(&mut after_blank);
        if let Some((from, to)) = line.split_once("-->") {
            let (starts, ends) = (time(from), time(to));
            found.bad_timings += usize::from(starts.is_none() || ends.is_none());
            found.push(std::mem::take(&mut current));
            current = Cue { starts, ends, lines: Vec::new() };
            skipping = false;
            continue;
        }
        skipping |= first && dialect == Dialect::WebVtt && is_aside(line);
        let before_timing = lines.peek().is_some_and(|next| next.contains("-->"));
        let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
        let is_identifier = before_timing && (is_number || (first && dialect == Dialect::WebVtt));
        if !skipping && !is_identifier {
            current.lines.push(line.to_owned());
        }
    }
    found.push(current);
    found
}

impl Cues {
    fn push(&mut self, cue: Cue) {
        if !cue.lines.is_empty() {
            self.cues.push(cue);
        }
    }
}

/// A comment, a style sheet or a region: words about the file.
fn is_aside(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"].iter().any(|word| {
        line.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || (*word == "NOTE" && rest.starts_with([' ', '\t'])))
    })
}

/// `01:02:03.456`, `02:03,456`, `2:3` and the like, in milliseconds; what follows a blank is a setting.
fn time(text: &str) -> Option<u64> {
    let text = text.split_whitespace().next()?;
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut seconds: u64 = 0;
    let mut parts = 0;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
        parts += 1;
    }
    // Two digits of a fraction are hundredths.
    let millis: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    (2..=3).contains(&parts).then(|| seconds.checked_mul(1000)?.checked_add(millis))?
}
