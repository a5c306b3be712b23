//! Stories of fictional people.

use jiff::civil::date;

use crate::domain::{BriefingKind, Draft, DraftUtterance, Role, Slug, SpeakerId, UtteranceKind};

use super::super::evidence;
use super::*;

/// One transcript: title and turns as (label, words).
fn transcript(key: i64, day: (i16, i8, i8), title: &str, turns: &[(&str, &str)]) -> TranscriptEvidence {
    issued(key, day, "The White House", title, turns)
}

fn issued(key: i64, day: (i16, i8, i8), issuer: &str, title: &str, turns: &[(&str, &str)]) -> TranscriptEvidence {
    let series = format!("{issuer} briefing");
    let utterances = turns
        .iter()
        .map(|(label, text)| DraftUtterance {
            kind: if label.is_empty() { UtteranceKind::Heading } else { UtteranceKind::Turn },
            label: (!label.is_empty()).then(|| (*label).to_owned()),
            text: (*text).to_owned(),
            marks: Vec::new(),
            asked_by: None,
            goes_on: false,
            starts_at_ms: None,
        })
        .collect();
    let draft = Draft {
        briefing_kind: BriefingKind::Transcript,
        title: title.to_owned(),
        date: Some(date(day.0, day.1, day.2)),
        date_origin: None,
        starts: None,
        ends: None,
        zone: None,
        place: None,
        series: Some(series.clone()),
        issuer: Some(issuer.to_owned()),
        language: Some("en".to_owned()),
        subjects: Vec::new(),
        utterances,
    };
    TranscriptEvidence { key, date: draft.date, series: Some(series), evidence: evidence(&draft) }
}

/// Name, office and whether linked; or the role; or nothing.
fn meaning(resolution: &Resolution, key: i64, label: &str) -> String {
    let found =
        resolution.labels.iter().find(|meaning| meaning.key == key && meaning.label == label).expect("the label");
    match &found.meaning {
        Meaning::Role(role) => role.as_str().to_owned(),
        Meaning::Unknown => "unknown".to_owned(),
        Meaning::Person(link) => {
            let office = link.office.as_deref().map(|office| format!(", {office}")).unwrap_or_default();
            let name = &resolution.people[link.person].name;
            if link.linked { format!("{name}{office}") } else { format!("{name}?") }
        }
    }
}

fn names(resolution: &Resolution) -> Vec<&str> {
    resolution.people.iter().map(|person| person.name.as_str()).collect()
}

fn resolved(transcripts: &[TranscriptEvidence]) -> Resolution {
    resolve(transcripts, &Known::default())
}

#[test]
fn the_title_names_whom_a_surname_means_and_the_office_held_then() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing by Press Secretary Nadine Jean-Marc and NSC Coordinator for Strategic Communications John Arrowood",
        &[("MS. JEAN-MARC", "Good afternoon."), ("MR. ARROWOOD", "Hello."), ("Q", "Why?"), ("MODERATOR", "Next.")],
    );
    let resolution = resolved(&[one]);
    assert_eq!(meaning(&resolution, 1, "MS. JEAN-MARC"), "Nadine Jean-Marc, White House Press Secretary");
    assert_eq!(meaning(&resolution, 1, "MR. ARROWOOD"), "John Arrowood, NSC Coordinator for Strategic Communications");
    assert_eq!(
        (meaning(&resolution, 1, "Q"), meaning(&resolution, 1, "MODERATOR")),
        ("questioner".into(), "moderator".into())
    );
    assert_eq!(names(&resolution), ["John Arrowood", "Nadine Jean-Marc"]);
    let reason = resolution.labels.iter().find_map(|label| match &label.meaning {
        Meaning::Person(link) if label.label == "MR. ARROWOOD" => Some(link.reason.as_str()),
        _ => None,
    });
    assert_eq!(
        reason,
        Some(
            "“MR. ARROWOOD” is John Arrowood: the title names “NSC Coordinator for Strategic Communications John Arrowood”."
        )
    );
}

#[test]
fn an_introduction_names_who_comes_next() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing",
        &[
            ("MR. STONE", "I'm joined today by our Secretary of Energy, Ernie Vale. Ernie."),
            ("SECRETARY VALE", "Thank you."),
            ("Q", "What does Senator Todd Vale say?"),
        ],
    );
    assert_eq!(meaning(&resolved(&[one]), 1, "SECRETARY VALE"), "Ernie Vale, Secretary of Energy");
}

#[test]
fn the_archive_knows_who_a_bare_surname_is_at_that_time() {
    let titled = transcript(1, (2031, 3, 1), "Press Briefing by Press Secretary Robert Vale", &[("MR. VALE", "Hi.")]);
    let bare = transcript(2, (2031, 4, 1), "Press Briefing 4/1/31", &[("MR. VALE", "Hi.")]);
    let later = transcript(3, (2043, 3, 1), "Press Briefing by Press Secretary Edwin Vale", &[("MR. VALE", "Hi.")]);
    let bare_later = transcript(4, (2043, 5, 1), "Press Briefing 5/1/43", &[("MR. VALE", "Hi.")]);
    let resolution = resolved(&[titled, bare, later, bare_later]);
    assert_eq!(meaning(&resolution, 2, "MR. VALE"), "Robert Vale, White House Press Secretary");
    assert_eq!(meaning(&resolution, 4, "MR. VALE"), "Edwin Vale, White House Press Secretary");
}

#[test]
fn the_form_of_address_excludes_the_other_half_of_a_family() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing by Budget Director Paula Vale",
        &[("MS. VALE", "Hi."), ("MR. STONE", "My colleague Henry Vale is ill.")],
    );
    let two = transcript(2, (2031, 3, 2), "Press Briefing", &[("MR. VALE", "I am better.")]);
    let resolution = resolved(&[one, two]);
    assert!(meaning(&resolution, 1, "MS. VALE").starts_with("Paula Vale"));
    assert_eq!(meaning(&resolution, 2, "MR. VALE"), "Henry Vale");
}

#[test]
fn two_labels_of_one_surname_in_one_text_are_one_person() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Call by OMB Director Paula Vale",
        &[("DIRECTOR VALE", "Hi."), ("MS. VALE", "As I said."), ("Mr. Stone", "Yes.")],
    );
    let resolution = resolved(&[one]);
    assert_eq!(meaning(&resolution, 1, "DIRECTOR VALE"), "Paula Vale, OMB Director");
    assert_eq!(meaning(&resolution, 1, "MS. VALE"), "Paula Vale, OMB Director");
}

#[test]
fn slips_of_the_typist_are_the_same_person() {
    let turns: Vec<(&str, &str)> = [("MR. ARROWOOD", "Yes.")]
        .repeat(9)
        .into_iter()
        .chain([("MR. ARRWOOOD", "No."), ("MS. ARROWOOD", "Hm."), ("R. ARROWOOD", "So.")])
        .collect();
    let one = transcript(1, (2031, 3, 1), "Press Briefing by Press Secretary Josh Arrowood", &turns);
    let resolution = resolved(&[one]);
    for label in ["MR. ARRWOOOD", "MS. ARROWOOD", "R. ARROWOOD"] {
        assert!(
            meaning(&resolution, 1, label).starts_with("Josh Arrowood"),
            "{label}: {}",
            meaning(&resolution, 1, label)
        );
    }
    assert_eq!(names(&resolution), ["Josh Arrowood"]);
}

#[test]
fn forms_of_a_name_are_one_page() {
    let one = issued(
        1,
        (2031, 3, 1),
        "Debates",
        "Presidential debate",
        &[("Joseph R Vale", "Folks."), ("Chris Stone", "Sir.")],
    );
    let two = transcript(2, (2031, 6, 1), "Remarks by President Joe Vale", &[("THE PRESIDENT", "Folks.")]);
    let three = transcript(
        3,
        (2031, 6, 9),
        "Press Gaggle",
        &[("PRESIDENT VALE", "Folks."), ("MR. STONE", "President Vale spoke.")],
    );
    let resolution = resolved(&[one, two, three]);
    assert_eq!(meaning(&resolution, 1, "Joseph R Vale"), "Joe Vale");
    assert_eq!(meaning(&resolution, 2, "THE PRESIDENT"), "Joe Vale, President");
    assert_eq!(meaning(&resolution, 3, "PRESIDENT VALE"), "Joe Vale, President");
    assert_eq!(resolution.people.iter().filter(|person| person.name.contains("Vale")).count(), 1);
}

#[test]
fn the_president_is_not_the_presidents_son() {
    let one = transcript(
        1,
        (2031, 6, 1),
        "Press Gaggle",
        &[("THE PRESIDENT", "No."), ("Q", "President Vale, what of Hunter Vale? Hunter Vale again?")],
    );
    let two =
        transcript(2, (2031, 7, 1), "Press Briefing", &[("MS. STONE", "The office of President Joe Vale is clear.")]);
    assert_eq!(meaning(&resolved(&[one, two]), 1, "THE PRESIDENT"), "Joe Vale, President");
}

#[test]
fn a_surname_alone_is_a_page_that_the_given_name_renames() {
    let bare = transcript(1, (2031, 3, 1), "Press Briefing", &[("MR. DOWNWOOD", "Hi.")]);
    let before = resolved(std::slice::from_ref(&bare));
    assert_eq!(names(&before), ["Mr. Downwood"]);
    let known = KnownSpeaker {
        id: SpeakerId(7),
        slug: before.people[0].slug.clone(),
        names: before.people[0].names.clone(),
        held: false,
    };
    let named =
        transcript(2, (2031, 3, 9), "Press Briefing by Jim Downwood, Director of Parks", &[("MR. DOWNWOOD", "Hi.")]);
    let after = resolve(&[bare, named], &Known { speakers: vec![known], decisions: Vec::new() });
    let person = &after.people[0];
    assert_eq!(
        (person.id, person.name.as_str(), person.slug.as_str()),
        (Some(SpeakerId(7)), "Jim Downwood", "jim-downwood")
    );
    assert_eq!(person.renamed_from.as_ref().map(Slug::as_str), Some("mr-downwood"));
    assert_eq!(after.people.len(), 1);
}

#[test]
fn two_pages_that_prove_to_be_one_person_become_one() {
    let speaker = |id: i64, name: &str| KnownSpeaker {
        id: SpeakerId(id),
        slug: Slug::from_text(name).expect("a slug"),
        names: vec![name.to_owned()],
        held: false,
    };
    let one = transcript(1, (2031, 3, 1), "Press Briefing by Anthony Vale", &[("DR. VALE", "Hi.")]);
    let known = Known { speakers: vec![speaker(3, "Tony Vale"), speaker(2, "Anthony Vale")], decisions: Vec::new() };
    let resolution = resolve(&[one], &known);
    assert_eq!(resolution.people.len(), 1);
    assert_eq!(
        (resolution.people[0].id, resolution.people[0].absorbs.as_slice()),
        (Some(SpeakerId(2)), [SpeakerId(3)].as_slice())
    );
}

#[test]
fn an_editor_has_the_last_word() {
    let one = transcript(1, (2031, 3, 1), "Press Briefing by Rosa Vale", &[("MS. VALE", "Hi.")]);
    let other = KnownSpeaker {
        id: SpeakerId(5),
        slug: Slug::parse("hilda-vale").expect("a slug"),
        names: vec!["Hilda Vale".to_owned()],
        held: true,
    };
    let decide = |is| Known {
        speakers: vec![other.clone()],
        decisions: vec![Decision { key: 1, label: "MS. VALE".to_owned(), speaker: SpeakerId(5), is }],
    };
    assert_eq!(meaning(&resolve(std::slice::from_ref(&one), &decide(true)), 1, "MS. VALE"), "Hilda Vale");
    assert_eq!(meaning(&resolve(&[one], &decide(false)), 1, "MS. VALE"), "Rosa Vale");
}

#[test]
fn a_head_names_the_speaker_and_a_spokesman_is_a_role() {
    let state = issued(
        1,
        (2031, 3, 1),
        "U.S. Department of State",
        "Daily Press Briefing",
        &[
            ("", "Ned Arrowood"),
            ("", "Department Spokesperson"),
            ("", "Washington, DC"),
            ("MR ARROWOOD", "Hi."),
            ("QUESTION", "Why?"),
        ],
    );
    let un =
        issued(2, (2031, 3, 1), "United Nations", "Noon briefing", &[("Spokesman", "Hi."), ("Correspondent", "Why?")]);
    let resolution = resolved(&[state, un]);
    assert_eq!(meaning(&resolution, 1, "MR ARROWOOD"), "Ned Arrowood, State Department Spokesperson");
    assert_eq!((meaning(&resolution, 2, "Spokesman").as_str(), Role::Official.as_str()), ("official", "official"));
    assert_eq!(names(&resolution), ["Ned Arrowood"]);
}

#[test]
fn what_names_nobody_has_no_page() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Background call",
        &[
            ("SENIOR ADMINISTRATION OFFICIAL #2", "Hi."),
            ("NOTE", "x"),
            ("WHITE HOUSE", "x"),
            ("AIDE", "x"),
            ("PRESS SECRETARY", "x"),
        ],
    );
    let resolution = resolved(&[one]);
    assert_eq!(names(&resolution), Vec::<&str>::new());
    assert_eq!(meaning(&resolution, 1, "SENIOR ADMINISTRATION OFFICIAL #2"), "official");
}

#[test]
fn offices_are_dated_and_claimed_only_near_their_dates() {
    let early =
        transcript(1, (2031, 3, 1), "Press Briefing by Deputy Press Secretary Eric Vale", &[("MR. VALE", "Hi.")]);
    let late = transcript(2, (2033, 3, 1), "Press Briefing by Press Secretary Eric Vale", &[("MR. VALE", "Hi.")]);
    let bare = transcript(3, (2033, 4, 1), "Press Briefing", &[("MR. VALE", "Hi.")]);
    let far = transcript(4, (2036, 3, 1), "Press Briefing", &[("MR. VALE", "Hi.")]);
    let resolution = resolved(&[early, late, bare, far]);
    let offices: Vec<(&str, Option<Date>)> =
        resolution.people[0].offices.iter().map(|office| (office.title.as_str(), office.from)).collect();
    assert_eq!(
        offices,
        [
            ("White House Deputy Press Secretary", Some(date(2031, 3, 1))),
            ("White House Press Secretary", Some(date(2033, 3, 1)))
        ]
    );
    assert_eq!(meaning(&resolution, 1, "MR. VALE"), "Eric Vale, White House Deputy Press Secretary");
    assert_eq!(meaning(&resolution, 3, "MR. VALE"), "Eric Vale, White House Press Secretary");
    assert_eq!(meaning(&resolution, 4, "MR. VALE"), "Eric Vale");
}

#[test]
fn three_names_of_which_one_is_a_letter_off_are_one_person_in_any_text() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing",
        &[("CIRO DOWNWOOD LEYVA", "Hi."), ("CIRO DOWNWOOD LEYVA", "Ho.")],
    );
    let two = transcript(2, (2031, 9, 1), "Press Briefing", &[("CIRO DOWNWOOD LEYA", "Hi.")]);
    assert_eq!(names(&resolved(&[one, two])).len(), 1);
}

/// Somebody's offices as a page lists them.
fn held(resolution: &Resolution, name: &str) -> Vec<String> {
    let person = resolution.people.iter().find(|person| person.name == name).expect("the person");
    let year = |date: Option<Date>| date.map_or(0, Date::year);
    person.offices.iter().map(|office| format!("{} {}-{}", office.title, year(office.from), year(office.to))).collect()
}

#[test]
fn a_spokesman_who_is_only_spoken_of_does_not_speak_for_the_issuer() {
    let quoted = |key, month| {
        let words = "As the other department's spokesman John Arrowood said yesterday, no.";
        transcript(key, (2031, month, 1), "Press Briefing", &[("MR. STONE", words)])
    };
    let own =
        transcript(3, (2031, 9, 1), "Press Briefing by NSC Coordinator John Arrowood", &[("MR. ARROWOOD", "Hi.")]);
    let resolution = resolved(&[quoted(1, 3), quoted(2, 4), own]);
    assert_eq!(held(&resolution, "John Arrowood"), ["NSC Coordinator 2031-2031"]);
}

#[test]
fn what_others_say_later_does_not_prolong_an_office() {
    let here =
        transcript(1, (2031, 3, 1), "Press Briefing by Secretary of Defense Robert Vale", &[("MR. VALE", "Hi.")]);
    let late = |key, month| {
        let words = "As our Secretary of Defense, Robert Vale, writes in his book.";
        transcript(key, (2037, month, 1), "Press Briefing", &[("MR. STONE", words)])
    };
    let resolution = resolved(&[here, late(2, 3), late(3, 4)]);
    assert_eq!(held(&resolution, "Robert Vale"), ["Secretary of Defense 2031-2031"]);
}

#[test]
fn a_title_that_calls_somebody_what_all_others_do_not_is_a_slip() {
    let slip = transcript(
        1,
        (2031, 3, 9),
        "Press Gaggle by Press Secretary Robert Stone and Deputy Press Secretary James Vale",
        &[("MR. VALE", "Hi."), ("MR. STONE", "With me is Deputy Secretary of State James Vale.")],
    );
    let right = |key, day| {
        transcript(
            key,
            (2031, 3, day),
            "Press Briefing by Deputy Secretary of State James Vale",
            &[("MR. VALE", "Hi.")],
        )
    };
    let resolution = resolved(&[slip, right(2, 1), right(3, 12), right(4, 20)]);
    assert_eq!(held(&resolution, "James Vale"), ["Deputy Secretary of State 2031-2031"]);
    assert_eq!(meaning(&resolution, 1, "MR. VALE"), "James Vale, Deputy Secretary of State");
}

#[test]
fn a_form_of_address_is_no_office_beside_a_fuller_one() {
    let one = transcript(1, (2031, 3, 1), "Press Briefing by Trade Representative Mike Vale", &[("MR. VALE", "Hi.")]);
    let two = transcript(2, (2031, 3, 9), "Press Briefing by Ambassador Mike Vale", &[("AMBASSADOR VALE", "Hi.")]);
    assert_eq!(held(&resolved(&[one, two]), "Mike Vale"), ["Trade Representative 2031-2031"]);
}

#[test]
fn who_is_known_by_office_and_surname_is_shown_by_the_surname() {
    let one = transcript(1, (2031, 3, 1), "Press Briefing", &[("PRIME MINISTER ARROWOOD", "Hello."), ("Q", "Why?")]);
    let resolution = resolved(std::slice::from_ref(&one));
    assert_eq!(meaning(&resolution, 1, "PRIME MINISTER ARROWOOD"), "Arrowood, Prime Minister");
    let known = KnownSpeaker {
        id: SpeakerId(7),
        slug: Slug::from_text("Arrowood").expect("a slug"),
        names: vec!["Arrowood".to_owned()],
        held: false,
    };
    let again = resolve(&[one], &Known { speakers: vec![known], decisions: Vec::new() });
    assert_eq!((again.people.len(), again.people[0].id), (1, Some(SpeakerId(7))));
}

#[test]
fn an_official_of_a_surname_that_nobody_else_has_is_known_elsewhere() {
    let fed = issued(1, (2031, 3, 1), "Federal Reserve", "Press Conference", &[("CHAIR ARROWOOD", "We raised it.")]);
    let later = transcript(2, (2038, 3, 1), "Press Briefing by Treasurer Rosa Arrowood", &[("MS. ARROWOOD", "Hi.")]);
    assert_eq!(meaning(&resolved(&[fed, later]), 1, "CHAIR ARROWOOD"), "Rosa Arrowood, Federal Reserve Chair");
}

#[test]
fn the_order_of_files_and_their_keys_make_no_difference() {
    let build = |keys: [i64; 4]| {
        vec![
            transcript(keys[0], (2031, 3, 1), "Press Briefing by Press Secretary Robert Vale", &[("MR. VALE", "Hi.")]),
            transcript(keys[1], (2031, 3, 1), "Press Briefing by Press Secretary Edwin Vale", &[("MR. VALE", "Hi.")]),
            transcript(keys[2], (2031, 3, 1), "Press Briefing", &[("MR. VALE", "Hi."), ("MR. STONE", "Ha.")]),
            transcript(keys[3], (2032, 3, 1), "Press Briefing", &[("MR. STONE", "Ho."), ("DR. STONE", "Ho.")]),
        ]
    };
    let straight = resolved(&build([1, 2, 3, 4]));
    let mut turned = build([40, 30, 20, 10]);
    turned.reverse();
    let reversed = resolved(&turned);
    assert_eq!(straight.people, reversed.people);
    for (a, b) in [(1, 40), (2, 30), (3, 20)] {
        assert_eq!(meaning(&straight, a, "MR. VALE"), meaning(&reversed, b, "MR. VALE"));
    }
}

#[test]
fn a_form_of_address_tells_two_people_of_one_surname_apart() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing by Press Secretary Joren Pellow and Chief Medical Officer Dr. Anneke Pellow",
        &[("MR. PELLOW", "Good afternoon."), ("DR. PELLOW", "Thank you."), ("MR. PELLOW", "Questions.")],
    );
    let resolution = resolved(&[one]);
    assert!(meaning(&resolution, 1, "MR. PELLOW").starts_with("Joren Pellow"));
    assert!(meaning(&resolution, 1, "DR. PELLOW").starts_with("Anneke Pellow"));
}

#[test]
fn a_line_of_the_head_names_the_speaker_whatever_the_given_name() {
    let one = issued(
        1,
        (2031, 3, 1),
        "Foreign Ministry",
        "Daily Press Briefing",
        &[("", "Mirelka Castanova"), ("", "Spokesperson"), ("MS CASTANOVA", "Hello."), ("QUESTION", "Hello.")],
    );
    assert!(meaning(&resolved(&[one]), 1, "MS CASTANOVA").starts_with("Mirelka Castanova"));
}

#[test]
fn a_title_may_give_the_office_beside_a_surname_alone() {
    let one = transcript(
        1,
        (2031, 3, 1),
        "Press Briefing with Energy Secretary Vale, and Trade Director Stone",
        &[("MR. PELL", "Here is Ada Vale. Ada."), ("SECRETARY VALE", "Thanks."), ("MS. STONE", "Thanks.")],
    );
    let resolution = resolved(&[one]);
    assert_eq!(meaning(&resolution, 1, "SECRETARY VALE"), "Ada Vale, Energy Secretary");
    assert_eq!(meaning(&resolution, 1, "MS. STONE"), "Ms. Stone, Trade Director");
}

#[test]
fn what_others_call_somebody_before_and_after_a_day_is_the_office_then() {
    let spoken = |key, day| transcript(key, day, "Briefing", &[("MR. PELL", "Ask Budget Director Ada Vale tomorrow.")]);
    let held = transcript(2, (2031, 4, 20), "Briefing", &[("MR. PELL", "Ada Vale is here."), ("MS. VALE", "Hello.")]);
    let later = transcript(4, (2033, 4, 20), "Briefing", &[("MR. PELL", "Ada Vale is here."), ("MS. VALE", "Hello.")]);
    let all = [spoken(1, (2031, 2, 1)), held, spoken(3, (2031, 8, 1)), later];
    let resolution = resolved(&all);
    assert_eq!(meaning(&resolution, 2, "MS. VALE"), "Ada Vale, Budget Director");
    assert_eq!(meaning(&resolution, 4, "MS. VALE"), "Ada Vale");
}

#[test]
fn a_name_that_fell_once_years_away_is_not_whoever_speaks() {
    let passing = transcript(1, (2023, 3, 1), "Briefing", &[("MR. PELL", "Among them was Leonard Stone from Bost.")]);
    let actor = transcript(2, (2031, 3, 1), "Briefing", &[("MR. STONE", "Hello.")]);
    assert_eq!(meaning(&resolved(&[passing, actor]), 2, "MR. STONE"), "Mr. Stone");
}

#[test]
fn an_office_is_the_same_in_another_language() {
    let words = [("PRESIDENTE", "Hablé con el primer ministro Fumio Arrowood ayer.")];
    let mut spanish = issued(1, (2031, 7, 1), "Presidencia", "Conferencia", &words);
    spanish.evidence.double_surnames = true;
    let title = "Remarks by Prime Minister Arrowood";
    let english = transcript(2, (2031, 3, 1), title, &[("PRIME MINISTER ARROWOOD", "Thank you.")]);
    assert_eq!(meaning(&resolved(&[spanish, english]), 2, "PRIME MINISTER ARROWOOD"), "Fumio Arrowood, Prime Minister");
}

#[test]
fn a_press_secretary_is_that_of_the_issuer_beside_those_of_others() {
    let house = transcript(1, (2031, 3, 1), "Briefing by Press Secretary Ada Vale", &[("MS. VALE", "Hello.")]);
    let words = [("PRESS SECRETARY JOHN STONE", "Hello."), ("MR. STONE", "Next.")];
    let pentagon =
        |key| issued(key, (2031, 3, 1), "Department of Defense", "Press Secretary John Stone briefs", &words);
    let resolution = resolved(&[house, pentagon(2), pentagon(3), pentagon(4)]);
    assert_eq!(meaning(&resolution, 1, "MS. VALE"), "Ada Vale, White House Press Secretary");
    assert_eq!(meaning(&resolution, 2, "MR. STONE"), "John Stone, Pentagon Press Secretary");
}

#[test]
fn a_page_for_a_surname_does_not_stand_in_the_way_of_the_name_that_comes_later() {
    let early = transcript(1, (2025, 5, 1), "Briefing", &[("MS. VALE", "Hello.")]);
    let first = resolved(std::slice::from_ref(&early));
    assert_eq!(meaning(&first, 1, "MS. VALE"), "Ms. Vale");
    let words = [("MR. PELL", "Ada Vale is here."), ("MS. VALE", "Hello.")];
    let all = [early, transcript(2, (2032, 5, 1), "Briefing", &words)];
    let known = Known {
        speakers: vec![KnownSpeaker {
            id: SpeakerId(1),
            slug: Slug::from_text("Ms. Vale").expect("a slug"),
            names: vec!["Ms. Vale".to_owned()],
            held: false,
        }],
        decisions: Vec::new(),
    };
    assert_eq!(meaning(&resolve(&all, &known), 1, "MS. VALE"), meaning(&resolved(&all), 1, "MS. VALE"));
    assert_eq!(meaning(&resolved(&all), 1, "MS. VALE"), "Ada Vale");
}
