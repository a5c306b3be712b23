//! Which person each label of each document means, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::evidence::Place;
use super::super::label::{Label, Person, may_name};
use super::super::name::Name;
use super::super::office;
use super::super::words::{Gender, distance, folded_words};
use super::Known;
use super::archive::{Archive, Document};
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
    };
    linker.editors(known);
    linker.pass(Linker::in_document);
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::slip);
    let seen = Seen::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
    linker.pass(Linker::same_surname_here);
    linker.pass(Linker::spoken_of);
    linker.pass(Linker::same_surname_here);
    let seen = Seen::of(&linker);
    linker.pass(|linker, at, label| linker.in_archive(at, label, &seen));
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
            gender: None,
        }),
        Label::Role(_) | Label::Nothing => None,
    }
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
        self.clusters
            .get(cluster)
            .is_some_and(|cluster| cluster.has_surname(&person.words) && gender_fits(person.gender, cluster.gender()))
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
            let place =
                if seen.place == Place::Speech && titles_agree(person, seen.titles.iter().map(|(title, _)| *title)) {
                    Place::Introduction
                } else {
                    seen.place
                };
            if place == Place::Speech || !self.fits(person, cluster) {
                continue;
            }
            let title = seen.titles.iter().min_by_key(|(_, place)| *place).map(|(title, _)| *title);
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
    fn in_archive(&self, at: usize, label: usize, seen: &Seen<'_>) -> Option<Link> {
        let person = self.person(at, label).filter(|person| !person.full)?;
        let document = self.archive.documents.get(at)?;
        let mut ranked: Vec<Rank> = seen
            .speakers(person)
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

    /// Whether a text gives somebody a title of the kind that the label has, beside the full name or the surname alone.
    fn titled_there(&self, document: &Document<'_>, cluster: usize, person: &Person) -> bool {
        let beside = document.names.iter().any(|seen| {
            self.clusters.of_name(&seen.name) == Some(cluster)
                && titles_agree(person, seen.titles.iter().map(|(title, _)| *title))
        });
        let alone = || {
            document.evidence.titled.iter().any(|titled| {
                folded_words(&titled.surname) == person.words
                    && titles_agree(person, std::iter::once(titled.office.as_str()))
            }) && !self.others_spoken_of(document, person, cluster)
        };
        beside || alone()
    }

    /// The same in texts so many days around, of this issuer or of any.
    fn spoken_of_around(&self, at: usize, label: usize, same_issuer: bool, days: u32) -> Option<Link> {
        let person = self.person(at, label)?;
        let document = self.archive.documents.get(at)?;
        let mut around: BTreeMap<usize, u32> = BTreeMap::new();
        let mut titled: BTreeMap<usize, u32> = BTreeMap::new();
        for cluster in self.clusters.with_surname(&person.words).into_iter().filter(|&at| self.fits(person, at)) {
            let Some(found) = self.clusters.get(cluster) else { continue };
            for other in found.documents.iter().filter_map(|&other| self.archive.documents.get(other)) {
                if (same_issuer && other.issuer != document.issuer)
                    || days_between(document, other).is_some_and(|apart| apart > days)
                {
                    continue;
                }
                *around.entry(cluster).or_default() += 1;
                let agrees = self.titled_there(other, cluster, person);
                *titled.entry(cluster).or_default() += u32::from(agrees);
            }
        }
        titled.retain(|_, times| *times > 0);
        let by_title = leader(&titled).filter(|(_, clear)| *clear);
        let (cluster, clear) = by_title.or_else(|| leader(&around))?;
        let score = match (by_title.is_some(), around.len() == 1) {
            (true, true) => 0.75,
            (true, false) => 0.72,
            (false, true) if same_issuer => 0.72,
            _ if clear => 0.6,
            _ => 0.4,
        };
        let whose = if same_issuer { "this issuer" } else { "other issuers" };
        let because = format!("other texts of {whose} speak of {}.", self.clusters.shown(cluster));
        Some(Link { cluster, score, reason: self.is(at, label, cluster, &because) })
    }
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

/// Whether a title beside a full name is of the kind that the label has: `SECRETARY VALE` and "Secretary of Energy".
fn titles_agree<'t>(person: &Person, mut titles: impl Iterator<Item = &'t str>) -> bool {
    let Some(own) = person.title.as_deref().and_then(|title| office::read(title, None)) else { return false };
    titles.any(|title| office::read(title, None).is_some_and(|other| own.key == other.key || own.is_part_of(&other)))
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

fn days_between(a: &Document<'_>, b: &Document<'_>) -> Option<u32> {
    Some(a.day?.abs_diff(b.day?))
}

/// When and where somebody speaks.
type Occasions<'a> = Vec<(Option<i32>, Option<&'a str>, Option<&'a str>)>;

/// Who speaks under which surname, after the documents have been read by themselves.
struct Seen<'a> {
    by_surname: HashMap<String, BTreeMap<usize, Occasions<'a>>>,
}

impl<'a> Seen<'a> {
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

    fn speakers(&self, person: &Person) -> impl Iterator<Item = (&usize, &Occasions<'a>)> {
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
