//! A card as an SVG, and the SVG as a picture.

use std::fmt::Write as _;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::fonts::{Cut, TYPEFACE};
use super::layout::{ABOVE, LEADING, MEASURE, ROOM, one_line, wrap};
use super::{Card, HEIGHT, Undrawn, WIDTH};

const LEFT: f32 = 80.0;
const TOP: f32 = 64.0;
const PAPER: &str = "#fdfcf9";
const SHEET: &str = "#f5f2ea";
const INK: &str = "#1b1a18";
const SOFT: &str = "#595550";
const ACCENT: &str = "#8a1c1c";

/// The drawing.
pub fn svg(card: &Card) -> String {
    let paper = if card.asks { SHEET } else { PAPER };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\
         <rect width=\"100%\" height=\"14\" fill=\"{ACCENT}\"/>"
    );
    let mut top = TOP;
    if let Some(above) = &card.above {
        for (i, line) in wrap(above, Cut::Display, 29.0, MEASURE).iter().take(2).enumerate() {
            text(&mut svg, Cut::Display, 29.0, LEFT, top + 24.0 + i as f32 * 35.0, SOFT, line);
        }
        top += ABOVE;
    }
    let room = ROOM - (top - TOP);
    let height = card.main.lines.len() as f32 * card.main.size * LEADING;
    // Few words stand in the middle of their room, many fill it.
    let mut y = top + (room - height) / 2.0 + card.main.size * 0.88;
    if card.asks {
        let _ = write!(
            svg,
            "<rect x=\"{}\" y=\"{}\" width=\"6\" height=\"{height}\" fill=\"{ACCENT}\"/>",
            LEFT - 32.0,
            top + (room - height) / 2.0
        );
    }
    for line in &card.main.lines {
        text(&mut svg, Cut::Display, card.main.size, LEFT, y, INK, line);
        y += card.main.size * LEADING;
    }
    foot(&mut svg, card);
    svg.push_str("</svg>");
    svg
}

/// Who, as what, when and where, below a rule.
fn foot(svg: &mut String, card: &Card) {
    let _ = write!(svg, "<rect x=\"{LEFT}\" y=\"456\" width=\"{MEASURE}\" height=\"2\" fill=\"{INK}\"/>");
    let colour = if card.asks { ACCENT } else { INK };
    let who = match (&card.who, card.asks) {
        (Some(who), true) => Some(format!("{who} asks")),
        (who, _) => who.clone(),
    };
    if let Some(who) = &who {
        let (size, who) = one_line(who, Cut::Semibold, [44.0, 38.0, 32.0], MEASURE);
        text(svg, Cut::Semibold, size, LEFT, 510.0, colour, &who);
    }
    if let Some(office) = &card.office {
        let (size, office) = one_line(office, Cut::Display, [31.0, 28.0, 26.0], MEASURE);
        text(svg, Cut::Display, size, LEFT, 548.0, INK, &office);
    }
    let locator = Cut::Semibold.width(&card.locator, 28.0);
    text(svg, Cut::Semibold, 28.0, LEFT + MEASURE - locator, 592.0, ACCENT, &card.locator);
    let (size, facts) = one_line(&card.facts, Cut::Display, [28.0, 26.0, 25.0], MEASURE - locator - 40.0);
    text(svg, Cut::Display, size, LEFT, 592.0, SOFT, &facts);
    if card.fiction {
        let says = "Fiction: from a sample archive";
        let width = Cut::Semibold.width(says, 24.0) + 32.0;
        let x = WIDTH as f32 - width;
        let _ = write!(svg, "<rect x=\"{x}\" width=\"{width}\" height=\"46\" fill=\"{ACCENT}\"/>");
        text(svg, Cut::Semibold, 24.0, x + 16.0, 32.0, "#ffffff", says);
    }
}

fn text(svg: &mut String, cut: Cut, size: f32, x: f32, y: f32, fill: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = write!(
        svg,
        "<text {} font-size=\"{size}\" x=\"{x}\" y=\"{y}\" fill=\"{fill}\">{words}</text>",
        cut.attributes()
    );
}

/// The picture.
pub fn png(svg: &str) -> Result<Vec<u8>, Undrawn> {
    let options = Options { fontdb: Arc::clone(&TYPEFACE.database), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| Undrawn(error.to_string()))?;
    let mut picture = Pixmap::new(WIDTH, HEIGHT).ok_or_else(|| Undrawn("no room for the picture".to_owned()))?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| Undrawn(error.to_string()))
}
