//! The same question asked again on later days.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use crate::analysis::rarity::{Rarity, Terms};

/// A question as it was asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its words.
    pub text: &'a str,
    /// The day, as any number that grows by one each day.
    pub day: i64,
    /// Whether it was answered: who asks again after that asks something new.
    pub answered: bool,
}

/// Questions that ask the same, on two days or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// Which of the questions given, in order of day.
    pub questions: Vec<usize>,
    /// For each but the first, how much it is like the one that it asks again, from 0 to 1.
    pub likeness: Vec<f32>,
}

/// How much two questions must have in common.
const ALIKE: f32 = 0.45;
/// Terms that both must have.
const SHARED: usize = 3;
/// Days after which a question is no longer asked "again".
const MEMORY: i64 = 120;
/// Questions that have a word which is no longer rare enough to find others by.
const COMMON: usize = 150;
/// A question's rarest words, by which others are found.
const RAREST: usize = 10;

/// The threads of a collection, in order of their first question. Questions may come in any order.
pub fn threads(questions: &[Asked<'_>]) -> Vec<Thread> {
    let terms: Vec<Terms> = questions.iter().map(|question| Terms::of(question.text)).collect();
    let weighed = weighed(&terms);
    let mut order: Vec<usize> = (0..questions.len()).collect();
    order.sort_by_key(|&at| (questions.get(at).map_or(0, |question| question.day), at));
    let mut index: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut thread_of: HashMap<usize, usize> = HashMap::new();
    let mut threads: Vec<Thread> = Vec::new();
    let mut settled: HashSet<usize> = HashSet::new();
    for at in order {
        let (Some(question), Some(mine)) = (questions.get(at), weighed.get(at)) else { continue };
        let earlier = |&before: &usize| {
            questions.get(before).is_some_and(|it| {
                !settled.contains(&before) && it.day < question.day && question.day - it.day <= MEMORY
            })
        };
        let mut candidates: Vec<usize> = Vec::new();
        for word in &mine.rarest {
            // The latest are the likeliest to be asked again.
            candidates.extend(
                index.get(word).into_iter().flat_map(|it| it.iter().rev().take(COMMON)).filter(|it| earlier(it)),
            );
        }
        candidates.sort_unstable();
        candidates.dedup();
        let best = candidates.into_iter().filter_map(|before| Some((before, alike(mine, weighed.get(before)?)?)));
        if let Some((before, likeness)) = best.max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))) {
            let thread = *thread_of.entry(before).or_insert_with(|| {
                threads.push(Thread { questions: vec![before], likeness: Vec::new() });
                threads.len() - 1
            });
            thread_of.insert(at, thread);
            if let Some(thread) = threads.get_mut(thread) {
                thread.questions.push(at);
                thread.likeness.push(likeness);
                settled.extend(thread.questions.iter().filter(|_| question.answered));
            }
        }
        settled.extend(question.answered.then_some(at));
        for word in &mine.rarest {
            index.entry(*word).or_default().push(at);
        }
    }
    threads
}

/// The words of a question as numbers, with what each tells.
struct Weighed {
    /// In order of the numbers.
    words: Vec<(u32, f32)>,
    rarest: Vec<u32>,
    /// The sum of the squares of the weights.
    squares: f32,
}

fn weighed(terms: &[Terms]) -> Vec<Weighed> {
    let rarity = Rarity::of(terms);
    let mut numbers: HashMap<&str, (u32, f32)> = HashMap::new();
    let weigh = |terms| {
        let mut words: Vec<(&str, (u32, f32))> = Vec::new();
        for word in Terms::words(terms) {
            let next = numbers.len() as u32;
            words.push((word, *numbers.entry(word).or_insert_with(|| (next, rarity.weight(word)))));
        }
        let squares = words.iter().map(|(_, (_, weight))| weight * weight).sum();
        words.sort_by(|a, b| b.1.1.total_cmp(&a.1.1).then(a.0.cmp(b.0)));
        let mut words: Vec<(u32, f32)> = words.into_iter().map(|(_, word)| word).collect();
        let rarest = words.iter().take(RAREST).map(|word| word.0).collect();
        words.sort_unstable_by_key(|word| word.0);
        Weighed { words, rarest, squares }
    };
    terms.iter().map(weigh).collect()
}

/// The weight of what two questions share, against the weight of what each says; none where that is too little.
fn alike(one: &Weighed, other: &Weighed) -> Option<f32> {
    let (mut mine, mut theirs) = (one.words.iter().peekable(), other.words.iter().peekable());
    let (mut shared, mut squares) = (0, 0.0);
    while let (Some((a, weight)), Some((b, _))) = (mine.peek(), theirs.peek()) {
        match a.cmp(b) {
            Ordering::Less => drop(mine.next()),
            Ordering::Greater => drop(theirs.next()),
            Ordering::Equal => {
                shared += 1;
                squares += weight * weight;
                mine.next();
                theirs.next();
            }
        }
    }
    let likeness = squares / (one.squares * other.squares).sqrt();
    (shared >= SHARED && likeness >= ALIKE).then_some(likeness)
}

#[cfg(test)]
mod tests {
    use super::{Asked, threads};

    /// A collection in which most words are common.
    const OTHERS: [&str; 6] = [
        "What does the ministry say to the strike of the pilots?",
        "Will the minister meet the envoy of Varen on Friday?",
        "Who pays for the new bridge over the sound?",
        "Why were the schools closed on Monday?",
        "Has the minister read the report on the prisons?",
        "When does the parliament vote on the budget?",
    ];

    fn asked(text: &str, day: i64) -> Asked<'_> {
        Asked { text, day, answered: false }
    }

    fn others() -> Vec<Asked<'static>> {
        OTHERS.iter().zip(1..).map(|(text, day)| asked(text, day)).collect()
    }

    #[test]
    fn a_question_is_asked_again_until_it_is_answered() {
        let mut questions = others();
        questions.push(asked("How many trawlers are still held at Kallenport?", 8));
        questions.push(asked("Can you say today how many trawlers are held at Kallenport?", 9));
        questions
            .push(Asked { answered: true, ..asked("On the trawlers held at Kallenport: how many are there?", 12) });
        questions.push(asked("How many trawlers are held at Kallenport?", 14));
        let found = threads(&questions);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].questions, [6, 7, 8]);
        assert_eq!(found[0].likeness.len() + 1, found[0].questions.len());
    }

    #[test]
    fn an_answer_ends_the_thread() {
        let mut questions = others();
        questions.push(Asked { answered: true, ..asked("How many trawlers are still held at Kallenport?", 8) });
        questions.push(asked("How many trawlers are held at Kallenport?", 9));
        assert_eq!(threads(&questions), []);
    }

    #[test]
    fn on_the_same_day_nothing_is_asked_again() {
        let mut questions = others();
        questions.push(asked("How many trawlers are still held at Kallenport?", 8));
        questions.push(asked("How many trawlers are held at Kallenport?", 8));
        assert_eq!(threads(&questions), []);
        assert_eq!(threads(&[]), []);
    }

    #[test]
    fn the_order_in_which_questions_come_makes_no_difference() {
        let mut questions = others();
        questions.push(asked("How many trawlers are held at Kallenport?", 20));
        questions.insert(0, asked("How many trawlers are still held at Kallenport?", 18));
        let found = threads(&questions);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].questions, [0, 7]);
    }
}
