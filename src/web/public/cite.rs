//! What is cited, as a value: the words of a briefing in one revision, with everything a citation says of them.

use std::collections::HashMap;

use serde::Deserialize;

use crate::domain::{Audience, BriefingStatus, Role, UtteranceKind};
use crate::export::citation::{Citation, Name, Spoken, Voice, spelt_out};
use crate::store::Connection;
use crate::store::briefings::{self, Briefing, Revision};
use crate::store::record;
use crate::store::transcripts::{self, Text};
use crate::store::utterances::{self, By, Utterance};
use crate::web::error::Error;
use crate::web::{App, phrase, urls};

/// Utterances before the cited ones among which their question is looked for.
pub const BEFORE: i32 = 3;
/// Utterances after the cited ones that are loaded.
pub const AFTER: i32 = 2;

/// The part of the query that pins a revision.
#[derive(Debug, Default, Deserialize)]
pub struct Pin {
    revision: Option<String>,
}

impl Pin {
    /// This revision.
    pub fn of(revision: i32) -> Self {
        Self { revision: Some(revision.to_string()) }
    }

    /// The revision that a form names, if any.
    pub fn read(text: Option<&str>) -> Self {
        Self { revision: text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned) }
    }

    /// The number that is asked for; what is no number is no revision.
    pub fn number(&self) -> Result<Option<i32>, Error> {
        let number = self.revision.as_deref().map(|text| text.parse::<i32>().map_err(|_| Error::NotFound));
        number.transpose()
    }
}

/// Words in their context, and how to cite them.
pub struct Cited {
    /// The briefing.
    pub briefing: Briefing,
    /// The revision they are read from.
    pub revision: Revision,
    /// A few utterances before, the cited ones, a few after.
    pub around: Vec<Utterance>,
    /// Positions of the first and last of the cited ones.
    pub positions: (i32, i32),
    /// How to cite them.
    pub citation: Citation,
}

/// "41" or "41-43".
pub fn read_numbers(text: &str) -> Option<(i32, i32)> {
    let plain = |number: &str| -> Option<i32> {
        let well_formed = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
        number.parse().ok().filter(|_| well_formed)
    };
    match text.split_once('-') {
        None => plain(text).map(|number| (number, number)),
        Some((first, last)) => plain(first).zip(plain(last)).filter(|(first, last)| first < last),
    }
}

/// The spelling of numbers in addresses.
pub fn write_numbers(first: i32, last: i32) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

/// The numbers to which these lead on, where turns were joined to others.
pub async fn moved(conn: &mut Connection, slug: &str, (first, last): (i32, i32)) -> Result<Option<String>, Error> {
    let [from, to] = [
        record::leads_to(conn, slug, first).await?.unwrap_or(first),
        record::leads_to(conn, slug, last).await?.unwrap_or(last),
    ];
    let moved = (from, to) != (first, last) && from <= to;
    Ok(moved.then(|| write_numbers(from, to)))
}

/// A published briefing, its main text, and the revision asked for.
pub async fn find(conn: &mut Connection, slug: &str, pin: &Pin) -> Result<(Briefing, Text, Revision), Error> {
    let briefing = briefings::find(conn, slug).await?.ok_or(Error::NotFound)?;
    if briefing.status != BriefingStatus::Published {
        return Err(Error::NotFound);
    }
    let id = briefing.listed.id;
    let revision = briefings::revision(conn, id, pin.number()?).await?.ok_or(Error::NotFound)?;
    let text = transcripts::texts(conn, id).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok((briefing, text, revision))
}

/// Words by their numbers.
pub async fn load(
    app: &App,
    conn: &mut Connection,
    slug: &str,
    numbers: (i32, i32),
    pin: &Pin,
) -> Result<Cited, Error> {
    let (briefing, text, revision) = find(conn, slug, pin).await?;
    let (first, last) = numbers;
    let (from, to) = utterances::positions(conn, revision.id, first, last).await?.ok_or(Error::NotFound)?;
    let behind = to.saturating_add(AFTER);
    let around = utterances::of_revision(conn, revision.id, Audience::Readers, from - BEFORE, behind).await?;
    let names = utterances::sort_names(conn, briefing.listed.id).await?;
    let spanish = briefing.listed.language.as_deref() == Some("es");
    let voice = |utterance: &Utterance| utterance.by.as_ref().map(|by| voice(app, by, utterance, &names, spanish));
    let spoken = |utterance: &Utterance| Spoken {
        kind: utterance.kind,
        number: utterance.number,
        url: app.absolute(&match utterance.number {
            Some(number) => urls::pinned(&urls::utterance(slug, number), revision.number),
            None => urls::pinned(&urls::briefing(slug), revision.number),
        }),
        voice: voice(utterance),
        text: match &utterance.withheld {
            Some(withheld) => phrase::withheld(withheld),
            None => spelt_out(&utterance.text, &utterance.marks),
        },
    };
    // A label without words is on the page, but there is nothing in it to quote.
    let has_words =
        |u: &&Utterance| (from..=to).contains(&u.position) && (u.withheld.is_some() || !u.text.trim().is_empty());
    let question = question(&around, from).map(spoken);
    let path = urls::utterance(slug, write_numbers(first, last));
    let citation = Citation {
        key: format!("{slug}-{}", write_numbers(first, last)),
        url: app.absolute(&urls::pinned(&path, revision.number)),
        numbers: Some(numbers),
        said: around.iter().filter(has_words).map(spoken).collect(),
        question,
        ..whole(app, &briefing, &text, &revision)
    };
    Ok(Cited { briefing, revision, around, positions: (from, to), citation })
}

/// A whole briefing.
pub fn whole(app: &App, briefing: &Briefing, text: &Text, revision: &Revision) -> Citation {
    let listed = &briefing.listed;
    let path = urls::briefing(&listed.slug);
    Citation {
        key: listed.slug.clone(),
        title: listed.title.clone(),
        briefing_kind: listed.kind,
        series: listed.series.as_ref().map(|series| series.name.clone()),
        date: listed.date,
        place: listed.place.clone(),
        language: listed.language.clone(),
        fiction: listed.fiction,
        issuer: text.issuer.clone().or_else(|| text.publisher.clone()),
        official: text.url.clone(),
        retrieved: text.retrieved_at.to_zoned(jiff::tz::TimeZone::UTC).date(),
        revision: revision.number,
        briefing_url: app.absolute(&path),
        url: app.absolute(&urls::pinned(&path, revision.number)),
        numbers: None,
        said: Vec::new(),
        question: None,
    }
}

/// What the words that begin at a position answer: the last question before them, in the same section.
fn question(around: &[Utterance], from: i32) -> Option<&Utterance> {
    let asks = |utterance: &Utterance| {
        utterance.by.as_ref().is_some_and(|by| by.role == Some(Role::Questioner) && by.speaker.is_none())
    };
    let answer = around.iter().find(|utterance| utterance.position == from)?;
    let by = answer.by.as_ref()?;
    // Who leads the event or laughs does not answer.
    if asks(answer) || matches!(by.role, Some(Role::Moderator | Role::Audience)) {
        return None;
    }
    let before = around.iter().rev().filter(|utterance| utterance.position < from);
    let section = before.take_while(|utterance| utterance.kind != UtteranceKind::Heading);
    section.filter(|utterance| !utterance.text.trim().is_empty()).find(|utterance| asks(utterance))
}

/// `names` says how names are sorted, by slug.
fn voice(app: &App, by: &By, utterance: &Utterance, names: &HashMap<String, String>, spanish: bool) -> Voice {
    let name = by.speaker.as_ref().map(|speaker| {
        let sorted = names.get(&speaker.slug).map_or(speaker.name.as_str(), String::as_str);
        if spanish { Name::spanish(&speaker.name, sorted) } else { Name::new(&speaker.name, sorted) }
    });
    Voice {
        label: by.label.clone(),
        role: by.role,
        speaker: name,
        speaker_url: by.speaker.as_ref().map(|speaker| app.absolute(&urls::speaker(&speaker.slug))),
        office: by.office.clone(),
        asked_by: utterance.asked_by.clone(),
        origin: by.origin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ranges_have_one_spelling_each() {
        assert_eq!(read_numbers("41"), Some((41, 41)));
        assert_eq!(read_numbers("41-43"), Some((41, 43)));
        for wrong in ["", "0", "041", "43-41", "41-41", "41-", "-1", "+1", "a", "99999999999"] {
            assert_eq!(read_numbers(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_number_is_no_revision() {
        let pin = |text: &str| Pin { revision: Some(text.to_owned()) }.number().ok();
        assert_eq!((pin("3"), pin("x"), pin("99999999999")), (Some(Some(3)), None, None));
        assert_eq!(Pin::default().number().ok(), Some(None));
    }
}
