//! Which person each label of each document means, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::evidence::Place;
use super::super::label::{Label, Person, may_name};
use super::super::name::Name;
use super::super::office::{self, OfficeName};
use super::super::words::{Gender, distance, folded_words};
use super::Known;
use super::archive::{Archive, Document, Seen};
use super::cluster::Clusters;
use super::president::Holders;

/// From this score on a link is shown, below it is only suggested.
pub(super) const LINKED: f32 = 0.7;

/// A label and the person it means.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    pub cluster: usize,
    pub score: f32,
    pub reason: String,
}

/// For each document, for each label of its evidence.
pub(super) type Links = Vec<Vec<Option<Link>>>;

/// Years within which a surname may be the same person's without a word about it.
const NEAR_DAYS: u32 = 4 * 365;
/// Years within which it may be, if there is nobody else.
const FAR_DAYS: u32 = 10 * 365;

/// Links every label that can be.
pub(super) fn all(archive: &Archive<'_>, clusters: &mut Clusters, known: &Known) -> Links {
    let holders = Holders::new(archive);
    let readings: Vec<Vec<Option<Person>>> = archive
        .documents
        .iter()
        .map(|document| {
            document
                .labels
                .iter()
                .zip(&document.evidence.labels)
                .map(|(label, seen)| reading(document, label, &seen.label, &holders))
                .collect()
        })
        .collect();
    let mut linker = Linker {
        archive,
        clusters,
        readings: &readings,
        links: readings.iter().map(|labels| vec![None; labels.len()]).collect(),
        denied: denied(archive, clusters, known),
        offices: offices(archive, clusters),
    };
    linker.editors(known);
    linker.pass(Linker::in_document);
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::slip);
    let seen = Speakers::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::spoken_of);
    linker.pass(Linker::same_surname_here);
    let seen = Speakers::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
    linker.pass(|linker, at, label| linker.alone_in_archive(at, label, &seen));
    linker.pass(Linker::slip);
    let mut links = linker.links;
    drop_the_silent(&mut links);
    surname_only(archive, clusters, &readings, links)
}

/// A label as somebody's name: an office without a name gets the surname of whoever holds it.
fn reading(document: &Document<'_>, label: &Label, printed: &str, holders: &Holders<'_>) -> Option<Person> {
    match label {
        Label::Person(person) => Some(person.clone()),
        Label::Office(title) => holders.surname(document, printed).map(|words| Person {
            title: Some(title.clone()),
            shown: words.join(" "),
            words,
            full: false,
            addressed: true,
            office_only: true,
            gender: None,
        }),
        Label::Role(_) | Label::Nothing => None,
    }
}

fn offices<'b>(archive: &'b Archive<'_>, clusters: &Clusters) -> HashMap<usize, BTreeSet<&'b OfficeName>> {
    let mut offices: HashMap<usize, BTreeSet<&OfficeName>> = HashMap::new();
    for document in &archive.documents {
        for seen in &document.names {
            let Some(cluster) = clusters.of_name(&seen.name) else { continue };
            offices.entry(cluster).or_default().extend(seen.titles.iter().filter_map(|title| archive.office(title)));
        }
    }
    offices
}

/// Persons whom an editor has excluded for a label.
fn denied(archive: &Archive<'_>, clusters: &Clusters, known: &Known) -> HashMap<(usize, usize), Vec<usize>> {
    let mut denied: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    for decision in known.decisions.iter().filter(|decision| !decision.is) {
        let Some(cluster) = known_cluster(clusters, known, decision.speaker) else { continue };
        for (at, label) in places_of(archive, decision.key, &decision.label) {
            denied.entry((at, label)).or_default().push(cluster);
        }
    }
    denied
}

fn places_of(archive: &Archive<'_>, key: i64, label: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for (at, document) in archive.documents.iter().enumerate().filter(|(_, document)| document.key == key) {
        places.extend(
            document.evidence.labels.iter().position(|seen| seen.label == label).map(|position| (at, position)),
        );
    }
    places
}

pub(super) fn known_cluster(clusters: &Clusters, known: &Known, id: crate::domain::SpeakerId) -> Option<usize> {
    let speaker = known.speakers.iter().find(|speaker| speaker.id == id)?;
    speaker.names.iter().filter_map(|name| Name::new(name)).find_map(|name| clusters.of_name(&name))
}

struct Linker<'a, 'b> {
    archive: &'b Archive<'a>,
    clusters: &'b Clusters,
    readings: &'b [Vec<Option<Person>>],
    links: Links,
    denied: HashMap<(usize, usize), Vec<usize>>,
    /// Offices that stand beside somebody's full name anywhere.
    offices: HashMap<usize, BTreeSet<&'b OfficeName>>,
}

impl Linker<'_, '_> {
    fn editors(&mut self, known: &Known) {
        for decision in known.decisions.iter().filter(|decision| decision.is) {
            let Some(cluster) = known_cluster(self.clusters, known, decision.speaker) else { continue };
            for (at, label) in places_of(self.archive, decision.key, &decision.label) {
                self.set(at, label, Link { cluster, score: 1.0, reason: "An editor says so.".to_owned() });
            }
        }
    }

    /// Runs a rule over every label that is not linked yet; what it finds counts only once the pass is over.
    fn pass(&mut self, rule: impl Fn(&Self, usize, usize) -> Option<Link>) {
        let mut found = Vec::new();
        for (at, labels) in self.links.iter().enumerate() {
            for (label, link) in labels.iter().enumerate() {
                if link.as_ref().is_none_or(|link| link.score < LINKED)
                    && let Some(new) = rule(self, at, label)
                    && link.as_ref().is_none_or(|old| new.score > old.score)
                {
                    found.push((at, label, new));
                }
            }
        }
        for (at, label, link) in found {
            if !self.denied.get(&(at, label)).is_some_and(|denied| denied.contains(&link.cluster)) {
                self.set(at, label, link);
            }
        }
    }

    fn set(&mut self, at: usize, label: usize, link: Link) {
        if let Some(slot) = self.links.get_mut(at).and_then(|labels| labels.get_mut(label)) {
            *slot = Some(link);
        }
    }

    fn person(&self, at: usize, label: usize) -> Option<&Person> {
        self.readings.get(at)?.get(label)?.as_ref()
    }

    fn link(&self, at: usize, label: usize) -> Option<&Link> {
        self.links.get(at)?.get(label)?.as_ref()
    }

    fn printed(&self, at: usize, label: usize) -> (&str, u32) {
        self.archive
            .documents
            .get(at)
            .and_then(|document| document.evidence.labels.get(label))
            .map_or(("", 0), |seen| (seen.label.as_str(), seen.turns))
    }

    fn fits(&self, person: &Person, cluster: usize) -> bool {
        let named = |at: usize| {
            self.clusters
                .get(at)
                .is_some_and(|found| found.has_surname(&person.words) && gender_fits(person.gender, found.gender()))
        };
        // `THE PRESIDENT` is not the President's daughter: if anybody of the surname is known to hold it, only they fit.
        let holder_needed = person.office_only
            && self.clusters.with_surname(&person.words).iter().any(|&other| self.holds(other, person));
        named(cluster) && (!holder_needed || self.holds(cluster, person))
    }

    /// Whether an office of the kind that the label has stands beside somebody's full name anywhere.
    fn holds(&self, cluster: usize, person: &Person) -> bool {
        let own = person.title.as_deref().and_then(|title| office::read(title, None));
        own.is_some_and(|own| {
            let held = self.offices.get(&cluster).into_iter().flatten();
            held.into_iter().any(|office| agrees(&own, office))
        })
    }

    fn is(&self, at: usize, label: usize, cluster: usize, because: &str) -> String {
        format!("“{}” is {}: {because}", self.printed(at, label).0, self.clusters.shown(cluster))
    }

    /// A full name in the label, or one that the document gives for the surname.
    fn in_document(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        let document = self.archive.documents.get(at)?;
        if person.full
            && let Some(cluster) = Name::new(&person.shown).and_then(|name| self.clusters.of_name(&name))
        {
            return Some(Link {
                cluster,
                score: 0.99,
                reason: self.is(at, label, cluster, "the label gives the full name."),
            });
        }
        let mut best: BTreeMap<usize, (Place, String)> = BTreeMap::new();
        for seen in &document.names {
            let Some(cluster) = self.clusters.of_name(&seen.name) else { continue };
            let place = if seen.place == Place::Speech && self.titles_agree(person, seen) {
                Place::Introduction
            } else {
                seen.place
            };
            if place == Place::Speech || !self.fits(person, cluster) {
                continue;
            }
            let title = seen.titles.iter().min_by_key(|title| title.place).map(|title| title.printed);
            let named = title.map_or_else(|| seen.shown.clone(), |title| format!("{title} {}", seen.shown));
            let entry = best.entry(cluster).or_insert_with(|| (place, named.clone()));
            if place < entry.0 {
                *entry = (place, named);
            }
        }
        let (cluster, place, named) = only_best(&best)?;
        let (score, because) = match place {
            Place::Label => (0.97, format!("another label here is “{named}”.")),
            Place::Title => (0.98, format!("the title names “{named}”.")),
            Place::Head => (0.97, format!("the head names “{named}”.")),
            Place::Introduction | Place::Speech => (0.93, format!("“{named}” is introduced in the text.")),
        };
        Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) })
    }

    /// Two labels with one surname in one document are one person: `MS. VALE` and `DIRECTOR VALE`.
    fn same_surname_here(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        if person.full {
            return None;
        }
        let others = self.readings.get(at)?;
        for (other, reading) in others.iter().enumerate().filter(|(other, _)| *other != label) {
            let (Some(reading), Some(link)) = (reading, self.link(at, other)) else { continue };
            if link.score >= LINKED
                && reading.words.ends_with(&person.words)
                && gender_fits(person.gender, reading.gender)
                && self.fits(person, link.cluster)
            {
                let because = format!("“{}” is labelled in the same text.", self.printed(at, other).0);
                return Some(Link {
                    cluster: link.cluster,
                    score: link.score.min(0.95),
                    reason: self.is(at, label, link.cluster, &because),
                });
            }
        }
        None
    }

    /// A rare label that is nearly a frequent one of the same document: a letter off, or the wrong form of address.
    fn slip(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label)?;
        let (printed, turns) = self.printed(at, label);
        let mut found: Option<(usize, usize)> = None;
        for (other, reading) in self.readings.get(at)?.iter().enumerate().filter(|(other, _)| *other != label) {
            let (Some(reading), Some(link)) = (reading, self.link(at, other)) else { continue };
            let (_, others_turns) = self.printed(at, other);
            if link.score < LINKED || turns > 3 || turns * 2 > others_turns || !nearly(person, reading) {
                continue;
            }
            match found {
                Some((_, cluster)) if cluster != link.cluster => return None,
                _ => found = Some((other, link.cluster)),
            }
        }
        let (other, cluster) = found?;
        let because =
            format!("“{printed}” is taken for a slip of “{}”, which is frequent here.", self.printed(at, other).0);
        Some(Link { cluster, score: 0.85, reason: self.is(at, label, cluster, &because) })
    }

    /// The surname belongs to somebody who speaks elsewhere in the archive around that date.
    fn in_archive(&self, at: usize, label: usize, seen: &Speakers<'_>) -> Option<Link> {
        let person = self.person(at, label).filter(|person| !person.full)?;
        let document = self.archive.documents.get(at)?;
        let mut ranked: Vec<Rank> = seen
            .named(person)
            .filter(|(cluster, _)| self.fits(person, **cluster))
            .filter_map(|(cluster, occasions)| {
                Rank::of(*cluster, occasions, document, self.spoken_here(document, *cluster))
            })
            .collect();
        ranked.sort_by(|a, b| {
            a.order().cmp(&b.order()).then_with(|| self.clusters.shown(a.cluster).cmp(&self.clusters.shown(b.cluster)))
        });
        let best = ranked.first()?;
        let rival = ranked.get(1);
        let name = self.clusters.shown(best.cluster);
        let contradicted = !best.spoken && self.others_spoken_of(document, person, best.cluster);
        let near = if best.same_series { "in this series" } else { "of this issuer" };
        let sure = best.same_series || best.same_issuer || best.spoken;
        let ahead = rival.is_none_or(|rival| {
            (best.spoken && !rival.spoken)
                || (best.same_series && !rival.same_series && best.days <= 400)
                || rival.days > best.days.saturating_mul(4).saturating_add(60)
        });
        let score: f32 = match (sure, ahead) {
            (true, true) if contradicted && best.days > 200 => 0.6,
            (true, true) if best.same_series => 0.92,
            (true, true) => 0.85,
            (true, false) | (false, true) => 0.6,
            (false, false) => 0.4,
        };
        let because = if sure {
            format!("{name} speaks under this surname in other texts {near}.")
        } else {
            format!("{name} speaks under this surname elsewhere.")
        };
        Some(Link { cluster: best.cluster, score, reason: self.is(at, label, best.cluster, &because) })
    }

    /// The one person of that surname whom the archive knows at all speaks for the same issuer, if years apart.
    fn alone_in_archive(&self, at: usize, label: usize, seen: &Speakers<'_>) -> Option<Link> {
        let person = self.person(at, label).filter(|person| !person.full)?;
        let document = self.archive.documents.get(at)?;
        let known = self.clusters.with_surname(&person.words);
        let [only] = known.as_slice() else { return None };
        let (cluster, occasions) = seen.named(person).find(|(cluster, _)| *cluster == only)?;
        let near = occasions.iter().any(|(day, _, issuer)| {
            *issuer == document.issuer
                && matches!((*day, document.day), (Some(a), Some(b)) if a.abs_diff(b) <= FAR_DAYS)
        });
        let because = format!(
            "nobody else of this surname is known, and {} speaks for this issuer.",
            self.clusters.shown(*cluster)
        );
        (near && self.fits(person, *cluster)).then(|| Link {
            cluster: *cluster,
            score: 0.72,
            reason: self.is(at, label, *cluster, &because),
        })
    }

    fn spoken_here(&self, document: &Document<'_>, cluster: usize) -> bool {
        document.names.iter().any(|seen| self.clusters.of_name(&seen.name) == Some(cluster))
    }

    fn others_spoken_of(&self, document: &Document<'_>, person: &Person, cluster: usize) -> bool {
        document
            .names
            .iter()
            .filter_map(|seen| self.clusters.of_name(&seen.name))
            .any(|other| other != cluster && self.fits(person, other))
    }

    /// The surname belongs to somebody whom this text, or others of the issuer around that date, only speak of.
    fn spoken_of(&self, at: usize, label: usize) -> Option<Link> {
        let person = self.person(at, label).filter(|person| !person.full && may_name(person))?;
        let document = self.archive.documents.get(at)?;
        if let Some(link) = self.titled_around(at, label, person) {
            return Some(link);
        }
        let mut here: BTreeMap<usize, u32> = BTreeMap::new();
        for seen in &document.names {
            if let Some(cluster) = self.clusters.of_name(&seen.name).filter(|&cluster| self.fits(person, cluster)) {
                *here.entry(cluster).or_default() += seen.count;
            }
        }
        if let Some((cluster, clear)) = leader(&here) {
            let score = if here.len() == 1 {
                0.8
            } else if clear {
                0.7
            } else {
                0.5
            };
            let because = format!("the text speaks of {}.", self.clusters.shown(cluster));
            return Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) });
        }
        [(true, NEAR_DAYS), (true, FAR_DAYS), (false, FAR_DAYS)]
            .into_iter()
            .find_map(|(same_issuer, days)| self.spoken_of_around(at, label, same_issuer, days))
    }

    /// Around that date, texts of this issuer (else of any) give one person of the surname a title of the label's kind.
    fn titled_around(&self, at: usize, label: usize, person: &Person) -> Option<Link> {
        let own = person.title.as_deref().and_then(|title| office::read(title, None))?;
        let candidates: Vec<usize> = self
            .clusters
            .with_surname(&person.words)
            .into_iter()
            .filter(|&cluster| self.fits(person, cluster))
            .collect();
        let document = self.archive.documents.get(at)?;
        [(true, NEAR_DAYS), (false, NEAR_DAYS), (false, FAR_DAYS)].into_iter().find_map(|(same_issuer, days)| {
            let count = |rule: &dyn Fn(&Document<'_>, usize) -> bool| -> BTreeMap<usize, u32> {
                let times = |cluster: usize| {
                    self.around(document, cluster, same_issuer, days).filter(|other| rule(other, cluster)).count()
                        as u32
                };
                candidates.iter().map(|&cluster| (cluster, times(cluster))).filter(|(_, times)| *times > 0).collect()
            };
            let beside = count(&|other, cluster| self.titled_beside(other, cluster, &own));
            let counted = if beside.is_empty() {
                count(&|other, cluster| self.titled_alone(other, cluster, person, &own))
            } else {
                beside
            };
            let (cluster, clear) = leader(&counted)?;
            let because = format!("texts around that date give {} such a title.", self.clusters.shown(cluster));
            let score = if clear { 0.78 } else { 0.5 };
            Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) })
        })
    }

    /// Documents with somebody's name, so many days around, of this issuer or of any.
    fn around(
        &self,
        document: &'_ Document<'_>,
        cluster: usize,
        same_issuer: bool,
        days: u32,
    ) -> impl Iterator<Item = &Document<'_>> {
        let (issuer, day) = (document.issuer, document.day);
        let all = self.clusters.get(cluster).map(|found| &found.documents).into_iter().flatten();
        all.filter_map(|&other| self.archive.documents.get(other)).filter(move |other| {
            let apart = other.day.zip(day).map(|(a, b)| a.abs_diff(b));
            (!same_issuer || other.issuer == issuer) && apart.is_none_or(|apart| apart <= days)
        })
    }

    /// Whether a title beside a full name is of the kind that the label has: `SECRETARY VALE` and "Secretary of Energy".
    fn titles_agree(&self, person: &Person, seen: &Seen<'_>) -> bool {
        let own = person.title.as_deref().and_then(|title| office::read(title, None));
        own.is_some_and(|own| {
            seen.titles.iter().any(|title| self.archive.office(title).is_some_and(|office| agrees(&own, office)))
        })
    }

    /// A title of the label's kind stands beside the full name.
    fn titled_beside(&self, document: &Document<'_>, cluster: usize, own: &OfficeName) -> bool {
        document.names.iter().any(|seen| {
            self.clusters.of_name(&seen.name) == Some(cluster)
                && seen.titles.iter().any(|title| self.archive.office(title).is_some_and(|office| agrees(own, office)))
        })
    }

    /// It stands beside the surname, in a text where nobody else has it.
    fn titled_alone(&self, document: &Document<'_>, cluster: usize, person: &Person, own: &OfficeName) -> bool {
        document.evidence.titled.iter().any(|titled| {
            office::read(&titled.office, None).is_some_and(|office| agrees(own, &office))
                && folded_words(&titled.surname) == person.words
        }) && !self.others_spoken_of(document, person, cluster)
    }

    /// Texts so many days around, of this issuer or of any, speak of somebody with the surname.
    fn spoken_of_around(&self, at: usize, label: usize, same_issuer: bool, days: u32) -> Option<Link> {
        let person = self.person(at, label)?;
        let document = self.archive.documents.get(at)?;
        let around: BTreeMap<usize, u32> = self
            .clusters
            .with_surname(&person.words)
            .into_iter()
            .filter(|&cluster| self.fits(person, cluster))
            .map(|cluster| (cluster, self.around(document, cluster, same_issuer, days).count() as u32))
            .filter(|(_, times)| *times > 0)
            .collect();
        let (cluster, clear) = leader(&around)?;
        let score = match around.len() {
            1 if same_issuer => 0.72,
            _ if clear => 0.6,
            _ => 0.4,
        };
        let whose = if same_issuer { "this issuer" } else { "other issuers" };
        let because = format!("other texts of {whose} speak of {}.", self.clusters.shown(cluster));
        Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) })
    }
}

/// Whether an office is of the kind that a label names: the same, or the label says less.
fn agrees(own: &OfficeName, office: &OfficeName) -> bool {
    own.key == office.key || own.is_part_of(office)
}

/// The person with the highest count, and whether they have more than three times as much as the next.
fn leader(counts: &BTreeMap<usize, u32>) -> Option<(usize, bool)> {
    let mut ranked: Vec<(u32, usize)> = counts.iter().map(|(cluster, count)| (*count, *cluster)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, cluster) = ranked.first()?;
    Some((*cluster, ranked.get(1).is_none_or(|(second, _)| *best > second * 3)))
}

/// The one person in the best place, if there is only one.
fn only_best(best: &BTreeMap<usize, (Place, String)>) -> Option<(usize, Place, String)> {
    let place = best.values().map(|(place, _)| *place).min()?;
    let mut there = best.iter().filter(|(_, (other, _))| *other == place);
    let (cluster, (_, named)) = there.next()?;
    there.next().is_none().then(|| (*cluster, place, named.clone()))
}

fn gender_fits(a: Option<Gender>, b: Option<Gender>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Whether a label is another one with a slip.
fn nearly(slip: &Person, right: &Person) -> bool {
    let (a, b) = (slip.words.join(" "), right.words.join(" "));
    let letters = a.chars().count();
    let initial = slip.words.len() == 2
        && slip.words.first().is_some_and(|word| word.chars().count() == 1)
        && slip.words.last() == right.words.last();
    if a == b || initial {
        return true;
    }
    let off = distance(&a, &b);
    let opening = a.chars().next() == b.chars().next();
    letters >= 4 && off <= if letters >= 6 && opening { 2 } else { 1 }
}

/// When and where somebody speaks.
type Occasions<'a> = Vec<(Option<i32>, Option<&'a str>, Option<&'a str>)>;

/// Who speaks under which surname, after the documents have been read by themselves.
struct Speakers<'a> {
    by_surname: HashMap<String, BTreeMap<usize, Occasions<'a>>>,
}

impl<'a> Speakers<'a> {
    fn of(linker: &Linker<'a, '_>) -> Self {
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

    fn named(&self, person: &Person) -> impl Iterator<Item = (&usize, &Occasions<'a>)> {
        person.words.last().and_then(|last| self.by_surname.get(last)).into_iter().flatten()
    }
}

/// How near somebody is to a document.
struct Rank {
    cluster: usize,
    same_series: bool,
    same_issuer: bool,
    spoken: bool,
    days: u32,
}

impl Rank {
    fn of(cluster: usize, occasions: &Occasions<'_>, document: &Document<'_>, spoken: bool) -> Option<Self> {
        let days = |day: Option<i32>| match (day, document.day) {
            (Some(a), Some(b)) => a.abs_diff(b),
            _ => 300,
        };
        let nearest = |keep: &dyn Fn(&(Option<i32>, Option<&str>, Option<&str>)) -> bool| {
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

    fn order(&self) -> (bool, bool, bool, u32) {
        (!self.spoken, !self.same_series, !self.same_issuer, self.days)
    }
}

/// Who never speaks has no page, so cannot be suggested.
fn drop_the_silent(links: &mut Links) {
    let speaking: BTreeSet<usize> =
        links.iter().flatten().flatten().filter(|link| link.score >= LINKED).map(|link| link.cluster).collect();
    for slot in links.iter_mut().flatten() {
        if slot.as_ref().is_some_and(|link| !speaking.contains(&link.cluster)) {
            *slot = None;
        }
    }
}

/// Whoever is left with a form of address and a surname is somebody of whom no more is known.
fn surname_only(
    archive: &Archive<'_>,
    clusters: &mut Clusters,
    readings: &[Vec<Option<Person>>],
    mut links: Links,
) -> Links {
    /// Somebody known by a surname, until when and for whom seen.
    struct Stranger<'a> {
        cluster: usize,
        gender: Option<Gender>,
        issuer: Option<&'a str>,
        last: Option<i32>,
    }
    let mut strangers: BTreeMap<Vec<String>, Vec<Stranger<'_>>> = BTreeMap::new();
    for ((document, labels), people) in archive.documents.iter().zip(&mut links).zip(readings) {
        let mut order: Vec<usize> = (0..people.len()).collect();
        // The frequent labels first: a rare one may be a slip of them.
        order.sort_by_key(|&at| std::cmp::Reverse(document.evidence.labels.get(at).map_or(0, |seen| seen.turns)));
        let mut here: Vec<(usize, u32, &Person)> = Vec::new();
        for at in order {
            let (Some(slot), Some(person), Some(label), Some(seen)) =
                (labels.get_mut(at), people.get(at), document.labels.get(at), document.evidence.labels.get(at))
            else {
                continue;
            };
            let Some(person) = person.as_ref().filter(|person| person.addressed && !person.full) else { continue };
            if slot.is_some()
                || !matches!(label, Label::Person(_))
                || person.words.iter().all(|word| word.chars().count() < 2)
            {
                continue;
            }
            let slip = here
                .iter()
                .find(|(_, turns, right)| seen.turns <= 3 && seen.turns * 2 <= *turns && nearly(person, right));
            if let Some((cluster, _, _)) = slip {
                let reason = format!("“{}” is taken for a slip of {}.", seen.label, clusters.shown(*cluster));
                *slot = Some(Link { cluster: *cluster, score: 0.75, reason });
                continue;
            }
            let known = strangers.entry(person.words.clone()).or_default();
            let same = known.iter_mut().find(|stranger| {
                let near = match (stranger.last, document.day) {
                    (Some(a), Some(b)) => a.abs_diff(b) <= 3 * 365,
                    _ => true,
                };
                near && stranger.issuer == document.issuer && gender_fits(stranger.gender, person.gender)
            });
            let cluster = if let Some(stranger) = same {
                stranger.last = document.day.or(stranger.last);
                stranger.gender = stranger.gender.or(person.gender);
                stranger.cluster
            } else {
                let shown = person
                    .title
                    .as_deref()
                    .map_or_else(|| person.shown.clone(), |title| format!("{} {}", address(title), person.shown));
                let cluster = clusters.add_surname_only(person.words.clone(), shown);
                known.push(Stranger { cluster, gender: person.gender, issuer: document.issuer, last: document.day });
                cluster
            };
            here.push((cluster, seen.turns, person));
            *slot = Some(Link {
                cluster,
                score: 0.75,
                reason: format!("Nothing but the surname is known of {}.", clusters.shown(cluster)),
            });
        }
    }
    links
}

/// A form of address as it stands before a name.
fn address(title: &str) -> String {
    title
        .split_whitespace()
        .map(|word| super::super::name::display(&word.to_uppercase()))
        .map(|word| if word == "MR" || word == "MR." { "Mr.".to_owned() } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}
