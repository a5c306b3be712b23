//! What of an answer is weighed: its phrases and where they stand, what it shares with the question, how long it is.

use std::collections::HashSet;

use super::cues::{Cue, Sign, cues};
use super::folded::{root, words};
use super::question::{Kind, Question};
use super::reading::Reading;
use crate::analysis::linear::Features;

/// A question and its answer, read.
#[derive(Debug)]
pub(super) struct Exchange {
    /// What was asked.
    pub question: Question,
    /// What was said.
    pub answer: Reading,
    /// The phrases in it.
    pub cues: Vec<Cue>,
    /// The number of the sentence with which the answer begins, after thanks and greetings.
    pub first: usize,
}

/// Sentences at the beginning that count as the place for an answer.
const OPENING: usize = 3;

impl Exchange {
    pub(super) fn of(question: &str, answer: &str, asked: &str) -> Self {
        let answer = Reading::of(answer);
        let mut cues = cues(&answer);
        let question = Question::of(question, asked);
        spare(&answer, &question, &mut cues);
        let first = answer.each().position(|sentence| !is_pleasantry(sentence)).unwrap_or(0);
        Self { question, answer, cues, first }
    }

    /// The phrases with a sign.
    pub(super) fn with(&self, sign: Sign) -> impl Iterator<Item = &Cue> {
        self.cues.iter().filter(move |cue| cue.sign == sign)
    }

    /// Whether a sign stands in the first so many sentences that count.
    pub(super) fn opens_with(&self, sign: Sign, sentences: usize) -> bool {
        self.with(sign).any(|cue| cue.sentence < self.first + sentences)
    }

    fn refusals(&self) -> impl Iterator<Item = &Cue> {
        self.cues.iter().filter(|cue| Sign::REFUSALS.contains(&cue.sign))
    }

    /// Sentences without a refusal and more than a few words.
    pub(super) fn substance(&self) -> usize {
        let refused: Vec<usize> = self.refusals().map(|cue| cue.sentence).collect();
        let full =
            |(at, sentence): &(usize, &str)| *at >= self.first && words(sentence).count() > 5 && !refused.contains(at);
        self.answer.each().enumerate().filter(full).count()
    }

    /// Whether all that is said is thanks, or whose turn it is.
    pub(super) fn says_nothing(&self) -> bool {
        self.answer.each().all(|sentence| is_pleasantry(sentence) || sentence.starts_with("go ahead"))
    }

    /// The share of what is asked about that comes again in the first so many sentences.
    pub(super) fn echo(&self, sentences: usize) -> f32 {
        let roots = &self.question.roots;
        if roots.is_empty() {
            return 0.0;
        }
        let said: HashSet<&str> =
            self.answer.each().skip(self.first).take(sentences).flat_map(words).filter_map(root).collect();
        roots.iter().filter(|root| said.contains(root.as_str())).count() as f32 / roots.len() as f32
    }

    fn opening(&self) -> String {
        self.answer.each().skip(self.first).take(OPENING).collect::<Vec<_>>().join(" ")
    }
}

/// Words up to which a question for an answer asks what was meant.
const ASKS_BACK: usize = 14;

/// Takes back what the phrases alone would show: "I do not know" and "I am not going to discuss that" neither agree nor
/// deny, "have you read it?" is answered by "I have not read it", and an answer that is one short question asks back.
fn spare(answer: &Reading, question: &Question, cues: &mut Vec<Cue>) {
    if question.about.doing {
        let done = |cue: &Cue| cue.sign == Sign::NoInformation && has_not(answer, cue);
        cues.iter_mut().filter(|cue| done(cue)).for_each(|cue| cue.sign = Sign::No);
    }
    let refused: Vec<usize> =
        cues.iter().filter(|cue| Sign::REFUSALS.contains(&cue.sign)).map(|cue| cue.sentence).collect();
    cues.retain(|cue| {
        let polar = matches!(cue.sign, Sign::Yes | Sign::No);
        let said = answer.sentence(cue.sentence);
        let plain = |word: &str| words(said).take(3).any(|said| said == word);
        !polar || !refused.contains(&cue.sentence) || plain("no") || plain("yes")
    });
    let short = |text: &str| text.ends_with('?') && words(text).count() <= ASKS_BACK;
    if let ([range], true, true) = (answer.sentences.as_slice(), refused.is_empty(), short(answer.sentence(0))) {
        cues.push(Cue { sign: Sign::Clarification, sentence: 0, range: range.clone() });
    }
}

/// "I have not read it", "I did not talk to him".
fn has_not(answer: &Reading, cue: &Cue) -> bool {
    ["hav", "had", "has", "did", "i've", "we've", "never"].iter().any(|start| answer.at(&cue.range).starts_with(start))
}

/// "Thank you, Anna." "Good morning." "That is a good question."
fn is_pleasantry(sentence: &str) -> bool {
    let short = words(sentence).count() <= 8;
    short && PLEASANTRIES.split('|').any(|start| sentence.starts_with(start)) && !sentence.ends_with('?')
}

const PLEASANTRIES: &str = "thank|good morning|good afternoon|good evening|hello|hi |hi,|hey|welcome|great question|good question|\
    that's a good question|that's a great question|that is a good question|it's a good question|\
    excellent question|i appreciate|okay.|all right.|well.|first of all, thank|nice to see|happy to|\
    i'm glad you asked";

const NUMBERS: &str = "one two three four five six seven eight nine ten dozen hundred thousand million billion half all none \
    several many few percent";
const DAYS: &str = "today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday january february \
    march april june july august september october november december week month year morning afternoon evening \
    noon now soon";
const REASONS: &str = "because since reason therefore due caused";
const OPINIONS: &str = "think believe feel view opinion position agree feeling sense";

/// Whether a text has a word of a list.
fn has(text: &str, list: &str) -> bool {
    words(text).any(|word| list.split(' ').any(|listed| listed == word))
}

struct Gathered(Features);

impl Gathered {
    fn add(&mut self, name: &'static str, value: f32) {
        if value != 0.0 {
            self.0.add(name, value);
        }
    }

    fn when(&mut self, name: &'static str, holds: bool) {
        self.add(name, f32::from(u8::from(holds)));
    }
}

/// What is weighed of an exchange.
pub(super) fn features(exchange: &Exchange) -> Features {
    let mut all = Gathered(Features::new());
    of_question(exchange, &mut all);
    of_length(exchange, &mut all);
    of_refusals(exchange, &mut all);
    of_reply(exchange, &mut all);
    of_manner(exchange, &mut all);
    all.0
}

fn of_question(exchange: &Exchange, all: &mut Gathered) {
    let question = &exchange.question;
    all.when(question.kind.as_str(), true);
    all.add("question:length", (question.length as f32).ln_1p() - 2.7);
    all.add("turn:length", (question.whole as f32).ln_1p() - 3.3);
    all.when("turn:asks-several", question.several > 1);
    all.when("turn:asks-three", question.several > 2);
    all.when("question:is-later", question.later);
    all.when("question:of-things-to-come", question.about.to_come);
    all.when("turn:more-than-question", question.whole > question.length * 2 + 10);
}

fn of_length(exchange: &Exchange, all: &mut Gathered) {
    let length = exchange.answer.length;
    all.add("answer:length", (length as f32).ln_1p() - 3.8);
    all.when("answer:few-words", length <= 4);
    all.when("answer:short", length <= 12);
    all.when("answer:below-30", length <= 30);
    all.when("answer:above-120", length > 120);
    all.when("answer:above-300", length > 300);
}

fn of_refusals(exchange: &Exchange, all: &mut Gathered) {
    let sentences = exchange.answer.sentences.len().max(1);
    let length = exchange.answer.length;
    for sign in Sign::REFUSALS {
        let (first, soon, any, short) = match sign {
            Sign::Declined => ("declines:first", "declines:soon", "declines", "declines:short"),
            Sign::NoInformation => ("ignorance:first", "ignorance:soon", "ignorance", "ignorance:short"),
            Sign::Referred => ("refers:first", "refers:soon", "refers", "refers:short"),
            Sign::Deferred => ("defers:first", "defers:soon", "defers", "defers:short"),
            _ => ("asks-back:first", "asks-back:soon", "asks-back", "asks-back:short"),
        };
        all.when(first, exchange.opens_with(sign, 1));
        all.when(soon, exchange.opens_with(sign, 2));
        let found = exchange.with(sign).next().is_some();
        all.when(any, found);
        all.when(short, found && length <= 40);
    }
    let mut refused: Vec<usize> = exchange.refusals().map(|cue| cue.sentence).collect();
    refused.dedup();
    let strong = exchange.opens_with(Sign::Declined, 1) || exchange.opens_with(Sign::NoInformation, 1);
    all.add("refusals:share", refused.len() as f32 / sentences as f32);
    all.when("refusals:all", refused.len() == sentences);
    all.when("refusals:several", refused.len() > 2);
    all.when("refusals:strong-and-short", strong && length <= 60);
    all.when("refusals:none", refused.is_empty());
    all.when("unsettled", exchange.with(Sign::Unsettled).next().is_some());
    all.when("unsettled:first", exchange.opens_with(Sign::Unsettled, 1));
    let polar = exchange.opens_with(Sign::Yes, 1) || exchange.opens_with(Sign::No, 1);
    let firm = [Sign::Declined, Sign::NoInformation, Sign::Referred];
    let opens = firm.into_iter().any(|sign| exchange.opens_with(sign, 2));
    let substance = exchange.substance();
    all.when("refuses:and-no-more", opens && !polar && substance == 0);
    all.when("refuses:and-little-more", opens && !polar && (1..=2).contains(&substance));
    all.when("ignorance:asked", exchange.question.about.knowing && exchange.opens_with(Sign::NoInformation, 2));
    all.when("refuses:at-once", firm.into_iter().any(|sign| exchange.opens_with(sign, 1)) && !polar);
    all.when("asks-back:only", exchange.opens_with(Sign::Clarification, 2) && length <= 25);
    let last = refused.first().copied().unwrap_or(0);
    let but = exchange.with(Sign::But).any(|cue| cue.sentence >= last);
    all.when("refusals:but", !refused.is_empty() && but);
    all.add("refusals:substance", if refused.is_empty() { 0.0 } else { (exchange.substance() as f32).ln_1p() });
}

fn of_reply(exchange: &Exchange, all: &mut Gathered) {
    let polar = matches!(exchange.question.kind, Kind::YesNo | Kind::Choice);
    let yes = exchange.opens_with(Sign::Yes, 1);
    let no = exchange.opens_with(Sign::No, 1);
    let opening = exchange.opening();
    all.when("yes:asked", yes && polar);
    all.when("yes:not-asked", yes && !polar);
    all.when("no:asked", no && polar);
    all.when("no:not-asked", no && !polar);
    all.when("yes-or-no:missing", polar && !yes && !no);
    let later = exchange.opens_with(Sign::Yes, OPENING) || exchange.opens_with(Sign::No, OPENING);
    all.when("yes-or-no:soon", polar && later);
    all.when("yes-or-no:plain", polar && (yes || no) && exchange.answer.length <= 60);
    all.when("both", yes && no);
    let digits = opening.chars().any(|c| c.is_ascii_digit()) || has(&opening, NUMBERS);
    all.when("number:asked", exchange.question.kind == Kind::Quantity && digits);
    all.when("day:asked", exchange.question.kind == Kind::Fact && (has(&opening, DAYS) || digits));
    all.when("reason:asked", exchange.question.kind == Kind::Reason && has(&opening, REASONS));
    let view = matches!(exchange.question.kind, Kind::Opinion | Kind::YesNo | Kind::What) && has(&opening, OPINIONS);
    all.when("opinion:asked", view);
    all.add("echo:first", exchange.echo(1));
    all.add("echo:opening", exchange.echo(OPENING));
    let echo = exchange.echo(usize::MAX);
    all.add("echo:all", echo);
    all.when("echo:none", echo == 0.0);
    all.when("echo:verb", echoes_verb(exchange, &opening));
}

/// "Will you" and "I will", "are they" and "they are not".
fn echoes_verb(exchange: &Exchange, opening: &str) -> bool {
    let Some((verb, who)) = exchange.question.auxiliary.as_deref().and_then(|auxiliary| auxiliary.split_once(' '))
    else {
        return false;
    };
    let verb = verb.trim_end_matches("n't");
    let verb = if verb == "are" && who == "you" { "am" } else { verb };
    let subjects: &[&str] = match who {
        "you" => &["i", "we"],
        _ => &[who, "he", "she", "it", "they", "there"],
    };
    subjects.iter().any(|subject| {
        [format!("{subject} {verb}"), format!("{subject}'{}", verb.get(1..).unwrap_or_default())]
            .iter()
            .any(|pair| opening.contains(pair.as_str()))
    })
}

fn of_manner(exchange: &Exchange, all: &mut Gathered) {
    let answer = &exchange.answer;
    let sentences = answer.sentences.len().max(1) as f32;
    let general = exchange.with(Sign::General).count() as f32;
    all.add("general:share", general / sentences);
    all.when("general:first", exchange.opens_with(Sign::General, 1));
    all.when("aside:first", exchange.opens_with(Sign::Aside, 1));
    all.when("aside", exchange.with(Sign::Aside).next().is_some());
    all.when("others-speak", answer.others > 0);
    all.when("breaks-off", answer.broken);
    let asks = answer.each().filter(|sentence| sentence.ends_with('?')).count();
    let first = answer.sentence(exchange.first);
    all.when("question:first", first.ends_with('?'));
    all.when("question:only", asks > 0 && answer.sentences.len() == 1);
    all.when("question:last", answer.each().next_back().is_some_and(|last| last.ends_with('?')));
    all.add("question:share", asks as f32 / sentences);
    all.when("thanks", exchange.first > 0);
    all.when("well:first", first.starts_with("well"));
    all.when("if:first", first.contains(" if ") || first.starts_with("if "));
    all.when("i:first", has(first, "i i'm i've i'd i'll"));
    all.when("nothing-said", answer.sentences.is_empty());
}
