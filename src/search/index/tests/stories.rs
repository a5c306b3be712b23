//! What readers find.

use super::*;

fn archive() -> Vec<Briefing> {
    vec![
        Briefing::held_on(1, "2031-03-14")
            .heading("Ferry talks")
            .turn("Q", 0, "Will the ferry talks go on, and what of the U.S. delegation?")
            .turn("MS. QUILL", 7, "We don’t comment on negotiations — the ferries are running, José Díaz said so.")
            .about(&[1, 2]),
        Briefing::held_on(2, "2032-01-09")
            .series(2)
            .turn("Q", 0, "Is the harbour tax dead?")
            .about(&[2])
            .turn(
                "MR. OAKES",
                8,
                "The tax on the harbour is not dead. Negotiators meet us on Monday; COVID-19 delayed them.",
            )
            .about(&[2])
            .turn("MS. QUILL", 7, "Thank you."),
        Briefing::held_on(3, "2032-02-01").kind(BriefingKind::Report).turn(
            "",
            8,
            "Oakes said the harbour tax was dead.",
        ),
        Briefing::held_on(4, "").language("es").turn("OAKES", 8, "Las negociaciones sobre el puerto continúan."),
    ]
}

#[test]
fn words_are_found_in_all_their_forms_and_phrases_only_as_said() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    assert_eq!(finds(&index, "negotiate"), [1002, 2001]);
    assert_eq!(finds(&index, "negotiations ferry"), [1002]);
    assert_eq!(finds(&index, "negociación"), [4000]);
    assert_eq!(finds(&index, "\"harbour tax\""), [2000]);
    assert_eq!(finds(&index, "\"tax harbour\""), Vec::<i64>::new());
    assert_eq!(finds(&index, "\"tax harbour\"~2"), [2000, 2001]);
    assert_eq!(finds(&index, "\"we don't comment on negotiations the ferries\""), [1002]);
    assert_eq!(finds(&index, "jose diaz"), [1002]);
    assert_eq!(finds(&index, "negot*"), [1002, 2001]);
    assert_eq!(finds(&index, "ferry OR harbour -dead"), [1000, 1001, 1002]);
    assert_eq!(finds(&index, "(ferry OR harbour) -tax"), [1000, 1001, 1002]);
}

#[test]
fn what_is_written_in_one_piece_is_found_however_it_is_typed() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    for query in ["COVID-19", "covid19", "\"covid 19\"", "covid"] {
        assert_eq!(finds(&index, query), [2001], "{query}");
    }
    for query in ["don't", "dont", "don’t"] {
        assert_eq!(finds(&index, query), [1002], "{query}");
    }
    assert_eq!(finds(&index, "U.S."), [1001]);
}

#[test]
fn reports_are_out_unless_asked_for() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    let mut query = asking("harbour tax");
    assert_eq!(index.search(&query).unwrap().total, 2);
    query.filters.briefing_kinds = vec![BriefingKind::Report];
    assert_eq!(found(&index, &query), [3000]);
    let answer = index.search(&query).unwrap();
    assert_eq!(answer.facets.briefing_kind, [(BriefingKind::Transcript, 2), (BriefingKind::Report, 1)]);
    query.filters.briefing_kinds.clear();
    assert_eq!(index.search(&query).unwrap().total, 3);
}

#[test]
fn a_facet_does_not_apply_its_own_restriction() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    let mut query = Query { limit: 20, ..Query::default() };
    query.filters.speakers = vec![SpeakerId(7)];
    let answer = index.search(&query).unwrap();
    assert_eq!(answer.total, 2);
    assert_eq!(answer.facets.speaker, [(SpeakerId(7), 2), (SpeakerId(8), 2)]);
    assert_eq!(answer.facets.topic, [(TopicId(1), 1), (TopicId(2), 1)]);
    assert_eq!(answer.facets.year, [(2032, 1), (2031, 1)]);
    query.filters.years = vec![2032];
    let answer = index.search(&query).unwrap();
    assert_eq!(answer.total, 1);
    assert_eq!(answer.facets.speaker, [(SpeakerId(7), 1), (SpeakerId(8), 1)]);
    assert_eq!(answer.facets.year, [(2032, 1), (2031, 1)]);
    assert_eq!(answer.facets.series, [(SeriesId(2), 1)]);
}

#[test]
fn browsing_needs_no_words_and_goes_by_the_calendar() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    let mut query = Query { limit: 20, ..Query::default() };
    assert_eq!(found(&index, &query), [2000, 2001, 2002, 1000, 1001, 1002, 4000]);
    query.sort = Sort::Oldest;
    assert_eq!(found(&index, &query), [1000, 1001, 1002, 2000, 2001, 2002, 4000]);
    (query.offset, query.limit) = (2, 2);
    assert_eq!(found(&index, &query), [1002, 2000]);
    query.filters.from = Some("2032-01-01".parse().unwrap());
    query.offset = 0;
    assert_eq!(found(&index, &query), [2000, 2001]);
    query.filters.to = Some("2032-01-08".parse().unwrap());
    assert_eq!(index.search(&query).unwrap(), Answer::default());
}

#[test]
fn every_restriction_restricts() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    let with = |change: &dyn Fn(&mut Filters)| {
        let mut query = Query { limit: 20, sort: Sort::Oldest, ..Query::default() };
        change(&mut query.filters);
        found(&index, &query)
    };
    assert_eq!(with(&|f| f.labels = vec!["ms quill".into()]), [1002, 2002]);
    assert_eq!(with(&|f| f.kinds = vec![UtteranceKind::Heading]), [1000]);
    assert_eq!(with(&|f| f.roles = vec![Role::Questioner]), [1001, 2000]);
    assert_eq!(with(&|f| f.topics = vec![TopicId(1)]), [1002]);
    assert_eq!(with(&|f| f.topics = vec![TopicId(1), TopicId(2)]), [1002, 2000, 2001]);
    assert_eq!(with(&|f| f.series = vec![SeriesId(2)]), [2000, 2001, 2002]);
    assert_eq!(with(&|f| f.briefing = Some(BriefingId(4))), [4000]);
    assert_eq!(with(&|f| f.speakers = vec![SpeakerId(99)]), Vec::<i64>::new());
}

#[test]
fn better_matches_come_first() {
    let folder = Folder::new();
    let index = opened(
        &folder,
        [
            Briefing::held_on(1, "2031-01-01").turn("A", 1, "The tax that the harbour board wants is a tax on boats."),
            Briefing::held_on(2, "2031-01-02").heading("Harbour tax"),
            Briefing::held_on(3, "2031-01-03").turn(
                "A",
                1,
                "The board wants what it has wanted, a harbour tax on boats.",
            ),
            Briefing::held_on(4, "2031-01-04").turn(
                "A",
                1,
                "The board wants what it has wanted, a harbour tax on boats.",
            ),
            Briefing::held_on(5, "2031-01-05").turn("A", 1, "Boats"),
        ],
    );
    assert_eq!(found(&index, &asking("harbour tax")), [4000, 3000, 1000, 2000]);
}

#[test]
fn matches_spread_over_time_and_briefings() {
    let folder = Folder::new();
    let index = opened(&folder, archive());
    let query = asking("negotiations OR harbour OR ferry OR thank");
    let steps = |bucket| -> Vec<String> {
        let steps = index.over_time(&query, bucket).unwrap();
        steps.into_iter().map(|(day, n)| format!("{day} {n}")).collect()
    };
    assert_eq!(steps(Bucket::Year), ["2031-01-01 3", "2032-01-01 3"]);
    assert_eq!(steps(Bucket::Month), ["2031-03-01 3", "2032-01-01 3"]);
    assert_eq!(steps(Bucket::Day), ["2031-03-14 3", "2032-01-09 3"]);
    assert_eq!(
        index.briefings(&Query::default()).unwrap(),
        [(BriefingId(2), 3), (BriefingId(1), 3), (BriefingId(4), 1)]
    );
}
