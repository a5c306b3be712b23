//! Finds stage directions, words put in, and references to editors' notes in normalised text.

use super::model::{Mark, MarkKind};

/// Longer brackets are asides that somebody spoke.
const LONGEST_DIRECTION: usize = 140;

/// Adds what the punctuation says to the marks that the format gave, and puts all in order.
pub fn add(text: &str, found: &mut Vec<Mark>) {
    let mut open: Option<(char, usize, usize)> = None;
    let mut previous = '\n';
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((scalar, (byte, c))) = chars.next() {
        match c {
            '(' | '[' => open = Some((c, scalar, byte)),
            ')' | ']' => {
                if let Some((bracket, start, from)) = open.take()
                    && (bracket == '(') == (c == ')')
                {
                    let inside = text.get(from + 1..byte).unwrap_or_default();
                    let kind = if bracket == '[' { inserted(inside) } else { direction(inside) };
                    if let Some(kind) = kind {
                        found.push(Mark { kind, start, end: scalar + 1 });
                    }
                }
            }
            '*' => {
                let next = chars.peek().map_or(' ', |(_, (_, next))| *next);
                if previous != '*' && next != '*' && is_reference(previous, next) {
                    found.push(Mark { kind: MarkKind::EditorNote, start: scalar, end: scalar + 1 });
                }
            }
            '\n' => open = None,
            _ => {}
        }
        previous = c;
    }
    found.retain(|mark| mark.start < mark.end);
    found.sort_by_key(|mark| (mark.start, mark.end));
    found.dedup();
}

/// An asterisk hangs on a word; alone between blanks it may stand for a word that was not heard.
fn is_reference(previous: char, next: char) -> bool {
    !(previous.is_whitespace() && next.is_whitespace())
}

/// `[right]` was put in; `[inaudible]` happened.
fn inserted(inside: &str) -> Option<MarkKind> {
    if inside.trim().is_empty() {
        return None;
    }
    Some(if happens(inside) { MarkKind::StageDirection } else { MarkKind::Insertion })
}

/// Words in parentheses that describe what happens, rather than being spoken.
fn direction(inside: &str) -> Option<MarkKind> {
    let short = inside.chars().count() <= LONGEST_DIRECTION;
    let sentence = inside.starts_with(char::is_uppercase) && inside.ends_with(['.', '!']);
    (short && (happens(inside) || sentence && inside.split_whitespace().count() <= 12))
        .then_some(MarkKind::StageDirection)
}

/// Whether the words name something that happens in a room, on a line or in a recording.
fn happens(inside: &str) -> bool {
    const STEMS: &str = "laugh|applau|inaudible|off-mic|off mic|off-mike|off mike|cross-talk|crosstalk|cross talk|chuckl|pause|break|\
    cheer|boo|music|video|audio|interrupt|via |through |as interpreted|as translated|in spanish|in french|speaking|\
    speaks|point|gestur|nod|shak|hold|show|play|sing|sneez|cough|whisper|sigh|silence|unintelligible|indiscernible|\
    technical|phone|ring|repeat|referring|reading|reads|overlap|multiple|no response|no audible|end of|beginning|\
    concluded|ended|recess|mic |microphone|audience|reporters|turn|simultaneous|knock|bell|snap|clap|standing|sits|\
    hand|to |on screen|clears|cell phone|cellphone|briefing resumes|door|loud|drop in|bump|corrects|a reporter|\
    a cell|the audience|falla|subtítulos|risas|ríe|aplaus|inicia|termina|finaliza|concluye|interpretación|fallas|\
    fuera de|porra|gritos|continúa|habla|interrumpe|canta|lee|corte|reanuda|proyecta|se reproduce|minuto";
    let lower = inside.trim().to_lowercase();
    let digits = lower.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    STEMS.split('|').any(|stem| lower.starts_with(stem))
        || (digits && lower.contains(':'))
        || lower.contains("inaudible")
        || lower.contains("laughter")
}
