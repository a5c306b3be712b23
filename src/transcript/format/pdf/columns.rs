//! Pages set in two columns: the left one is read before the right one.
//!
//! A label beside its words, or a table, is no column: both sides must be wide, full, and many lines long.

use super::lines::Row;

/// Rows in reading order: those of the right column shifted, as if they stood below the left one.
pub(super) fn unfold(rows: Vec<Row>) -> Vec<Row> {
    let Some(gutter) = gutter(&rows) else { return rows };
    let edge = |right: bool| {
        let sides = rows.iter().filter_map(|row| row.sides(gutter));
        sides
            .filter_map(|(left, other)| if right { other } else { left })
            .map(|(from, _)| from)
            .fold(f32::MAX, f32::min)
    };
    let shift = edge(true) - edge(false);
    let mut unfolded = Vec::with_capacity(rows.len() * 2);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if row.sides(gutter).is_none() {
            // A line across both columns: what stands above it is read first.
            unfolded.append(&mut left);
            unfolded.append(&mut right);
            unfolded.push(row);
            continue;
        }
        let (one, mut other) = row.split(gutter);
        for glyph in &mut other.glyphs {
            glyph.x0 -= shift;
            glyph.x1 -= shift;
        }
        left.extend(Some(one).filter(|row| !row.glyphs.is_empty()));
        right.extend(Some(other).filter(|row| !row.glyphs.is_empty()));
    }
    unfolded.append(&mut left);
    unfolded.append(&mut right);
    unfolded
}

/// The middle of the empty strip between two columns, if there are two.
fn gutter(rows: &[Row]) -> Option<f32> {
    let from = rows.iter().flat_map(|row| &row.glyphs).map(|glyph| glyph.x0).fold(f32::MAX, f32::min);
    let to = rows.iter().flat_map(|row| &row.glyphs).map(|glyph| glyph.x1).fold(f32::MIN, f32::max);
    let width = to - from;
    if rows.len() < 12 || !(100.0..10_000.0).contains(&width) {
        return None;
    }
    // Most pages have no wide gaps at all, and are done here.
    let gaps: Vec<(f32, f32)> = rows.iter().flat_map(Row::gaps).collect();
    if gaps.len() < 12 {
        return None;
    }
    let steps = (0..=40).map(|step| from + width * (0.3 + 0.01 * step as f32));
    let parted_at = |x: f32| gaps.iter().filter(|(from, to)| (*from..*to).contains(&x)).count();
    let best = steps.max_by_key(|x| parted_at(*x))?;
    let parted = parted_at(best);
    let across = rows.iter().filter(|row| row.sides(best).is_none()).count();
    let filled = rows.iter().filter(|row| {
        matches!(row.sides(best), Some((Some((a, b)), Some((c, d)))) if b - a > (best - from) * 0.7 && d - c > (to - best) * 0.6)
    });
    (parted >= 12 && across * 4 < parted && filled.count() * 3 >= parted * 2).then_some(best)
}

impl Row {
    /// The extents of what stands left and right of a place; `None` if something stands across it.
    #[expect(clippy::type_complexity, reason = "two extents, each of which may be missing")]
    fn sides(&self, x: f32) -> Option<(Option<(f32, f32)>, Option<(f32, f32)>)> {
        let words = || self.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        let extent = |from: Option<f32>, to: Option<f32>| from.zip(to);
        let least = |one: f32, other: f32| one.min(other);
        let most = |one: f32, other: f32| one.max(other);
        let (left, right) = (|| words().filter(|glyph| glyph.x1 <= x), || words().filter(|glyph| glyph.x1 > x));
        let one = extent(left().map(|glyph| glyph.x0).reduce(least), left().map(|glyph| glyph.x1).reduce(most));
        let other = extent(right().map(|glyph| glyph.x0).reduce(least), right().map(|glyph| glyph.x1).reduce(most));
        let gap = match (one, other) {
            (Some((_, end)), Some((start, _))) => start - end,
            _ => f32::MAX,
        };
        let crossed = other.is_some_and(|(start, _)| start < x) || gap < 0.8 * self.size;
        (!crossed).then_some((one, other))
    }

    /// The wide gaps between its words.
    fn gaps(&self) -> Vec<(f32, f32)> {
        let words = self.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
        let mut extents: Vec<(f32, f32)> = words.map(|glyph| (glyph.x0, glyph.x1)).collect();
        extents.sort_by(|a, b| a.0.total_cmp(&b.0));
        let gaps = extents.windows(2).filter_map(|pair| match pair {
            [(_, end), (start, _)] => (start - end > 0.8 * self.size).then_some((*end, *start)),
            _ => None,
        });
        gaps.collect()
    }

    fn split(self, x: f32) -> (Self, Self) {
        let (left, right) = self.glyphs.into_iter().partition(|glyph| glyph.x1 <= x);
        let side = |glyphs| Self { y: self.y, size: self.size, glyphs };
        (side(left), side(right))
    }
}
