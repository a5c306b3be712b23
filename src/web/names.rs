//! Names completed while they are typed, and the nearest to a misspelt one: of everything that readers can see.

use std::collections::HashMap;

use super::urls;
use crate::search::spelling;
use crate::search::tokens::tokens;
use crate::store::directory::{Family, Named};

/// Something with a name that readers can see.
#[derive(Debug, Clone)]
pub struct Nameable {
    /// What it is.
    pub family: Family,
    /// Its row.
    pub id: i64,
    /// Address and name.
    pub named: Named,
    /// Utterances that belong to it.
    pub count: u64,
    /// The words of the name, folded.
    words: Vec<String>,
}

impl Nameable {
    /// Takes a name apart.
    pub fn new(family: Family, id: i64, named: Named, count: u64) -> Self {
        let words = tokens(&named.name).into_iter().map(|token| token.text).collect();
        Self { family, id, named, count, words }
    }

    /// Where it leads.
    pub fn url(&self) -> String {
        match self.family {
            Family::Speaker => urls::speaker(&self.named.slug),
            Family::Topic => urls::topic(&self.named.slug),
            Family::Series => urls::series(&self.named.slug),
        }
    }

    /// Whether each word typed begins a word of the name, each another one; the last may be in the making.
    fn completes(&self, typed: &[String]) -> bool {
        let mut free: Vec<&String> = self.words.iter().collect();
        typed.iter().all(|start| match free.iter().position(|word| word.starts_with(start.as_str())) {
            Some(at) => {
                free.remove(at);
                true
            }
            None => false,
        })
    }
}

/// All names, those with most utterances first.
#[derive(Debug, Clone)]
pub struct Names {
    all: Vec<Nameable>,
    /// How the words of speakers' names are written, by their folded form.
    pub written: HashMap<String, String>,
}

impl Names {
    /// Sorts names by how much there is of each.
    pub fn new(mut all: Vec<Nameable>) -> Self {
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.named.name.cmp(&b.named.name)));
        let mut written = HashMap::new();
        for name in all.iter().filter(|name| name.family == Family::Speaker).map(|one| &one.named.name) {
            let chars: Vec<char> = name.chars().collect();
            for token in tokens(name) {
                let word = chars.get(token.start..token.end).unwrap_or_default().iter().collect();
                written.entry(token.text).or_insert(word);
            }
        }
        Self { all, written }
    }

    /// The names that what was typed can become, those with most utterances first; nothing typed becomes nothing.
    pub fn completions(&self, typed: &str, family: Option<Family>, most: usize) -> Vec<&Nameable> {
        let typed: Vec<String> = tokens(typed).into_iter().map(|token| token.text).collect();
        if typed.is_empty() {
            return Vec::new();
        }
        let fits = |one: &&Nameable| family.is_none_or(|family| one.family == family) && one.completes(&typed);
        self.all.iter().filter(fits).take(most).collect()
    }

    /// Everything of one family.
    pub fn of(&self, family: Family) -> impl Iterator<Item = &Nameable> {
        self.all.iter().filter(move |one| one.family == family)
    }

    /// The name nearest to a misspelt one.
    pub fn nearest(&self, family: Family, typed: &str) -> Option<&Nameable> {
        let of_family: Vec<&Nameable> = self.all.iter().filter(|one| one.family == family).collect();
        let names = of_family.iter().map(|one| (one.named.name.as_str(), one.count));
        spelling::nearest_name(typed, names).and_then(|at| of_family.get(at).copied())
    }
}
