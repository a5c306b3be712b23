//! What a passage is about: its topics, its rarest words, and its most telling stretch.

use std::collections::{HashMap, HashSet};

use crate::domain::{SpeakerId, TopicId};
use crate::search::language::{self, Expr};
use crate::search::tokens::{self, Token};
use crate::search::{Filters, Query};
use crate::store::directory::Named;
use crate::store::utterances::{Question, Utterance};
use crate::web::App;
use crate::web::error::Error;
use crate::web::overview::Overview;

/// Words up to which a passage says too little by itself.
const SHORT: usize = 8;
/// Words that are counted.
const COUNTED: usize = 24;
/// Words that are offered.
const OFFERED: usize = 8;
/// Words in one of so many utterances of the archive say nothing, unless the archive is very small.
const COMMON: u64 = 50;
const VERY_SMALL: u64 = 20;
/// So many are offered however common they are.
const AT_LEAST: usize = 2;
/// Letters of the shortest word that is counted; numbers may be shorter.
const LETTERS: usize = 4;
/// Words of the stretches that are looked for word for word, the longest first, and of the shortest text that has any.
const STRETCHES: [usize; 2] = [8, 6];
const SHORTEST_STRETCH: usize = 4;

/// A word that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it stands in the passage.
    pub written: String,
    /// In how many utterances of the speaker, or of anybody where nobody is named.
    pub count: u64,
}

/// What a passage is about.
pub struct Subject {
    /// It says too little by itself, and its question was used.
    pub short: bool,
    /// Its topics with the speaker's utterances about each, the rarest first.
    pub topics: Vec<(TopicId, u64)>,
    /// Its words that the speaker used elsewhere too, the rarest first.
    pub terms: Vec<Term>,
    /// The stretches of it that are most its own, the longest first.
    pub stretches: Vec<Expr>,
}

/// The person who says most of a passage.
pub fn speaker(said: &[Utterance]) -> Option<&Named> {
    let mut words: Vec<(&Named, usize)> = Vec::new();
    for (one, speaker) in said.iter().filter_map(|one| Some((one, one.by.as_ref()?.speaker.as_ref()?))) {
        match words.iter_mut().find(|(known, _)| *known == speaker) {
            Some((_, count)) => *count += one.text.len(),
            None => words.push((speaker, one.text.len())),
        }
    }
    words.into_iter().max_by_key(|(_, count)| *count).map(|(speaker, _)| speaker)
}

impl Subject {
    /// Reads a passage and, if it is short, the question that it answers.
    pub fn of(
        app: &App,
        overview: &Overview,
        said: &[Utterance],
        question: Option<&Question>,
        speaker: Option<SpeakerId>,
    ) -> Result<Self, Error> {
        let text = said.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n\n");
        let own = tokens::tokens(&text);
        let short = own.len() < SHORT;
        let asked = question.filter(|_| short).map(|question| question.text.as_str());
        let about = asked.map_or_else(|| text.clone(), |asked| format!("{text}\n\n{asked}"));
        let counts = Counts::of(app, &about, speaker)?;
        let mut ids: HashSet<TopicId> = said.iter().flat_map(|one| one.topics.iter().copied()).collect();
        if let Some(question) = question.filter(|_| short) {
            ids.extend(&question.topics);
        }
        let mut topics = Vec::new();
        for id in ids {
            let filters = Filters { topics: vec![id], speakers: speaker.into_iter().collect(), ..Filters::default() };
            topics.push((id, app.index.search(&Query { filters, ..Query::default() })?.total));
        }
        topics.sort_by_key(|(id, count)| (*count, *id));
        // What only the passage itself is about leads nowhere: it comes last.
        topics.sort_by_key(|(_, count)| *count < 2);
        let of = |length: usize| stretch(&text, &own, length, &counts.everywhere);
        let mut stretches: Vec<Expr> = STRETCHES.into_iter().filter_map(of).collect();
        stretches.dedup();
        Ok(Self { short, topics, stretches, terms: counts.terms(overview.utterances) })
    }
}

/// How often the words of a text occur.
struct Counts {
    /// By folded word.
    everywhere: HashMap<String, u64>,
    /// As written, with the utterances of the speaker and of all.
    words: Vec<(String, u64, u64)>,
}

impl Counts {
    fn of(app: &App, text: &str, speaker: Option<SpeakerId>) -> Result<Self, Error> {
        let chars: Vec<char> = text.chars().collect();
        let mut found = HashSet::new();
        let mut candidates: Vec<Token> = tokens::tokens(text)
            .into_iter()
            .filter(|token| says_something(&token.text) && found.insert(token.text.clone()))
            .collect();
        // Long words tend to be rare ones. The sort is stable: of equally long ones the first stay.
        candidates.sort_by_key(|token| std::cmp::Reverse(token.end - token.start));
        candidates.truncate(COUNTED);
        candidates.sort_by_key(|token| token.start);
        let (mut everywhere, mut words) = (HashMap::new(), Vec::new());
        for token in candidates {
            let query = Query { expr: language::read(&token.text).expr, ..Query::default() };
            let answer = app.index.search(&query)?;
            let by_speaker = speaker.map_or(answer.total, |speaker| {
                answer.facets.speaker.iter().find(|(id, _)| *id == speaker).map_or(0, |(_, count)| *count)
            });
            let written = chars.get(token.start..token.end).map(|chars| chars.iter().collect()).unwrap_or_default();
            words.push((written, by_speaker, answer.total));
            everywhere.insert(token.text, answer.total);
        }
        Ok(Self { everywhere, words })
    }

    fn terms(mut self, utterances: u64) -> Vec<Term> {
        let common = (utterances / COMMON).max(VERY_SMALL);
        self.words.retain(|(_, count, _)| *count > 1);
        self.words.sort_by_key(|(_, _, everywhere)| *everywhere);
        let special = self.words.partition_point(|(_, _, everywhere)| *everywhere <= common);
        self.words.truncate(special.max(AT_LEAST));
        self.words.truncate(OFFERED);
        self.words.into_iter().map(|(written, count, _)| Term { written, count }).collect()
    }
}

fn says_something(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits > 1 || word.chars().count() >= LETTERS
}

/// The most special words that the speaker also used together elsewhere: three, two, or any of the two rarest.
pub fn usual_words(app: &App, terms: &[Term], speaker: Option<SpeakerId>) -> Result<Option<Expr>, Error> {
    let word = |at: usize| terms.get(at).and_then(|term| language::read(&term.written).expr);
    for together in [&[0, 1, 2][..], &[0, 1], &[0, 2], &[1, 2]] {
        let words: Vec<Expr> = together.iter().filter_map(|at| word(*at)).collect();
        if words.len() < together.len() {
            continue;
        }
        let expr = Expr::all_of(words);
        let filters = Filters { speakers: speaker.into_iter().collect(), ..Filters::default() };
        if app.index.search(&Query { expr: expr.clone(), filters, ..Query::default() })?.total > 1 {
            return Ok(expr);
        }
    }
    Ok(Expr::any_of((0..2).filter_map(word).collect()))
}

/// The stretch whose words are rarest together; one within a sentence rather than over its end.
fn stretch(text: &str, tokens: &[Token], length: usize, everywhere: &HashMap<String, u64>) -> Option<Expr> {
    let length = length.min(tokens.len());
    if length < SHORTEST_STRETCH {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let between = |from: usize, to: usize| chars.get(from..to).unwrap_or_default();
    let weight = |token: &Token| everywhere.get(&token.text).map_or(0.0, |count| 1.0 / (*count as f64 + 1.0).sqrt());
    let score = |window: &&[Token]| {
        let seen: HashSet<&str> = window.iter().map(|token| token.text.as_str()).collect();
        let rare: f64 = window.iter().map(weight).sum::<f64>() * seen.len() as f64;
        let ends = |pair: &[Token]| match pair {
            [a, b] => between(a.end, b.start).iter().any(|c| matches!(c, '.' | '?' | '!' | '\n')),
            _ => false,
        };
        if window.windows(2).any(ends) { rare / 4.0 } else { rare }
    };
    // Of equally rare ones the first.
    let mut best: Option<(&[Token], f64)> = None;
    for window in tokens.windows(length) {
        let rare = score(&window);
        if best.is_none_or(|(_, known)| rare > known) {
            best = Some((window, rare));
        }
    }
    let (window, _) = best?;
    let written: String = between(window.first()?.start, window.last()?.end).iter().collect();
    let written = written.replace(['"', '“', '”'], "").split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Expr::Phrase { words: window.iter().map(|token| token.text.clone()).collect(), written })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_is_the_rarest_within_a_sentence() {
        let text = "We thank you all for being here today. The Norlund dredger has left the harbour for good.";
        let counts = ["norlund", "dredger", "harbour"].map(|word| (word.to_owned(), 2)).into_iter();
        let counts = counts.chain([("thank".to_owned(), 900), ("being".to_owned(), 5000)]).collect();
        let stretch = stretch(text, &tokens::tokens(text), 8, &counts).expect("a stretch");
        assert_eq!(stretch.to_string(), "\"Norlund dredger has left the harbour for good\"");
    }

    #[test]
    fn few_words_are_no_stretch() {
        assert_eq!(stretch("Yes, we do.", &tokens::tokens("Yes, we do."), 8, &HashMap::new()), None);
    }

    #[test]
    fn numbers_say_something_and_short_words_do_not() {
        assert!(says_something("40") && says_something("water") && !says_something("the") && !says_something("7"));
    }
}
