//! Everybody whom an article names, with the words that stand beside their names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::class::{Class, class_of};
use super::super::token::Text;
use super::mention::{is_body, runs};
use crate::analysis::people;

/// Somebody.
#[derive(Debug)]
struct Person {
    /// The name at its fullest, in words as written.
    name: Vec<String>,
    /// True for a man, false for a woman, where the given name or a form of address tells.
    gender: Option<bool>,
    /// Words that stand before or after the name: “mayor”, “spokeswoman”.
    offices: HashSet<String>,
    /// How often the full name stands.
    named: usize,
}

/// Everybody.
#[derive(Debug)]
pub(super) struct Cast {
    people: Vec<Person>,
    /// Whom the name at a token means, in the order of the article.
    mentions: Vec<(usize, usize)>,
    /// By the last word of the name, in small letters.
    surnames: HashMap<String, Vec<usize>>,
}

/// Capitals that speak for a country.
const PLACES: &str = "washington moscow beijing tehran london paris berlin brussels jerusalem pyongyang kiev kyiv ankara delhi tokyo \
    baghdad damascus kabul havana";

/// How many names back somebody is still known by an office.
const FAR: usize = 400;
/// How many words before or behind a name say who it is.
const BESIDE: usize = 7;

impl Cast {
    /// Reads an article: full names first, then surnames of people who are named in no other way, because they have a form
    /// of address or are among those who `speak`; then who is meant by each name.
    pub fn new(text: &Text, speak: &[Range<usize>]) -> Self {
        let mut cast = Self { people: Vec::new(), mentions: Vec::new(), surnames: HashMap::new() };
        let sentences = text.sentences.iter().filter(|sentence| !is_headline(text, sentence));
        let all: Vec<Range<usize>> = sentences.flat_map(|sentence| runs(text, sentence)).collect();
        for run in &all {
            if let Some(name) = full_name(text, run) {
                cast.add(text, &name);
            }
        }
        let alone = |run: &&Range<usize>| run.len() == 1 && !is_body(text, run);
        let addressed = all.iter().filter(|run| text.near(run.start, -1).class == Class::Office);
        let surnames: Vec<(String, &Range<usize>)> =
            addressed.chain(speak).filter(alone).map(|run| (text.words(run).to_lowercase(), run)).collect();
        let known: HashSet<&str> = surnames.iter().map(|(word, _)| word.as_str()).collect();
        for run in all.iter().filter(|run| full_name(text, run).is_none() && is_unusual(text, run)) {
            let last = run.end - 1;
            if !is_body(text, run) && known.contains(text.words(&(last..run.end)).to_lowercase().as_str()) {
                cast.add(text, run);
            }
        }
        for (word, run) in &surnames {
            if !cast.surnames.contains_key(word) && !PLACES.split_whitespace().any(|place| place == word) {
                cast.add(text, run);
            }
        }
        for run in &all {
            if let Some(person) = cast.find(text, run) {
                cast.mention(text, run, person);
            }
        }
        cast
    }

    fn add(&mut self, text: &Text, name: &Range<usize>) {
        let words: Vec<String> = name.clone().map(|at| text.words(&(at..at + 1))).collect();
        let Some(surname) = surname(&words) else { return };
        let same = self
            .surnames
            .get(&surname)
            .into_iter()
            .flatten()
            .copied()
            .find(|&person| self.people.get(person).is_some_and(|person| same_person(&person.name, &words)));
        let number = same.unwrap_or_else(|| {
            let gender = words.first().and_then(|first| people::is_he(first));
            self.people.push(Person { name: words.clone(), gender, offices: HashSet::new(), named: 0 });
            self.surnames.entry(surname).or_default().push(self.people.len() - 1);
            self.people.len() - 1
        });
        if let Some(person) = self.people.get_mut(number) {
            if words.len() > person.name.len() {
                person.name = words;
            }
            person.named += 1;
        }
    }

    fn mention(&mut self, text: &Text, run: &Range<usize>, person: usize) {
        self.mentions.push((run.start, person));
        let Some(somebody) = self.people.get_mut(person) else { return };
        if somebody.gender.is_none() {
            somebody.gender = address(text, run);
        }
        somebody.offices.extend(beside(text, run));
    }

    /// Who is meant by a name: by its last word, by its first where several share that, else whoever is named most often.
    pub fn find(&self, text: &Text, name: &Range<usize>) -> Option<usize> {
        let full = full_name(text, name);
        let words: Vec<String> = full.as_ref().unwrap_or(name).clone().map(|at| text.words(&(at..at + 1))).collect();
        let sharing = self.surnames.get(&surname(&words)?)?;
        let address = if words.len() == 1 { address(text, name) } else { None };
        let fits = |person: &&usize| {
            self.people.get(**person).is_some_and(|person| {
                (full.is_none() || same_person(&person.name, &words))
                    && (address.is_none() || person.gender.is_none() || person.gender == address)
            })
        };
        let often = |person: &&usize| {
            let named = self.people.get(**person).map_or(0, |person| person.named);
            (named, std::cmp::Reverse(**person))
        };
        sharing.iter().filter(fits).max_by_key(often).copied()
    }

    /// The name of somebody, as written.
    pub fn name(&self, person: usize) -> Option<String> {
        self.people.get(person).map(|person| person.name.join(" "))
    }

    /// Whether somebody can be “he” (true) or “she” (false).
    pub fn can_be(&self, person: usize, gender: Option<bool>) -> bool {
        self.people
            .get(person)
            .is_some_and(|person| person.gender.is_none() || gender.is_none() || person.gender == gender)
    }

    /// Whether nothing says whether somebody is a he or a she.
    pub fn is_unsure(&self, person: usize) -> bool {
        self.people.get(person).is_some_and(|person| person.gender.is_none())
    }

    fn named_in(&self, range: &Range<usize>) -> &[(usize, usize)] {
        let from = self.mentions.partition_point(|(at, _)| *at < range.start);
        let to = self.mentions.partition_point(|(at, _)| *at < range.end);
        self.mentions.get(from..to).unwrap_or_default()
    }

    /// The first to be named in a stretch outside of quotation marks, possessors last.
    pub fn first_named(&self, text: &Text, range: &Range<usize>, gender: Option<bool>) -> Option<usize> {
        let fit = |(at, person): &&(usize, usize)| !text.at(*at).quoted && self.can_be(*person, gender);
        self.named_in(range).iter().find(fit).map(|(_, person)| *person)
    }

    /// The last to be named in a stretch.
    pub fn named_last(&self, range: &Range<usize>) -> Option<usize> {
        self.named_in(range).last().map(|(_, person)| *person)
    }

    /// Who holds an office and was named last before a place.
    pub fn with_office(&self, noun: &str, before: usize) -> Option<usize> {
        let last = self.mentions.partition_point(|(at, _)| *at < before);
        let named = self.mentions.get(..last).unwrap_or_default();
        let holds = |person: usize| self.people.get(person).is_some_and(|person| person.offices.contains(noun));
        named.iter().rev().take(FAR).map(|(_, person)| *person).find(|&person| holds(person))
    }
}

/// The last word of a name, without “Jr.”, in small letters.
fn surname(words: &[String]) -> Option<String> {
    words
        .iter()
        .rev()
        .map(|word| word.to_lowercase())
        .find(|word| !matches!(word.as_str(), "jr." | "jr" | "sr." | "sr" | "ii" | "iii" | "iv"))
}

/// Whether two names with one surname can be one person's: the first words agree as far as both have them.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (Some(first), Some(second)) = (a.first(), b.first()) else { return false };
    let (first, second) = (first.to_lowercase(), second.to_lowercase());
    let initial = |one: &str, other: &str| {
        one.trim_end_matches('.').chars().count() == 1 && other.starts_with(one.trim_end_matches('.'))
    };
    first == second
        || people::is_same_given_name(&first, &second)
        || initial(&first, &second)
        || initial(&second, &first)
}

/// Whether most words of a sentence have capitals: in a headline they say nothing.
fn is_headline(text: &Text, sentence: &Range<usize>) -> bool {
    let words = || sentence.clone().map(|at| text.at(at)).filter(|token| !token.class.is_mark());
    let capitals = words().filter(|token| token.capital).count();
    capitals > 4 && capitals * 4 > words().count() * 3
}

/// The full name in a run of words with capitals: from a given name on, or all of it after an office.
fn full_name(text: &Text, run: &Range<usize>) -> Option<Range<usize>> {
    let word = |at: usize| text.words(&(at..at + 1));
    if is_body(text, run)
        || text.at(run.start).class == Class::Capitals && run.clone().all(|at| text.at(at).class == Class::Capitals)
    {
        return None;
    }
    let given = run.clone().find(|&at| people::is_given_name(&word(at)));
    let start = match given {
        Some(at) if run.end - at >= 2 => at,
        _ if run.len() >= 2 && run.len() <= 4 && after_office(text, run) => run.start,
        _ => return None,
    };
    (run.end - start <= 5).then_some(start..run.end)
}

/// Whether a run can be a given name that nobody has listed and a surname: two words, the first of them no other word.
fn is_unusual(text: &Text, run: &Range<usize>) -> bool {
    let first = text.words(&(run.start..run.start + 1)).to_lowercase();
    run.len() == 2
        && matches!(class_of(&first, &first, false), Class::Word | Class::Noun | Class::S | Class::Past | Class::Ing)
}

/// Whether an office or an occupation stands before a name, or an age behind it.
fn after_office(text: &Text, run: &Range<usize>) -> bool {
    matches!(text.near(run.start, -1).class, Class::Office)
        || text.near(run.end - 1, 1).class == Class::Comma && text.near(run.end - 1, 2).class == Class::Number
}

/// What a form of address says: “Mr.” is true, “Mrs.” is false.
fn address(text: &Text, run: &Range<usize>) -> Option<bool> {
    let before = run.start.checked_sub(1)?;
    match text.words(&(before..before + 1)).to_lowercase().as_str() {
        "mr." | "mr" | "congressman" | "spokesman" | "chairman" => Some(true),
        "mrs." | "mrs" | "ms." | "ms" | "congresswoman" | "spokeswoman" | "chairwoman" => Some(false),
        _ => None,
    }
}

/// The words that say who somebody is: before the name, or after a comma behind it, as far as the noun reaches.
fn beside(text: &Text, run: &Range<usize>) -> Vec<String> {
    let tells = |at: usize| {
        matches!(
            text.at(at).class,
            Class::Office | Class::People | Class::Word | Class::Noun | Class::Adjective | Class::S | Class::Name
        )
    };
    let sentence = text.sentence(text.at(run.start).sentence);
    let before = (sentence.start..run.start).rev().take(BESIDE).take_while(|&at| tells(at));
    let mut found: Vec<String> = before.map(|at| text.words(&(at..at + 1)).to_lowercase()).collect();
    if text.near(run.end - 1, 1).class == Class::Comma {
        let behind = (run.end + 1..sentence.end).take(BESIDE).take_while(|&at| {
            tells(at) || matches!(text.at(at).class, Class::Article | Class::Possessive | Class::Clitic | Class::Number)
        });
        found.extend(behind.map(|at| text.words(&(at..at + 1)).to_lowercase()));
    }
    found
}
