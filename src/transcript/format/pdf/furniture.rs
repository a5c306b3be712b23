//! What stands on every page and belongs to none: running heads, page numbers, numbers of lines.

use std::collections::HashMap;

use super::lines::Line;

/// So many lines from the top and from the bottom may be furniture.
const EDGE: usize = 5;

/// Takes the furniture away.
pub(super) fn clear(pages: &mut [Vec<Line>]) {
    clear_line_numbers(pages);
    let repeated = repeated(pages);
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        let is_furniture = |line: &Line| {
            let place = repeated.get(&pattern(&line.text));
            place.is_some_and(|ys| ys.iter().any(|y| (y - line.y).abs() < NEAR))
                || numbers_page(&line.text, number, count)
        };
        // From the edge inwards: a line behind which the text begins is text.
        let bottom = page.iter().rev().take(EDGE).take_while(|line| is_furniture(line)).count();
        page.truncate(page.len() - bottom);
        let top = page.iter().take(EDGE).take_while(|line| is_furniture(line)).count();
        page.drain(..top);
    }
}

/// The same place, in points.
const NEAR: f32 = 6.0;

/// Lines at the edges that stand at the same place on many pages, digits aside: their patterns and places.
fn repeated(pages: &[Vec<Line>]) -> HashMap<String, Vec<f32>> {
    let mut places: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let last = page.len().saturating_sub(EDGE);
        for (index, line) in page.iter().enumerate() {
            if index < EDGE || index >= last {
                places.entry(pattern(&line.text)).or_default().push((number, line.y));
            }
        }
    }
    // Heads of left and of right pages may differ, and the first page often has none.
    let enough = (pages.len() * 2).div_ceil(5).max(2);
    places
        .into_iter()
        .filter_map(|(pattern, found)| {
            let often = |y: f32| {
                let mut near: Vec<usize> =
                    found.iter().filter(|(_, other)| (other - y).abs() < NEAR).map(|(page, _)| *page).collect();
                near.dedup();
                near.len() >= enough
            };
            let ys: Vec<f32> = found.iter().map(|(_, y)| *y).filter(|y| often(*y)).collect();
            (!ys.is_empty()).then_some((pattern, ys))
        })
        .collect()
}

/// A line with its numbers blotted out.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_digit() => {
                if !pattern.ends_with('#') {
                    pattern.push('#');
                }
            }
            c if c.is_whitespace() => {
                if !pattern.ends_with(' ') {
                    pattern.push(' ');
                }
            }
            c => pattern.extend(c.to_lowercase()),
        }
    }
    pattern
}

/// `Page 3 of 28`, which needs no repetition, with the right number.
fn numbers_page(text: &str, page: usize, pages: usize) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let is = |word: &String, number: usize| *word == number.to_string();
    match words.as_slice() {
        [word, number] => word == "page" && is(number, page + 1),
        [word, number, of, all] => word == "page" && is(number, page + 1) && of == "of" && is(all, pages),
        _ => false,
    }
}

/// Pages of hearings and depositions number their lines in the margin.
fn clear_line_numbers(pages: &mut [Vec<Line>]) {
    let numbered = pages.iter().filter(|page| is_numbered(page)).count();
    if numbered == 0 || numbered * 2 < pages.len() {
        return;
    }
    for page in pages.iter_mut().filter(|page| is_numbered(page)) {
        for line in page.iter_mut().filter(|line| margin_number(line).is_some()) {
            line.behead();
        }
        page.retain(|line| !line.text.is_empty());
    }
}

fn is_numbered(page: &[Line]) -> bool {
    let numbers: Vec<u32> = page.iter().filter_map(margin_number).collect();
    let counting = numbers.windows(2).filter(|pair| matches!(pair, [one, next] if *next == one + 1)).count();
    page.len() >= 10 && numbers.len() * 10 >= page.len() * 7 && counting * 10 >= numbers.len() * 8
}

fn margin_number(line: &Line) -> Option<u32> {
    let first = line.text.split_whitespace().next()?;
    (first.len() <= 2).then(|| first.parse().ok())?
}
