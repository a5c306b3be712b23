//! Citations to test with.

use jiff::civil::date;

use super::{Citation, Name, Spoken, Voice};
use crate::domain::{BriefingKind, Origin, Role, UtteranceKind};

/// Somebody with an office.
pub fn lind() -> Voice {
    Voice {
        label: "MS. LIND".into(),
        role: None,
        speaker: Some(Name::new("Ada Lind", "Lind, Ada")),
        speaker_url: Some("https://onrecord.example/speakers/ada-lind".into()),
        office: Some("Harbour Minister".into()),
        asked_by: None,
        origin: Origin::Machine,
    }
}

/// Nobody in particular.
pub fn reporter() -> Voice {
    Voice {
        label: "Q".into(),
        role: Some(Role::Questioner),
        speaker: None,
        speaker_url: None,
        office: None,
        asked_by: None,
        origin: Origin::Machine,
    }
}

/// One turn.
pub fn spoken(number: i32, voice: Voice, text: &str) -> Spoken {
    let url = format!("https://onrecord.example/briefings/harbour/{number}?revision=1");
    Spoken { kind: UtteranceKind::Turn, number: Some(number), url, voice: Some(voice), text: text.into() }
}

/// An answer that is cited without its question.
pub fn answer() -> Citation {
    Citation {
        key: "harbour-4".into(),
        title: "The dam & the budget".into(),
        briefing_kind: BriefingKind::Transcript,
        series: Some("Harbour Ministry briefing".into()),
        date: Some(date(2026, 3, 10)),
        place: Some("Port Ellis".into()),
        language: Some("en".into()),
        fiction: false,
        issuer: Some("Harbour Ministry".into()),
        official: Some("https://harbour.example/2026/03/10".into()),
        retrieved: date(2026, 3, 11),
        revision: 1,
        briefing_url: "https://onrecord.example/briefings/harbour".into(),
        url: "https://onrecord.example/briefings/harbour/4?revision=1".into(),
        numbers: Some((4, 4)),
        said: vec![spoken(4, lind(), "The dam is safe.")],
        question: Some(spoken(3, reporter(), "Is the dam “safe”?")),
    }
}
