//! Learns the two models from articles whose attributions are known.
//!
//! Articles are taken in a fixed order that is another one each round; nothing is left to chance, so that the same articles
//! give the same bytes.

use std::ops::Range;

use super::cue_chain;
use super::labelled::{Labelled, Span};
use super::parts::{self, Parts};
use super::token::Text;
use super::weights::Learner;
use super::window::Window;

/// The files of both models.
pub struct Models {
    /// `cues.bin`.
    pub cues: Vec<u8>,
    /// `parts.bin`.
    pub parts: Vec<u8>,
}

/// An article ready to learn from.
struct Lesson {
    text: Text,
    cues: Vec<Range<usize>>,
    parts: Vec<(Range<usize>, Parts)>,
}

/// A step from one article to the next that shares no divisor with any number of articles that we expect.
const STRIDE: usize = 7919;
/// Weights smaller than this are left out of the files: the chain has very many that hardly matter.
const SMALLEST_OF_CUES: f32 = 0.06;
const SMALLEST_OF_PARTS: f32 = 0.03;

/// Learns from articles.
pub fn train(articles: &[Labelled]) -> Models {
    let lessons: Vec<Lesson> = articles.iter().map(Lesson::new).collect();
    Models { cues: cues(&lessons).write(SMALLEST_OF_CUES), parts: parts(&lessons).write(SMALLEST_OF_PARTS) }
}

fn rounds(lessons: &[Lesson], rounds: usize, learner: &mut Learner, mut learn: impl FnMut(&Lesson, &mut Learner)) {
    for round in 0..rounds {
        for number in 0..lessons.len() {
            if let Some(lesson) = lessons.get((number * STRIDE + round) % lessons.len()) {
                learn(lesson, learner);
            }
        }
        if round > 0 {
            learner.keep();
        }
    }
    learner.settle();
}

fn cues(lessons: &[Lesson]) -> Learner {
    let mut learner = Learner::new(0.03, 0.0003, 8);
    for lesson in lessons {
        lesson.each_sentence(|text, sentence, cues| cue_chain::note(text, sentence, cues, &mut learner));
    }
    rounds(lessons, 6, &mut learner, |lesson, learner| {
        lesson.each_sentence(|text, sentence, cues| cue_chain::learn(text, sentence, cues, learner));
    });
    learner
}

fn parts(lessons: &[Lesson]) -> Learner {
    let mut learner = Learner::new(0.05, 0.0, 2);
    for lesson in lessons {
        lesson.each_cue(|text, window, parts| parts::note(text, window, parts, &mut learner));
    }
    rounds(lessons, 4, &mut learner, |lesson, learner| {
        lesson.each_cue(|text, window, parts| parts::learn(text, window, parts, learner));
    });
    learner
}

impl Lesson {
    fn new(article: &Labelled) -> Self {
        let text = Text::new(&article.text);
        let mut cues = Vec::new();
        let mut parts = Vec::new();
        for attribution in &article.attributions {
            let mut content: Vec<_> = attribution.content.iter().filter_map(|span| tokens(&text, *span)).collect();
            content.sort_by_key(|range| range.start);
            let source = attribution.source.first().and_then(|span| tokens(&text, *span));
            if let Some(cue) = attribution.cue.first().and_then(|span| tokens(&text, *span)) {
                cues.push(cue.clone());
                parts.push((cue, Parts { source, content }));
            }
        }
        cues.sort_by_key(|cue| (cue.start, cue.end));
        cues.dedup();
        Self { text, cues, parts }
    }

    fn each_sentence(&self, mut see: impl FnMut(&Text, &Range<usize>, &[Range<usize>])) {
        for sentence in &self.text.sentences {
            let from = self.cues.partition_point(|cue| cue.start < sentence.start);
            let to = self.cues.partition_point(|cue| cue.start < sentence.end);
            see(&self.text, sentence, self.cues.get(from..to).unwrap_or_default());
        }
    }

    fn each_cue(&self, mut see: impl FnMut(&Text, &Window, &Parts)) {
        for (cue, parts) in &self.parts {
            see(&self.text, &Window::new(&self.text, cue), parts);
        }
    }
}

/// The tokens of a stretch.
fn tokens(text: &Text, span: Span) -> Option<Range<usize>> {
    let start = text.tokens.partition_point(|token| token.end <= span.0);
    let end = text.tokens.partition_point(|token| token.start < span.1);
    (start < end).then_some(start..end)
}
