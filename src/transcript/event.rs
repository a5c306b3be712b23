//! Names an event that has no title, where the people in it say plainly what it is.

use super::model::Segment;

/// So many characters from either end are looked at: there a moderator opens and closes.
const EDGE: usize = 4_000;

/// What the event is, if opening or closing words say so.
pub fn name(segments: &[Segment]) -> Option<String> {
    let opening = edge(segments.iter());
    let closing = edge(segments.iter().rev());
    [&opening, &closing].into_iter().find_map(|words| debate(words)).map(str::to_owned)
}

fn edge<'s>(segments: impl Iterator<Item = &'s Segment>) -> String {
    let mut words = String::new();
    for segment in segments {
        words.push_str(&segment.text);
        words.push(' ');
        if words.len() >= EDGE {
            break;
        }
    }
    words.to_lowercase().replace('-', " ")
}

fn debate(words: &str) -> Option<&'static str> {
    const CANDIDATES: [&str; 5] = [
        "candidates for president",
        "candidate for president",
        "presidential candidates",
        "presidential nominees",
        "presidential debate",
    ];
    if !words.contains("debate") {
        return None;
    }
    let running = |words: &str| CANDIDATES.iter().any(|phrase| words.contains(phrase));
    // A first debate often announces that of the running mates.
    let others = words.replace("vice presidential", "").replace("candidates for vice president", "");
    if running(&others) {
        return Some("Presidential debate");
    }
    running(words).then_some("Vice presidential debate")
}
