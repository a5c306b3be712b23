//! Forms of names that belong to one person.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::evidence::Place;
use super::super::name::{Name, display};
use super::super::words::{Gender, distance, same_given};
use super::Known;
use super::archive::Archive;
use super::build::is_surname_only;

/// A person as far as names tell.
#[derive(Debug, Default, Clone)]
pub(super) struct Cluster {
    /// Every form, with how much it is used; written forms by form.
    pub forms: BTreeMap<Name, Form>,
    /// Only a surname is known, with the form of address.
    pub surname_only: Option<(Vec<String>, String)>,
    /// Documents with any of its forms.
    pub documents: BTreeSet<usize>,
    /// Whether some document has two surnames a person.
    pub double_surnames: bool,
}

/// How a name is written and how often.
#[derive(Debug, Default, Clone)]
pub(super) struct Form {
    pub weight: u32,
    pub written: BTreeMap<String, u32>,
}

impl Cluster {
    pub fn weight(&self) -> u32 {
        self.forms.values().map(|form| form.weight).sum()
    }

    pub fn gender(&self) -> Option<Gender> {
        self.forms.keys().find_map(Name::gender)
    }

    pub fn has_surname(&self, words: &[String]) -> bool {
        self.forms.keys().any(|name| name.has_surname(words, self.double_surnames))
            || self.surname_only.as_ref().is_some_and(|(surname, _)| surname == words)
    }
}

/// Everybody whom some form of a name may mean.
pub(super) struct Clusters {
    pub all: Vec<Cluster>,
    by_name: HashMap<Name, usize>,
    by_word: HashMap<String, Vec<usize>>,
    by_document: HashMap<usize, BTreeSet<usize>>,
}

impl Clusters {
    pub fn new(archive: &Archive<'_>, known: &Known) -> Self {
        let forms = gather(archive, known);
        let mut clusters =
            Self { all: Vec::new(), by_name: HashMap::new(), by_word: HashMap::new(), by_document: HashMap::new() };
        let mut order: Vec<(Name, Gathered)> = forms.into_iter().collect();
        // Longest first: a short form then finds the persons it may stand for.
        order.sort_by(|(a, x), (b, y)| {
            b.words.len().cmp(&a.words.len()).then(y.form.weight.cmp(&x.form.weight)).then_with(|| a.cmp(b))
        });
        for (name, gathered) in order {
            clusters.place(name, gathered);
        }
        clusters
    }

    fn place(&mut self, name: Name, gathered: Gathered) {
        let candidates = self.candidates(&name, gathered.double_surnames);
        let home = self.choose(&candidates, &gathered).or_else(|| self.misspelt(&name, &gathered));
        let at = home.unwrap_or_else(|| {
            self.all.push(Cluster::default());
            self.all.len() - 1
        });
        for word in name.rest() {
            let list = self.by_word.entry(word.clone()).or_default();
            if !list.contains(&at) {
                list.push(at);
            }
        }
        self.by_name.insert(name.clone(), at);
        for &document in &gathered.documents {
            self.by_document.entry(document).or_default().insert(at);
        }
        if let Some(cluster) = self.all.get_mut(at) {
            cluster.documents.extend(gathered.documents);
            cluster.double_surnames |= gathered.double_surnames;
            cluster.forms.insert(name, gathered.form);
        }
    }

    /// Clusters none of whose forms contradicts the name.
    fn candidates(&self, name: &Name, double_surnames: bool) -> Vec<usize> {
        let mut found: Vec<usize> =
            name.rest().iter().filter_map(|word| self.by_word.get(word)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.retain(|&at| {
            self.all.get(at).is_some_and(|cluster| {
                !cluster.forms.is_empty()
                    && cluster
                        .forms
                        .keys()
                        .all(|form| form.agrees_with(name, double_surnames || cluster.double_surnames))
            })
        });
        found
    }

    /// The only one, or the one that is far more common; between equals a form stands for nobody but itself.
    fn choose(&self, candidates: &[usize], gathered: &Gathered) -> Option<usize> {
        let mut ranked: Vec<(u32, usize)> = candidates
            .iter()
            .filter_map(|&at| {
                let cluster = self.all.get(at)?;
                let shared = cluster.documents.intersection(&gathered.documents).count() as u32;
                Some((cluster.weight() + shared * 10, at))
            })
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        match ranked.as_slice() {
            [] => None,
            [(_, only)] => Some(*only),
            [(best, at), (second, _), ..] => (*best > second * 3).then_some(*at),
        }
    }

    /// A rare form that is a letter off a common one with the same surname or given name is that one misspelt.
    fn misspelt(&self, name: &Name, gathered: &Gathered) -> Option<usize> {
        if gathered.documents.len() > 1 || gathered.form.weight > 20 {
            return None;
        }
        let letters: usize = name.words.iter().map(String::len).sum();
        let mut found: Vec<usize> = Vec::new();
        let beside = gathered.documents.first().and_then(|document| self.by_document.get(document));
        let beside: BTreeSet<usize> = beside.into_iter().flatten().copied().collect();
        // Elsewhere only somebody of whose three names or more just one is a letter off.
        let elsewhere = name.rest().iter().filter(|_| name.words.len() >= 3);
        let elsewhere = elsewhere.filter_map(|word| self.by_word.get(word)).flatten().copied();
        let candidates: BTreeSet<usize> = beside.iter().copied().chain(elsewhere).collect();
        for (at, cluster) in candidates.into_iter().filter_map(|at| Some((at, self.all.get(at)?))) {
            let near = beside.contains(&at);
            let off = |form: &Name| {
                form.words.len() == name.words.len() && {
                    let total: usize = form.words.iter().zip(&name.words).map(|(a, b)| distance(a, b)).sum();
                    let gender = form.gender().is_none() || name.gender().is_none() || form.gender() == name.gender();
                    let anchored = form.last() == name.last() || same_given(form.first(), name.first());
                    gender
                        && anchored
                        && total > 0
                        && (near || total == 1)
                        && total <= if letters >= 15 { 2 } else { usize::from(letters >= 9) }
                }
            };
            if cluster.weight() >= gathered.form.weight && cluster.forms.keys().any(off) {
                found.push(at);
            }
        }
        match found.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Whom a full name means.
    pub fn of_name(&self, name: &Name) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Everybody with a surname.
    pub fn with_surname(&self, words: &[String]) -> Vec<usize> {
        let Some(last) = words.last() else { return Vec::new() };
        let mut found: Vec<usize> = self.by_word.get(last).into_iter().flatten().copied().collect();
        found.retain(|&at| self.all.get(at).is_some_and(|cluster| cluster.has_surname(words)));
        found
    }

    pub fn get(&self, at: usize) -> Option<&Cluster> {
        self.all.get(at)
    }

    /// Somebody of whom only the surname is known.
    pub fn add_surname_only(&mut self, words: Vec<String>, shown: String) -> usize {
        self.all.push(Cluster { surname_only: Some((words, shown)), ..Cluster::default() });
        self.all.len() - 1
    }

    /// The name by which somebody is shown: the form most used, in the spelling most used.
    pub fn shown(&self, at: usize) -> String {
        let Some(cluster) = self.all.get(at) else { return String::new() };
        if let Some((_, shown)) = &cluster.surname_only {
            return shown.clone();
        }
        let best = cluster.forms.iter().max_by(|(a, x), (b, y)| x.weight.cmp(&y.weight).then_with(|| b.cmp(a)));
        best.map_or_else(String::new, |(_, form)| written(form))
    }

    /// Every form of somebody's name, the one shown first.
    pub fn names(&self, at: usize) -> Vec<String> {
        let shown = self.shown(at);
        let mut names = vec![shown.clone()];
        let mut others: Vec<(u32, String)> = self
            .all
            .get(at)
            .into_iter()
            .flat_map(|cluster| cluster.forms.values())
            .map(|form| (form.weight, written(form)))
            .collect();
        others.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        names.extend(others.into_iter().map(|(_, name)| name).filter(|name| *name != shown));
        names.dedup();
        names
    }
}

fn written(form: &Form) -> String {
    form.written
        .iter()
        .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))
        .map_or_else(String::new, |(text, _)| text.clone())
}

/// A form with the documents it stands in.
#[derive(Default)]
struct Gathered {
    form: Form,
    documents: BTreeSet<usize>,
    double_surnames: bool,
}

fn gather(archive: &Archive<'_>, known: &Known) -> BTreeMap<Name, Gathered> {
    let mut forms: BTreeMap<Name, Gathered> = BTreeMap::new();
    for (at, document) in archive.documents.iter().enumerate() {
        for seen in &document.names {
            let gathered = forms.entry(seen.name.clone()).or_default();
            let weight = match seen.place {
                Place::Title | Place::Head | Place::Label => 5,
                Place::Introduction => 3,
                Place::Speech => 1,
            };
            gathered.form.weight += weight;
            // Spellings in small letters know where capitals belong ("McArthur").
            let spelling = if seen.place == Place::Label { 1 } else { 100 };
            *gathered.form.written.entry(seen.shown.clone()).or_default() += spelling;
            gathered.documents.insert(at);
            gathered.double_surnames |= document.evidence.double_surnames;
        }
    }
    // "Ms. Vale" is nobody's full name: as one it would stand beside "Ada Vale" and make the surname ambiguous.
    let full = known.speakers.iter().flat_map(|speaker| &speaker.names).filter(|name| !is_surname_only(name));
    for name in full {
        if let Some(folded) = Name::new(name) {
            let gathered = forms.entry(folded).or_default();
            gathered.form.written.entry(display(name)).or_default();
        }
    }
    forms
}
