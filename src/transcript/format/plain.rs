//! Reads plain text: finds out whether its lines are wrapped, and joins them to paragraphs if so.

use crate::transcript::blocks::{Block, Reading, Role};
use crate::transcript::document::is_drawn_rule;

/// Lines of wrapped text are rarely longer.
const WIDEST: usize = 110;

/// Reads the blocks of a plain text.
pub fn read(text: &str) -> Reading {
    let text = text.replace('\u{0C}', "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
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
