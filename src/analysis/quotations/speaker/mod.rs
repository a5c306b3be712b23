//! Whose words they are: what a source mentions becomes the person or body behind it, named as fully as the article does.

mod cast;
mod mention;

use std::ops::Range;

use super::class::Class;
use super::token::Text;
use cast::Cast;
use mention::{Mentioned, mentioned};

/// Who is behind a source.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// Somebody of the cast.
    Person(usize),
    /// A body or somebody without a name, as written.
    Other(String),
}

/// A source, the cue with it and what is said.
pub(super) struct Said<'a> {
    /// Its tokens.
    pub source: Option<&'a Range<usize>>,
    /// The tokens of the cue.
    pub cue: Option<&'a Range<usize>>,
    /// The tokens of each piece of the content.
    pub content: &'a [Range<usize>],
}

/// The names in a stretch, as ranges of tokens.
pub(super) fn names(text: &Text, range: &Range<usize>) -> Vec<Range<usize>> {
    mention::runs(text, range)
}

/// How many sentences back somebody is still “he” or “she”.
const REMEMBERED: usize = 6;

/// How many other things said are looked at from one.
const NEAR: usize = 40;

/// The speakers of an article, one for each thing said, in the order of the article.
pub(super) fn speakers(text: &Text, said: &[Said<'_>]) -> Vec<Option<String>> {
    let names: Vec<Range<usize>> = said
        .iter()
        .filter_map(|one| match mentioned(text, one.source?) {
            Mentioned::Named(name) => Some(name),
            _ => None,
        })
        .collect();
    let mut resolver = Resolver { text, cast: Cast::new(text, &names), found: Vec::with_capacity(said.len()) };
    for (number, one) in said.iter().enumerate() {
        let who = match one.source {
            Some(source) => resolver.who(source),
            None => resolver.goes_on(said, number),
        };
        let at = one.source.or(one.cue).or(one.content.first()).map_or(0, |range| range.start);
        resolver.found.push((at, who));
    }
    // “I” is whoever says the words around it, who may be named only after them.
    let enclosed: Vec<Option<usize>> = (0..said.len()).map(|number| enclosing(text, said, number)).collect();
    for (number, around) in enclosed.into_iter().enumerate() {
        if let Some(around) = around {
            let who = resolver.found.get(around).and_then(|(_, who)| who.clone());
            if let Some(found) = resolver.found.get_mut(number) {
                found.1 = who;
            }
        }
    }
    let name = |who: Option<Who>| match who? {
        Who::Person(person) => resolver.cast.name(person),
        Who::Other(name) => Some(name),
    };
    resolver.found.iter().map(|(_, who)| name(who.clone())).collect()
}

/// The number of the thing said in which “I” or “we” says something.
fn enclosing(text: &Text, said: &[Said<'_>], number: usize) -> Option<usize> {
    let source = said.get(number)?.source?;
    if mentioned(text, source) != Mentioned::Own {
        return None;
    }
    let holds =
        |other: &Said<'_>| other.content.iter().any(|piece| piece.start <= source.start && source.end <= piece.end);
    let length =
        |number: &usize| said.get(*number).map_or(0, |other| other.content.iter().map(Range::len).sum::<usize>());
    let near = number.saturating_sub(NEAR)..said.len().min(number + NEAR);
    near.filter(|number| said.get(*number).is_some_and(holds)).min_by_key(length)
}

struct Resolver<'a> {
    text: &'a Text,
    cast: Cast,
    /// Who spoke so far, and at which token.
    found: Vec<(usize, Option<Who>)>,
}

impl Resolver<'_> {
    fn who(&self, source: &Range<usize>) -> Option<Who> {
        match mentioned(self.text, source) {
            Mentioned::He(gender) => self.he(source, gender),
            Mentioned::They => self.they(source),
            Mentioned::It => self.body_before(source),
            Mentioned::Who => self.antecedent(source),
            Mentioned::Own => None,
            Mentioned::Named(name) => match self.cast.find(self.text, &name) {
                Some(person) => Some(Who::Person(person)),
                None => Some(Who::Other(self.text.words(&name))),
            },
            Mentioned::The(noun) => self
                .by_office(source, &noun)
                .map(Who::Person)
                .or_else(|| Some(Who::Other(mention::body(self.text, source)))),
            Mentioned::Other(written) => Some(Who::Other(written)),
        }
    }

    /// “he”, “she”: whoever is the first to be named in the sentence so far, or who spoke or was named first in the one
    /// before, and so on.
    fn he(&self, source: &Range<usize>, gender: Option<bool>) -> Option<Who> {
        let number = self.text.at(source.start).sentence;
        for sentence in (number.saturating_sub(REMEMBERED)..=number).rev() {
            let range = self.text.sentence(sentence);
            let range = range.start..range.end.min(source.start);
            let can = |who: &Who| match who {
                Who::Person(person) => self.cast.can_be(*person, gender),
                Who::Other(name) => mention::is_somebody(name),
            };
            let spoke = self
                .found
                .iter()
                .rev()
                .take(NEAR)
                .filter(|(at, _)| range.contains(at))
                .find_map(|(_, who)| who.clone().filter(can));
            if let Some(who) = spoke.or_else(|| self.cast.first_named(self.text, &range, gender).map(Who::Person)) {
                return Some(who);
            }
        }
        None
    }

    /// “they”: those who spoke last without a name, or somebody of whom nobody knows whether it is a he or a she.
    fn they(&self, source: &Range<usize>) -> Option<Who> {
        let number = self.text.at(source.start).sentence;
        let (at, who) = self.found.iter().rev().take(NEAR).find(|(_, who)| who.is_some())?;
        let near = number - self.text.at(*at).sentence.min(number) <= 2;
        match who {
            Some(Who::Person(person)) => (near && self.cast.is_unsure(*person)).then_some(Who::Person(*person)),
            other => other.clone().filter(|_| near),
        }
    }

    /// “it”: the body that spoke last.
    fn body_before(&self, source: &Range<usize>) -> Option<Who> {
        let number = self.text.at(source.start).sentence;
        self.found.iter().rev().take(4).find_map(|(at, who)| match who {
            Some(Who::Other(_)) if number - self.text.at(*at).sentence.min(number) <= 3 => who.clone(),
            _ => None,
        })
    }

    /// “who”: the name right before, or what stands before as far back as an article.
    fn antecedent(&self, source: &Range<usize>) -> Option<Who> {
        let sentence = self.text.sentence(self.text.at(source.start).sentence);
        let mut end = source.start;
        while end > sentence.start && self.text.at(end - 1).class.is_mark() {
            end -= 1;
        }
        if let Some(person) = self.cast.named_last(&(end.saturating_sub(8).max(sentence.start)..end)) {
            return Some(Who::Person(person));
        }
        let start = (end.saturating_sub(8).max(sentence.start)..end)
            .rev()
            .find(|&at| self.text.at(at).class == Class::Article)?;
        Some(Who::Other(mention::body(self.text, &(start..end))))
    }

    /// “the senator”: who was given that office before, the one named last.
    fn by_office(&self, source: &Range<usize>, noun: &str) -> Option<usize> {
        self.cast.with_office(noun, source.start)
    }

    /// Words without a source: quoted words go on with whoever spoke before; others are nobody's.
    fn goes_on(&self, said: &[Said<'_>], number: usize) -> Option<Who> {
        let one = said.get(number)?;
        let first = one.content.first()?;
        if self.text.at(first.start).class != Class::OpenMark {
            return None;
        }
        let sentence = self.text.at(first.start).sentence;
        let before = self.text.sentence(sentence.saturating_sub(1));
        if self.text.at(before.end.saturating_sub(1)).class == Class::Colon
            && let Some(person) = self.cast.named_last(&before)
        {
            return Some(Who::Person(person));
        }
        let (at, who) = self.found.last()?;
        let near = sentence.abs_diff(self.text.at(*at).sentence) <= 3;
        who.clone().filter(|_| near)
    }
}

#[cfg(test)]
mod tests;
