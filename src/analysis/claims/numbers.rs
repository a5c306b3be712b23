//! Numbers as people say them: "two and a half million jobs", "$1.2 billion", "13 percent", "60-plus nations".

use std::ops::Range;

use serde::Serialize;

use super::tokens::{Token, tokens};
use super::units::{adjective, ends_phrase, is_thing, month};

/// What follows "in 2006" and the like: a year is a number of its own kind.
pub const CALENDAR_YEAR: &str = "calendar year";

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Number {
    /// Where it stands with its unit, in characters.
    pub span: Range<usize>,
    /// How much it is.
    pub value: f64,
    /// Of what: `percent`, `dollars`, [`CALENDAR_YEAR`], or the thing as it was said (`jobs`).
    pub unit: Option<String>,
}

/// Every number of a text with its unit. Dates, times and numbers that are names (MS-13, 9/11) are none.
pub fn numbers(text: &str) -> Vec<Number> {
    let tokens = tokens(text, usize::MAX);
    let mut numbers: Vec<(Number, usize)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((number, next)) = (Reader { tokens: &tokens, at }).number() else {
            at += 1;
            continue;
        };
        // "40 or 50 percent": both are.
        if let Some((before, end)) = numbers.last_mut()
            && before.unit.is_none()
            && matches!(tokens.get(*end..at), Some([or]) if matches!(or.text.as_str(), "or" | "to" | "-"))
        {
            before.unit.clone_from(&number.unit);
        }
        numbers.push((number, next));
        at = next;
    }
    numbers.into_iter().map(|(number, _)| number).collect()
}

/// Reads on from one token.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn number(mut self) -> Option<(Number, usize)> {
        let first = self.at;
        let start = self.tokens.get(first)?.start;
        let money = self.take(|word| currency(word).is_some()).and_then(|at| currency(self.word(at)));
        let (mut value, written) = match self.digits() {
            Some(value) => (value, true),
            None => (self.words()?, false),
        };
        if written {
            value += self.half();
            value = self.scaled(value);
        }
        self.plus();
        let number_end = self.at;
        let bare = written && number_end == first + 1;
        let unit = self.unit(money);
        if self.is_name(first, number_end) || (unit.is_none() && !written && self.word(first) == "one") {
            return None;
        }
        let year = bare && unit.is_none() && (1700.0..2100.0).contains(&value) && self.word(first).len() == 4;
        let unit = if year { Some(CALENDAR_YEAR.to_owned()) } else { unit };
        let end = self.tokens.get(self.at.checked_sub(1)?)?.end;
        Some((Number { span: start..end, value, unit }, self.at))
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// Where the next word is, behind a hyphen that joins it to the one before.
    fn joined(&self) -> usize {
        let touches = |left: usize, right: usize| match (self.tokens.get(left), self.tokens.get(right)) {
            (Some(left), Some(right)) => left.end == right.start,
            _ => false,
        };
        let hyphen = self.word(self.at) == "-" && self.at > 0 && touches(self.at - 1, self.at);
        if hyphen && touches(self.at, self.at + 1) { self.at + 1 } else { self.at }
    }

    /// Goes past the next word if it is as wanted; says where it was.
    fn take(&mut self, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        let at = self.joined();
        wanted(self.word(at)).then(|| {
            self.at = at + 1;
            at
        })
    }

    /// Goes past several words if they are the next ones.
    fn take_all(&mut self, words: &[&str]) -> bool {
        let begin = self.at;
        let all = words.iter().all(|word| self.take(|next| next == *word).is_some());
        if !all {
            self.at = begin;
        }
        all
    }

    fn digits(&mut self) -> Option<f64> {
        let word = self.word(self.at);
        let figures = word.trim_end_matches(char::is_alphabetic);
        let scale = match word.get(figures.len()..)? {
            "" => 1.0,
            "k" => 1e3,
            "m" | "mm" => 1e6,
            "b" | "bn" => 1e9,
            "t" | "tn" => 1e12,
            _ => return None,
        };
        if !figures.starts_with(|letter: char| letter.is_ascii_digit()) {
            return None;
        }
        let value: f64 = figures.replace(',', "").parse().ok()?;
        self.at += 1;
        Some(value * scale)
    }

    /// A number in words, or an article before a scale: "a million", "half a million".
    fn words(&mut self) -> Option<f64> {
        let begin = self.at;
        let (mut total, mut part, mut seen) = (0.0, 0.0, false);
        if self.take_all(&["half", "a"]) || self.take_all(&["a", "half"]) || self.take(|word| word == "half").is_some()
        {
            part = 0.5;
        } else {
            self.take(|word| matches!(word, "a" | "an"));
        }
        loop {
            if let Some(at) = self.take(|word| small(word).is_some()) {
                let value = small(self.word(at))?;
                let fits = !seen || part == 0.0 || (part % 100.0 == 0.0) || (part % 10.0 == 0.0 && value < 10.0);
                if !fits {
                    self.at = at;
                    break;
                }
                (part, seen) = (part + value, true);
                part += self.half();
            } else if let Some(at) = self.take(|word| scale(word).is_some()) {
                let scale = scale(self.word(at))?;
                let times = if part == 0.0 { 1.0 } else { part };
                (part, seen) = (times * scale, true);
                if scale >= 1000.0 {
                    (total, part) = (total + part, 0.0);
                }
            } else if !(seen && self.and_small()) {
                break;
            }
        }
        if !seen {
            self.at = begin;
            return None;
        }
        Some(total + part)
    }

    /// "And" between the parts of one number: "two hundred and fifty".
    fn and_small(&mut self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| scale(self.word(at)));
        let goes_on = before.is_some() && self.word(self.at) == "and" && small(self.word(self.at + 1)).is_some();
        if goes_on {
            self.at += 1;
        }
        goes_on
    }

    fn half(&mut self) -> f64 {
        if self.take_all(&["and", "a", "half"]) {
            0.5
        } else if self.take_all(&["and", "a", "quarter"]) {
            0.25
        } else {
            0.0
        }
    }

    fn scaled(&mut self, mut value: f64) -> f64 {
        while let Some(at) = self.take(|word| scale(word).is_some()) {
            value *= scale(self.word(at)).unwrap_or(1.0);
        }
        value
    }

    /// "60-plus", "60+".
    fn plus(&mut self) {
        self.take(|word| matches!(word, "plus" | "+"));
    }

    fn unit(&mut self, money: Option<&'static str>) -> Option<String> {
        if self.take(|word| matches!(word, "%" | "percent" | "pct")).is_some() || self.take_all(&["per", "cent"]) {
            self.take(|word| matches!(word, "point" | "points"));
            return Some("percent".to_owned());
        }
        if let Some(money) = money {
            return Some(money.to_owned());
        }
        if let Some(at) = self.take(|word| money_word(word).is_some()) {
            return money_word(self.word(at)).map(str::to_owned);
        }
        self.thing()
    }

    /// What is counted: at most two words may stand before it ("3,000 American troops").
    fn thing(&mut self) -> Option<String> {
        let first = self.joined();
        for at in first..first + 3 {
            let token = self.tokens.get(at)?;
            if !token.is_word() || ends_phrase(&token.text) {
                return None;
            }
            // "A 104-page statement" counts pages.
            if is_thing(&token.text) || (first > self.at && at == first) {
                self.at = at + 1;
                return Some(token.text.clone());
            }
            if at + 1 < first + 3 && !(token.capital || adjective(&token.text)) {
                return None;
            }
        }
        None
    }

    /// Whether the figures are part of a name, a date, a time or a score.
    fn is_name(&self, first: usize, end: usize) -> bool {
        let touching = |at: usize, marks: &[&str]| {
            let mark = self.tokens.get(at).filter(|token| marks.contains(&token.text.as_str()));
            mark.is_some_and(|mark| {
                self.tokens.get(at + 1).is_some_and(|after| after.start == mark.end)
                    && at
                        .checked_sub(1)
                        .and_then(|at| self.tokens.get(at))
                        .is_some_and(|before| before.end == mark.start)
            })
        };
        let before = first.checked_sub(1);
        let joined = before.is_some_and(|at| {
            touching(at, &["/", ":", "."]) || (touching(at, &["-"]) && at > 0 && !self.is_number(at - 1))
        });
        let dated = before.is_some_and(|at| month(self.word(at)));
        let timed = matches!(self.word(end), "a.m" | "p.m" | "am" | "pm" | "o'clock");
        joined || dated || timed || touching(end, &["/", ":"])
    }

    fn is_number(&self, at: usize) -> bool {
        let word = self.word(at);
        word.starts_with(|letter: char| letter.is_ascii_digit()) || small(word).is_some() || scale(word).is_some()
    }
}

fn currency(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" => "dollars",
        "€" => "euros",
        "£" => "pounds",
        "¥" => "yen",
        _ => return None,
    })
}

fn money_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "dollar" | "dollars" | "bucks" => "dollars",
        "cent" | "cents" => "cents",
        "euro" | "euros" => "euros",
        "yen" => "yen",
        "pesos" => "pesos",
        "rubles" => "rubles",
        _ => return None,
    })
}

fn small(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |words: &[&str]| words.iter().position(|known| *known == word);
    place(&UNITS).or_else(|| place(&TENS).map(|tens| 10 * (tens + 2))).map(|value| value as f64)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}
