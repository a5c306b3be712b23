//! Who speaks under which surname, when and for whom.

use std::collections::{BTreeMap, HashMap};

use super::super::label::Person;
use super::archive::Document;
use super::link::{LINKED, Linker};

/// Days within which a surname may be the same person's without a word about it.
pub(super) const NEAR_DAYS: u32 = 4 * 365;
/// Days within which it may be, if there is nobody else.
pub(super) const FAR_DAYS: u32 = 10 * 365;

/// The day, series and issuer of a text in which somebody speaks.
type Occasion<'a> = (Option<i32>, Option<&'a str>, Option<&'a str>);

/// When and where somebody speaks.
type Occasions<'a> = Vec<Occasion<'a>>;

/// Who speaks under which surname, after the documents have been read by themselves.
pub(super) struct Speakers<'a> {
    by_surname: HashMap<String, BTreeMap<usize, Occasions<'a>>>,
}

impl<'a> Speakers<'a> {
    pub fn of(linker: &Linker<'a, '_>) -> Self {
        let mut by_surname: HashMap<String, BTreeMap<usize, Occasions<'a>>> = HashMap::new();
        for (at, document) in linker.archive.documents.iter().enumerate() {
            for label in 0..document.labels.len() {
                let (Some(person), Some(link)) = (linker.person(at, label), linker.link(at, label)) else { continue };
                if link.score < LINKED {
                    continue;
                }
                // A full label counts for every surname in it, others for the one they have.
                let words: &[String] =
                    if person.full { person.words.get(1..).unwrap_or_default() } else { &person.words };
                for word in words {
                    by_surname.entry(word.clone()).or_default().entry(link.cluster).or_default().push((
                        document.day,
                        document.series,
                        document.issuer,
                    ));
                }
            }
        }
        Self { by_surname }
    }

    pub fn named(&self, person: &Person) -> impl Iterator<Item = (&usize, &Occasions<'a>)> {
        person.words.last().and_then(|last| self.by_surname.get(last)).into_iter().flatten()
    }
}

/// How near somebody is to a document.
pub(super) struct Rank {
    pub cluster: usize,
    pub same_series: bool,
    pub same_issuer: bool,
    pub spoken: bool,
    pub days: u32,
}

impl Rank {
    pub fn of(cluster: usize, occasions: &Occasions<'_>, document: &Document<'_>, spoken: bool) -> Option<Self> {
        let days = |day: Option<i32>| match (day, document.day) {
            (Some(a), Some(b)) => a.abs_diff(b),
            _ => 300,
        };
        let nearest = |keep: &dyn Fn(&Occasion<'_>) -> bool| {
            occasions
                .iter()
                .filter(|occasion| keep(occasion))
                .map(|occasion| days(occasion.0))
                .min()
                .filter(|days| *days <= NEAR_DAYS)
        };
        let in_series = nearest(&|(_, series, _)| series.is_some() && *series == document.series);
        let of_issuer = nearest(&|(_, _, issuer)| issuer.is_some() && *issuer == document.issuer);
        let anywhere = nearest(&|_| true)?;
        Some(Self {
            cluster,
            same_series: in_series.is_some(),
            same_issuer: of_issuer.is_some(),
            spoken,
            days: in_series.or(of_issuer).unwrap_or(anywhere),
        })
    }

    pub fn order(&self) -> (bool, bool, bool, u32) {
        (!self.spoken, !self.same_series, !self.same_issuer, self.days)
    }
}
