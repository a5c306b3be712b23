//! Rules that look at the rest of the archive: who else speaks under a surname, and of whom others speak.

use std::collections::BTreeMap;

use super::super::label::{Person, may_name};
use super::super::office::{self, OfficeName};
use super::archive::{Document, Seen};
use super::link::{Link, Linker, agrees};
use super::speakers::{FAR_DAYS, NEAR_DAYS, Rank, Speakers};

impl Linker<'_, '_> {
    /// The surname belongs to somebody who speaks elsewhere in the archive around that date.
    pub(super) fn in_archive(&self, at: usize, label: usize, seen: &Speakers<'_>) -> Option<Link> {
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

    /// The one person of that surname whom the archive knows at all speaks for the same issuer, if years apart; or for
    /// another, if the label names an office: few of one surname hold one.
    pub(super) fn alone_in_archive(&self, at: usize, label: usize, seen: &Speakers<'_>) -> Option<Link> {
        let person = self.person(at, label).filter(|person| !person.full)?;
        let document = self.archive.documents.get(at)?;
        let known = self.clusters.with_surname(&person.words);
        let [only] = known.as_slice() else { return None };
        let (cluster, occasions) = seen.named(person).find(|(cluster, _)| *cluster == only)?;
        let official = person.title.as_deref().is_some_and(|title| office::read(title, None).is_some());
        let near = occasions.iter().any(|(day, _, issuer)| {
            (*issuer == document.issuer || official)
                && matches!((*day, document.day), (Some(a), Some(b)) if a.abs_diff(b) <= FAR_DAYS)
        });
        let because = format!(
            "nobody else of this surname is known, and {} speaks for this or another issuer.",
            self.clusters.shown(*cluster)
        );
        (near && self.fits(person, *cluster)).then(|| Link {
            cluster: *cluster,
            score: 0.72,
            reason: self.is(at, label, *cluster, &because),
        })
    }

    pub(super) fn spoken_here(&self, document: &Document<'_>, cluster: usize) -> bool {
        document.names.iter().any(|seen| self.clusters.of_name(&seen.name) == Some(cluster))
    }

    pub(super) fn others_spoken_of(&self, document: &Document<'_>, person: &Person, cluster: usize) -> bool {
        document
            .names
            .iter()
            .filter_map(|seen| self.clusters.of_name(&seen.name))
            .any(|other| other != cluster && self.fits(person, other))
    }

    /// The surname belongs to somebody whom this text, or others of the issuer around that date, only speak of.
    pub(super) fn spoken_of(&self, at: usize, label: usize) -> Option<Link> {
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
    pub(super) fn titled_around(&self, at: usize, label: usize, person: &Person) -> Option<Link> {
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
    pub(super) fn around(
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
    pub(super) fn titles_agree(&self, person: &Person, seen: &Seen<'_>) -> bool {
        let own = person.title.as_deref().and_then(|title| office::read(title, None));
        own.is_some_and(|own| {
            seen.titles.iter().any(|title| self.archive.office(title).is_some_and(|office| agrees(&own, office)))
        })
    }

    /// A title of the label's kind stands beside the full name.
    pub(super) fn titled_beside(&self, document: &Document<'_>, cluster: usize, own: &OfficeName) -> bool {
        document.names.iter().any(|seen| {
            self.clusters.of_name(&seen.name) == Some(cluster)
                && seen.titles.iter().any(|title| self.archive.office(title).is_some_and(|office| agrees(own, office)))
        })
    }

    /// It stands beside the surname, in a text where nobody else has it.
    pub(super) fn titled_alone(
        &self,
        document: &Document<'_>,
        cluster: usize,
        person: &Person,
        own: &OfficeName,
    ) -> bool {
        document.titled.iter().any(|(office, surname)| *surname == person.words && agrees(own, office))
            && !self.others_spoken_of(document, person, cluster)
    }

    /// Texts so many days around, of this issuer or of any, speak of somebody with the surname.
    pub(super) fn spoken_of_around(&self, at: usize, label: usize, same_issuer: bool, days: u32) -> Option<Link> {
        let person = self.person(at, label)?;
        let document = self.archive.documents.get(at)?;
        let around: BTreeMap<usize, u32> = self
            .clusters
            .with_surname(&person.words)
            .into_iter()
            .filter(|&cluster| self.fits(person, cluster))
            .map(|cluster| (cluster, self.around(document, cluster, same_issuer, days).count() as u32))
            // A name that fell once, years away, is anybody's.
            .filter(|(_, times)| *times > u32::from(days > NEAR_DAYS))
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

/// The person with the highest count, and whether they have more than three times as much as the next.
fn leader(counts: &BTreeMap<usize, u32>) -> Option<(usize, bool)> {
    let mut ranked: Vec<(u32, usize)> = counts.iter().map(|(cluster, count)| (*count, *cluster)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, cluster) = ranked.first()?;
    Some((*cluster, ranked.get(1).is_none_or(|(second, _)| *best > second * 3)))
}
