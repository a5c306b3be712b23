//! Whether a question was answered.

mod cues;
mod features;
mod folded;
mod question;
mod reading;

pub use features::Features;

pub fn weighed(question: &str, answer: &str, asked: &str) -> Features {
    features::features(&features::Exchange::of(question, answer, asked))
}

pub fn shown(question: &str, answer: &str, asked: &str) -> String {
    let e = features::Exchange::of(question, answer, asked);
    let chars: Vec<char> = answer.chars().collect();
    let c: Vec<String> = e.cues.iter().map(|c| format!("{:?}@{}:{}", c.sign, c.sentence, chars[c.range.clone()].iter().collect::<String>())).collect();
    format!("{:?} first={} n={} | {}", e.question.kind, e.first, e.answer.sentences.len(), c.join(" ; "))
}

pub fn check() { cues::check() }
