//! The index against a plain recount over the rows.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::search::language::Expr;
use crate::search::plain::matches;

/// Few words, so that they meet often; each with what makes tokenizers differ.
const WORDS: [&str; 16] = [
    "ferry",
    "ferries",
    "harbour",
    "tax",
    "taxes",
    "don’t",
    "U.S.",
    "us",
    "COVID-19",
    "covid",
    "naïve",
    "—",
    "the",
    "the",
    "1,204",
    "negociación",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 0..14).prop_map(|words| words.join(" "))
}

fn briefing(id: i64) -> impl Strategy<Value = Briefing> {
    let turn = (text(), 0..4i64, prop::collection::vec(1..4i32, 0..3), 0..4usize, 0..3usize);
    let facts = (0..5u8, 1..3i32, 0..3usize, 0..4usize);
    (facts, prop::collection::vec(turn, 0..6)).prop_map(move |((day, series, kind, language), turns)| {
        let date = if day == 0 { String::new() } else { format!("203{}-0{day}-11", day % 3) };
        let mut briefing = Briefing::held_on(id, &date).series(series).kind(BriefingKind::ALL[kind]);
        briefing.now.language = [Some("en"), Some("es"), Some("xx"), None][language].map(str::to_owned);
        for (text, speaker, topics, kind, label) in turns {
            let label = ["Q", "MS. QUILL", "Ms Quill"][label];
            briefing =
                briefing.add(UtteranceKind::ALL[kind], label, Some(speaker).filter(|id| *id > 0), &text).about(&topics);
        }
        briefing
    })
}

/// An archive after some briefings were replaced, in two commits.
fn archive() -> impl Strategy<Value = (Vec<Briefing>, Vec<Briefing>)> {
    let first = (1..6i64).map(briefing).collect::<Vec<_>>();
    let second = (4..8i64).map(briefing).collect::<Vec<_>>();
    (first, second)
}

fn query_text() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(&WORDS[..]).prop_map(str::to_owned);
    let phrase = prop::collection::vec(word(), 1..5).prop_map(|words| format!("\"{}\"", words.join(" ")));
    let near =
        (prop::collection::vec(word(), 2..4), 0..5u32).prop_map(|(w, slop)| format!("\"{}\"~{slop}", w.join(" ")));
    let prefix = prop::sample::select(vec!["fer*", "ta*", "co*", "th*"]).prop_map(str::to_owned);
    let leaf = prop_oneof![3 => word(), 3 => phrase, 1 => near, 1 => prefix];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|parts| parts.join(" ")),
            prop::collection::vec(inner.clone(), 2..3).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-({part})")),
        ]
    })
}

fn filters() -> impl Strategy<Value = Filters> {
    let some = |range: std::ops::Range<i64>| prop::collection::vec(range, 0..2);
    let dates = (0..6u8, 0..6u8);
    ((some(1..4), some(1..4), some(1..3), some(0..3)), (some(0..4), some(0..3), dates, 0..8u8)).prop_map(
        |((speakers, topics, series, years), (kinds, briefing_kinds, (from, to), rest))| Filters {
            speakers: speakers.into_iter().map(SpeakerId).collect(),
            topics: topics.into_iter().map(|id| TopicId(id as i32)).collect(),
            series: series.into_iter().map(|id| SeriesId(id as i32)).collect(),
            years: years.into_iter().map(|n| 2030 + n as i16).collect(),
            kinds: kinds.into_iter().map(|n| UtteranceKind::ALL[n as usize]).collect(),
            briefing_kinds: briefing_kinds.into_iter().map(|n| BriefingKind::ALL[n as usize]).collect(),
            labels: if rest == 1 { vec!["ms. quill".to_owned()] } else { Vec::new() },
            roles: if rest == 2 { vec![Role::Questioner] } else { Vec::new() },
            briefing: (rest == 3).then_some(BriefingId(4)),
            from: (from == 1).then(|| "2031-02-01".parse().unwrap()),
            to: (to == 1).then(|| "2032-02-20".parse().unwrap()),
        },
    )
}

/// One row and what of the restrictions it fails: speaker, topic, series, year, kind of briefing, anything else.
fn fails(briefing: &Briefing, one: &IndexedUtterance, expr: Option<&Expr>, filters: &Filters) -> [bool; 6] {
    let lacks = |empty: bool, holds: bool| !empty && !holds;
    let now = &briefing.now;
    let dated = |right: &dyn Fn(Date) -> bool| now.date.is_some_and(right);
    let label = |label: &str| super::schema::normalised_label(label);
    let out = expr.is_some_and(|expr| !matches(&one.text, now.language.as_deref(), expr))
        || lacks(filters.kinds.is_empty(), filters.kinds.contains(&one.kind))
        || lacks(filters.roles.is_empty(), one.role.is_some_and(|role| filters.roles.contains(&role)))
        || lacks(
            filters.labels.is_empty(),
            one.label.as_ref().is_some_and(|own| filters.labels.iter().any(|wanted| label(wanted) == label(own))),
        )
        || filters.briefing.is_some_and(|id| id.0 != briefing.id)
        || filters.from.is_some_and(|from| !dated(&|day| day >= from))
        || filters.to.is_some_and(|to| !dated(&|day| day <= to));
    [
        lacks(filters.speakers.is_empty(), one.speaker_id.is_some_and(|id| filters.speakers.contains(&id))),
        lacks(filters.topics.is_empty(), one.topics.iter().any(|id| filters.topics.contains(id))),
        lacks(filters.series.is_empty(), now.series_id.is_some_and(|id| filters.series.contains(&id))),
        lacks(filters.years.is_empty(), now.date.is_some_and(|day| filters.years.contains(&day.year()))),
        lacks(filters.briefing_kinds.is_empty(), filters.briefing_kinds.contains(&now.briefing_kind)),
        out,
    ]
}

#[derive(Default, Debug, PartialEq)]
struct Counts {
    ids: Vec<i64>,
    speaker: BTreeMap<SpeakerId, u64>,
    topic: BTreeMap<TopicId, u64>,
    series: BTreeMap<SeriesId, u64>,
    year: BTreeMap<i16, u64>,
    briefing_kind: BTreeMap<BriefingKind, u64>,
    days: BTreeMap<Date, u64>,
}

fn recount(rows: &BTreeMap<i64, Briefing>, query: &Query) -> Counts {
    let mut counts = Counts::default();
    for briefing in rows.values() {
        for one in &briefing.now.utterances {
            let fails = fails(briefing, one, query.expr.as_ref(), &query.filters);
            let but = |own: usize| fails.iter().enumerate().all(|(n, failed)| n == own || !failed);
            if but(usize::MAX) {
                counts.ids.push(one.utterance_id.0);
                briefing.now.date.into_iter().for_each(|day| *counts.days.entry(day).or_default() += 1);
            }
            if but(0) {
                one.speaker_id.into_iter().for_each(|id| *counts.speaker.entry(id).or_default() += 1);
            }
            if but(1) {
                let mut topics = one.topics.clone();
                topics.sort_unstable();
                topics.dedup();
                for id in topics {
                    *counts.topic.entry(id).or_default() += 1;
                }
            }
            if but(2) {
                briefing.now.series_id.into_iter().for_each(|id| *counts.series.entry(id).or_default() += 1);
            }
            if but(3) {
                briefing.now.date.into_iter().for_each(|day| *counts.year.entry(day.year()).or_default() += 1);
            }
            if but(4) {
                *counts.briefing_kind.entry(briefing.now.briefing_kind).or_default() += 1;
            }
        }
    }
    counts.ids.sort_unstable();
    counts
}

fn asked(index: &Index, query: &Query) -> Counts {
    let answer = index.search(query).unwrap();
    let mut ids: Vec<i64> = answer.hits.iter().map(|hit| hit.utterance_id.0).collect();
    assert_eq!(answer.total as usize, ids.len());
    ids.sort_unstable();
    Counts {
        ids,
        speaker: answer.facets.speaker.into_iter().collect(),
        topic: answer.facets.topic.into_iter().collect(),
        series: answer.facets.series.into_iter().collect(),
        year: answer.facets.year.into_iter().collect(),
        briefing_kind: answer.facets.briefing_kind.into_iter().collect(),
        days: index.over_time(query, Bucket::Day).unwrap().into_iter().collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn index_and_recount_agree(
        (first, second) in archive(),
        queries in prop::collection::vec((prop::option::of(query_text()), filters(), 0..3u8), 12),
    ) {
        let folder = Folder::new();
        let index = opened(&folder, first.clone());
        index.apply(2, second.iter().cloned().map(Briefing::change).map(Ok)).unwrap();
        let rows: BTreeMap<i64, Briefing> = first.into_iter().chain(second).map(|one| (one.id, one)).collect();
        for (text, filters, sort) in queries {
            let expr = text.as_deref().and_then(|text| language::read(text).expr);
            let sort = [Sort::Relevance, Sort::Newest, Sort::Oldest][usize::from(sort)];
            let query = Query { expr, filters, sort, offset: 0, limit: 100 };
            prop_assert_eq!(asked(&index, &query), recount(&rows, &query), "{:?}", query);
        }
    }
}

/// Text as it comes: signs glued to words, quotations inside, several scripts.
fn printed_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        5 => "[A-Za-z]{1,8}[.,;:!?…]{0,1}",
        1 => "[\"“‘(«][A-Za-z]{1,5}",
        1 => "[A-Za-z]{1,5}[\"”’)»]{1,2}",
        1 => prop::sample::select(vec!["don’t", "U.S.", "1,204", "9/11", "—", "--", "-", "**", "OR", "AND", "a:b", "from:", "naïve", "$3.5", "中国"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 6..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn six_words_in_quotes_find_where_they_stand(texts in prop::collection::vec(printed_text(), 1..8), at in 0..100usize) {
        let folder = Folder::new();
        let briefing = texts.iter().fold(Briefing::held_on(1, "2031-03-14"), |briefing, text| briefing.turn("A", 1, text));
        let index = opened(&folder, [briefing]);
        for (n, text) in texts.iter().enumerate() {
            let words: Vec<&str> = text.split_whitespace().collect();
            let at = at % (words.len() - 5);
            let six = words[at..at + 6].join(" ");
            for query in [format!("\"{six}\""), format!("“{six}”")] {
                if language::read(&query).expr.is_some() {
                    let hits = finds(&index, &query);
                    prop_assert!(hits.contains(&(1000 + n as i64)), "{query} read as {}", language::read(&query).read_as);
                }
            }
        }
    }
}
