//! Which series a briefing belongs to, as its title, issuer and address tell.
//!
//! Few, well-named series serve a reader better than one for each wording: press briefings, gaggles and on-the-record
//! calls of the White House are one series, because the same people answer the same questions from wherever they are;
//! calls on background are another, because nobody is named in them. A title of an unknown kind yields a series only if
//! something is left of it after names, dates and places are taken away.

use crate::domain::{Draft, Role};

use super::people;

/// A series that a briefing seems to belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesGuess {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub office: Option<String>,
    /// IANA time zone of the office.
    pub time_zone: Option<String>,
    /// ISO 639-1 code.
    pub language: &'static str,
}

/// Bodies whose briefings are known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    WhiteHouse,
    State,
    Pentagon,
    FederalReserve,
    UnitedNations,
    Nato,
    Mexico,
    EuropeanCommission,
}

impl Body {
    /// Marks of the body in issuer, address, title and place, all in small letters.
    const MARKS: [(Self, &'static [&'static str]); 8] = [
        (
            Self::State,
            &[
                "state.gov",
                "state department",
                "department of state",
                "u.s. department of state",
                "department spokesperson",
                "department press briefing",
            ],
        ),
        (Self::Pentagon, &["defense.gov", "defenselink", "war.gov", "pentagon", "department of defense", "dod news"]),
        (Self::FederalReserve, &["federalreserve.gov", "federal reserve", "fomc", "board of governors"]),
        (Self::Nato, &["nato.int", "north atlantic council", "nato secretary general", "nato press"]),
        (
            Self::UnitedNations,
            &[
                "press.un.org",
                "un.org",
                "noon briefing",
                "spokesperson for the secretary-general",
                "office of the spokesperson for the secretary",
                "united nations",
            ],
        ),
        (
            Self::Mexico,
            &[
                "presidencia de la república",
                "gob.mx",
                "lopezobrador.org.mx",
                "versión estenográfica",
                "version estenografica",
            ],
        ),
        (Self::EuropeanCommission, &["ec.europa.eu", "european commission midday"]),
        (
            Self::WhiteHouse,
            &[
                "whitehouse",
                "white house",
                "brady press",
                "brady briefing",
                "air force one",
                "af1",
                "office of the press secretary",
                "press secretary",
                "the press secretary",
                "white-house",
            ],
        ),
    ];

    const fn office(self) -> &'static str {
        match self {
            Self::WhiteHouse => "The White House",
            Self::State => "U.S. Department of State",
            Self::Pentagon => "U.S. Department of Defense",
            Self::FederalReserve => "Federal Reserve",
            Self::UnitedNations => "United Nations",
            Self::Nato => "NATO",
            Self::Mexico => "Presidencia de la República",
            Self::EuropeanCommission => "European Commission",
        }
    }

    const fn time_zone(self) -> &'static str {
        match self {
            Self::Mexico => "America/Mexico_City",
            Self::Nato | Self::EuropeanCommission => "Europe/Brussels",
            Self::WhiteHouse | Self::State | Self::Pentagon | Self::FederalReserve | Self::UnitedNations => {
                "America/New_York"
            }
        }
    }
}

/// The series a briefing seems to belong to.
pub fn guess(draft: &Draft, url: Option<&str>) -> Option<SeriesGuess> {
    let title = draft.title.to_lowercase();
    if title.contains("presidential debate")
        || (title.contains("debate") && title.contains("president"))
        || title.contains("candidates debate")
    {
        let vice = title.contains("vice");
        return Some(named(if vice { "Vice presidential debates" } else { "Presidential debates" }, None));
    }
    if let Some(body) = body(draft, url, &title).or_else(|| opening(draft)) {
        return Some(of_body(body, &title, draft));
    }
    from_title(draft)
}

fn named(name: &str, body: Option<Body>) -> SeriesGuess {
    SeriesGuess {
        name: name.to_owned(),
        office: body.map(|body| body.office().to_owned()),
        time_zone: Some(body.map_or("America/New_York", Body::time_zone).to_owned()),
        language: if body == Some(Body::Mexico) { "es" } else { "en" },
    }
}

fn body(draft: &Draft, url: Option<&str>, title: &str) -> Option<Body> {
    let low = |text: Option<&str>| text.map(str::to_lowercase).unwrap_or_default();
    // The issuer's own word first; a place only last, for many meet in others' rooms.
    [low(draft.issuer.as_deref()), low(url), title.to_owned(), low(draft.place.as_deref())].iter().find_map(|text| {
        Body::MARKS.into_iter().find(|(_, marks)| marks.iter().any(|mark| text.contains(mark))).map(|(body, _)| body)
    })
}

/// Nothing around the words tells whose they are, but layout or opening do: "Today the Federal Open Market Committee …",
/// or the State Department's daily briefing, which names neither the department nor the reporters.
fn opening(draft: &Draft) -> Option<Body> {
    const WORDS: usize = 3_000;
    let mut words = String::new();
    for utterance in &draft.utterances {
        words.push_str(&utterance.text.to_lowercase());
        words.push('\n');
        if words.len() > WORDS {
            break;
        }
    }
    let chair =
        draft.utterances.iter().filter_map(|utterance| utterance.label.as_deref()).any(|label| {
            label.split_whitespace().next().is_some_and(|first| first.to_uppercase().starts_with("CHAIR"))
        });
    let asked = draft.utterances.iter().any(|utterance| utterance.label.as_deref() == Some("QUESTION"));
    let capital = draft.place.as_deref().is_some_and(|place| place.to_lowercase().contains("washington"));
    if asked && capital && draft.title.to_lowercase().starts_with("daily press briefing") {
        return Some(Body::State);
    }
    let committee = ["federal open market committee", "fomc", "the federal reserve", "at the fed"];
    (chair && committee.iter().any(|name| words.contains(name))).then_some(Body::FederalReserve)
}

fn of_body(body: Body, title: &str, draft: &Draft) -> SeriesGuess {
    let anonymous = draft
        .utterances
        .iter()
        .filter_map(|utterance| utterance.label.as_deref())
        .any(|label| people::role_of(label) == Some(Role::Official));
    let background =
        title.contains("background") && !title.contains("on-the-record") && !title.contains("on the record");
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let name = match body {
        Body::WhiteHouse if background || (anonymous && has(&["call", "senior administration official"])) => {
            "White House background briefing"
        }
        Body::WhiteHouse
            if has(&["briefing", "gaggle", "press call", "on-the-record", "conference call", "press conference"])
                || title.is_empty() =>
        {
            "White House press briefing"
        }
        Body::WhiteHouse if has(&["remarks", "interview", "speech", "address"]) => "White House remarks",
        Body::WhiteHouse => "White House press briefing",
        Body::State if background || anonymous && has(&["special briefing", "background"]) => {
            "State Department special briefing"
        }
        Body::State
            if has(&[
                "special briefing",
                "special online",
                "telephonic",
                "digital press",
                "on-the-record",
                "briefing with",
            ]) =>
        {
            "State Department special briefing"
        }
        Body::State if has(&["remarks", "press availability", "interview"]) => "State Department remarks",
        Body::State => "State Department daily briefing",
        Body::Pentagon => "Pentagon press briefing",
        Body::FederalReserve => "Federal Reserve press conference",
        Body::UnitedNations if has(&["security council", "president of the general assembly"]) => "UN press conference",
        Body::UnitedNations => "UN noon briefing",
        Body::Nato => "NATO press conference",
        Body::EuropeanCommission => "European Commission midday briefing",
        Body::Mexico => "Conferencia matutina del Presidente de México",
    };
    named(name, Some(body))
}

/// Kinds of events in titles of unknown layouts.
const KINDS: &[&str] = &[
    "daily press briefing",
    "press briefing",
    "news conference",
    "press conference",
    "media briefing",
    "daily briefing",
    "news briefing",
    "press gaggle",
    "earnings call",
    "town hall",
    "conferencia de prensa",
    "rueda de prensa",
    "question time",
    "media availability",
    "press availability",
];

/// What is left of a title without names, dates and places: an issuer with a kind of event.
fn from_title(draft: &Draft) -> Option<SeriesGuess> {
    let title = draft.title.to_lowercase();
    let kind = KINDS.iter().find(|kind| title.contains(**kind))?;
    let issuer =
        draft.issuer.as_deref().map(str::trim).filter(|issuer| !issuer.is_empty() && issuer.chars().count() <= 60)?;
    let spanish = draft.language.as_deref() == Some("es");
    let name = if spanish {
        format!("{issuer}: {kind}")
    } else {
        format!("{} {kind}", issuer.strip_prefix("The ").unwrap_or(issuer))
    };
    Some(SeriesGuess { name, office: None, time_zone: None, language: if spanish { "es" } else { "en" } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, issuer: Option<&str>, language: &str) -> Draft {
        Draft {
            briefing_kind: crate::domain::BriefingKind::Transcript,
            title: title.to_owned(),
            date: None,
            date_origin: None,
            starts: None,
            ends: None,
            zone: None,
            place: None,
            series: None,
            issuer: issuer.map(str::to_owned),
            language: Some(language.to_owned()),
            subjects: Vec::new(),
            utterances: Vec::new(),
        }
    }

    fn name(title: &str, issuer: Option<&str>) -> Option<String> {
        guess(&draft(title, issuer, "en"), None).map(|guess| guess.name)
    }

    #[test]
    fn the_white_house_has_few_series() {
        for title in [
            "Press Briefing by Press Secretary Rosa Vale, 3/31/2031",
            "Press Gaggle aboard Air Force One en route Andrews AFB, 01/08/31",
            "On-the-Record Press Call by White House Spokesperson Ian Vale",
            "Daily Briefing by the Press Secretary",
            "Gaggle by White House Press Secretary Rosa Vale",
        ] {
            assert_eq!(name(title, None).as_deref(), Some("White House press briefing"), "{title}");
        }
        assert_eq!(
            name("Background Press Call by Senior Administration Officials on Ruritania", Some("The White House"))
                .as_deref(),
            Some("White House background briefing")
        );
        assert_eq!(
            name("Background Briefing on Auto Industry", Some("The White House")).as_deref(),
            Some("White House background briefing")
        );
    }

    #[test]
    fn other_bodies_have_theirs() {
        assert_eq!(
            name("Department Press Briefing – March 3, 2031", Some("U.S. Department of State")).as_deref(),
            Some("State Department daily briefing")
        );
        assert_eq!(
            name("Daily Press Briefing", Some("U.S. Department of State")).as_deref(),
            Some("State Department daily briefing")
        );
        assert_eq!(
            name("Pentagon Press Secretary Rosa Vale Holds a Briefing", None).as_deref(),
            Some("Pentagon press briefing")
        );
        assert_eq!(
            name("Transcript of Chair Vale’s FOMC Press Conference", None).as_deref(),
            Some("Federal Reserve press conference")
        );
        assert_eq!(
            name("Daily Press Briefing by the Office of the Spokesperson for the Secretary-General", None).as_deref(),
            Some("UN noon briefing")
        );
        let title = "Versión estenográfica. Conferencia de prensa de la presidenta Rosa Vale";
        let mexico = guess(&draft(title, Some("Presidencia de la República"), "es"), None).expect("a series");
        assert_eq!(mexico.name, "Conferencia matutina del Presidente de México");
        assert_eq!((mexico.language, mexico.time_zone.as_deref()), ("es", Some("America/Mexico_City")));
        assert_eq!(name("Presidential debate, first", None).as_deref(), Some("Presidential debates"));
    }

    fn turn(label: &str, text: &str) -> crate::domain::DraftUtterance {
        crate::domain::DraftUtterance {
            kind: crate::domain::UtteranceKind::Turn,
            label: Some(label.to_owned()),
            text: text.to_owned(),
            marks: Vec::new(),
            asked_by: None,
            goes_on: false,
            starts_at_ms: None,
        }
    }

    #[test]
    fn words_and_layout_tell_what_the_title_leaves_out() {
        let mut fed = draft("Transcript of Chair Vale’s Press Conference", None, "en");
        fed.utterances = vec![turn("CHAIR VALE", "Today the Federal Open Market Committee raised its target.")];
        assert_eq!(guess(&fed, None).map(|guess| guess.name).as_deref(), Some("Federal Reserve press conference"));
        let mut state = draft("Daily Press Briefing", None, "en");
        state.place = Some("Washington, DC".to_owned());
        state.utterances = vec![turn("MR VALE", "Hello."), turn("QUESTION", "Why?")];
        assert_eq!(guess(&state, None).map(|guess| guess.name).as_deref(), Some("State Department daily briefing"));
        state.utterances.pop();
        assert_eq!(guess(&state, None), None);
    }

    #[test]
    fn unknown_bodies_have_what_their_titles_leave() {
        assert_eq!(
            name("Press conference with Minister Vale, 3 March 2031", Some("Government of Ruritania")).as_deref(),
            Some("Government of Ruritania press conference")
        );
        assert_eq!(name("A walk in the woods", Some("Government of Ruritania")), None);
        assert_eq!(name("Press conference", None), None);
    }
}
