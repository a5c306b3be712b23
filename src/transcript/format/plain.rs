//! Reads plain text: finds out whether its lines are wrapped, and joins them to paragraphs if so.

use crate::transcript::blocks::{Block, Reading, Role};
use crate::transcript::document::is_drawn_rule;

/// Lines of wrapped text are rarely longer.
const WIDEST: usize = 110;

/// Reads the blocks of a plain text.
pub fn read(text: &str) -> Reading {
    let text = text.replace('\u{0C}', "\n");
    let mut lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    drop_page_marks(&mut lines);
    let wrapped = is_wrapped(&lines);
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in lines {
        let trimmed = line.trim();
        if trimmed.is_empty() || is_drawn_rule(trimmed) && trimmed.chars().count() >= 3 {
            blocks.extend(open.take());
            if !trimmed.is_empty() {
                blocks.push(Block { text: trimmed.to_owned(), role: Role::Rule, ..Block::default() });
            }
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        match &mut open {
            Some(block) if wrapped && indent < 4 => {
                block.text.push('\n');
                block.text.push_str(trimmed);
            }
            _ => {
                blocks.extend(open.take());
                let centred = indent >= 12 && trimmed.chars().count() < 70;
                open = Some(Block { text: trimmed.to_owned(), wrapped, centred, ..Block::default() });
            }
        }
    }
    blocks.extend(open);
    Reading { blocks, ..Reading::default() }
}

/// "MORE" at the foot of a typed page and "- 2 -" at the head of the next are no words of the text. A sentence that
/// they cut in two goes on.
fn drop_page_marks(lines: &mut Vec<&str>) {
    let number = |line: &str| {
        let inner = line.trim().strip_prefix('-').and_then(|rest| rest.strip_suffix('-')).map(str::trim);
        inner.is_some_and(|inner| (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let more = |line: &str| matches!(line.trim(), "MORE" | "(MORE)" | "(more)" | "-more-" | "- more -" | "-MORE-");
    let filled: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| !line.is_empty())).collect();
    let line = |at: usize| filled.get(at).and_then(|at| lines.get(*at)).copied().unwrap_or_default();
    let mut gone = std::collections::BTreeSet::new();
    for at in 0..filled.len() {
        let foot = more(line(at)) && at + 1 < filled.len();
        let head = number(line(at));
        if !foot && !head {
            continue;
        }
        let goes_on = |text: &str| text.starts_with(char::is_lowercase) || text.starts_with('(');
        let after = (at + 1..filled.len()).find(|at| !number(line(*at)) && !more(line(*at)));
        let before = (0..at).rev().find(|at| !number(line(*at)) && !more(line(*at)));
        let (Some(before), Some(after)) = (before, after) else {
            gone.extend(filled.get(at));
            continue;
        };
        let open = !line(before).ends_with(['.', '?', '!', ':', '"', ')', '”', '-']);
        if let (Some(from), Some(to)) = (filled.get(before), filled.get(after)) {
            // Blank lines go too where a sentence was cut in two.
            let joined = open && goes_on(line(after).trim_start());
            gone.extend((from + 1..*to).filter(|at| joined || filled.binary_search(at).is_ok()));
        }
    }
    let mut at = 0..;
    lines.retain(|_| at.next().is_some_and(|at| !gone.contains(&at)));
}

/// Lines are wrapped if none is long and most that are followed by another one of their paragraph are nearly as long as
/// the longest. Centred heads and indented beginnings of paragraphs say nothing about that.
fn is_wrapped(lines: &[&str]) -> bool {
    let lengths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    let mut filled: Vec<usize> = lengths.iter().copied().filter(|length| *length > 0).collect();
    filled.sort_unstable();
    let Some(width) = filled.get(filled.len() * 19 / 20).copied() else { return false };
    if filled.len() < 4 || !(40..=WIDEST).contains(&width) {
        return false;
    }
    let (mut followed, mut full) = (0usize, 0usize);
    for pair in lines.windows(2) {
        if let [this, next] = pair
            && !this.trim().is_empty()
            && next.starts_with(|c: char| !c.is_whitespace())
            && this.len() - this.trim_start().len() < 12
        {
            followed += 1;
            full += usize::from(this.chars().count() * 10 >= width * 7);
        }
    }
    followed >= 3 && full * 10 >= followed * 6
}
