//! Answers to questions.

use super::count::{Counted, count};
use super::order::{Place, by_date};
use super::query::{Answer, Facets, Hit, IndexError, Query, Sort};
use super::rank::Ranking;
use super::snapshot::Snapshot;
use super::{Fields, Index};
use crate::domain::{BriefingId, BriefingKind, SeriesId, SpeakerId, TopicId, UtteranceId};

impl Index {
    /// Which utterances match, how many, and how they spread; all counts are exact.
    pub fn search(&self, query: &Query) -> Result<Answer, IndexError> {
        let (snapshot, fields) = self.fresh()?;
        let counted = count(query, true, &snapshot.segments, &snapshot.numbers, &fields)?;
        snapshot.answer(query, &counted, &fields)
    }

    /// The briefings with matches and how many each has: newest first, or oldest first if so sorted.
    pub fn briefings(&self, query: &Query) -> Result<Vec<(BriefingId, u64)>, IndexError> {
        let (snapshot, fields) = self.fresh()?;
        let counted = count(query, false, &snapshot.segments, &snapshot.numbers, &fields)?;
        let mut found = Vec::new();
        let mut undated = Vec::new();
        for (segment, run) in &snapshot.order {
            let count = counted.segments[*segment as usize].runs.get(*run as usize).copied().unwrap_or(0);
            if count > 0 {
                let run = &snapshot.segments[*segment as usize].columns.runs[*run as usize];
                let list = if run.day.is_some() { &mut found } else { &mut undated };
                list.push((BriefingId(run.briefing), u64::from(count)));
            }
        }
        if query.sort == Sort::Oldest {
            found.reverse();
            undated.reverse();
        }
        found.append(&mut undated);
        Ok(found)
    }
}

impl Snapshot {
    /// What was counted, with the hits that were asked for.
    pub(super) fn answer(&self, query: &Query, counted: &Counted, fields: &Fields) -> Result<Answer, IndexError> {
        let places = if query.limit == 0 { Vec::new() } else { self.places(query, counted, fields)? };
        let hits = places.into_iter().map(|place| self.hit(place)).collect();
        Ok(Answer { total: counted.total, hits, facets: self.facets(counted) })
    }

    fn places(&self, query: &Query, counted: &Counted, fields: &Fields) -> Result<Vec<Place>, IndexError> {
        if let (Sort::Relevance, Some(expr)) = (query.sort, &query.expr) {
            let ranking = Ranking { searcher: &self.searcher, segments: &self.segments, fields, counted };
            if let Some(places) = ranking.best(expr, query.offset, query.limit)? {
                return Ok(places);
            }
        }
        Ok(by_date(query.sort, &self.order, &self.segments, counted, query.offset, query.limit))
    }

    fn hit(&self, place: Place) -> Hit {
        let segment = &self.segments[place.segment];
        let columns = &segment.columns;
        let run = &columns.runs[columns.run_of(place.doc)];
        Hit {
            utterance_id: UtteranceId(columns.utterances.first(place.doc).unwrap_or_default()),
            briefing_id: BriefingId(run.briefing),
            position: columns.positions.first(place.doc).unwrap_or_default() as u32,
            score: place.score,
        }
    }

    fn facets(&self, counted: &Counted) -> Facets {
        let numbers = &self.numbers;
        let mut facets = Facets {
            speaker: numbers.speakers.counted(&counted.speakers).map(|(id, n)| (SpeakerId(id), n)).collect(),
            topic: numbers.topics.counted(&counted.topics).map(|(id, n)| (TopicId(id as i32), n)).collect(),
            series: numbers.series.counted(&counted.series).map(|(id, n)| (SeriesId(id as i32), n)).collect(),
            year: numbers.years.counted(&counted.years).map(|(year, n)| (year as i16, n)).collect(),
            briefing_kind: BriefingKind::ALL.into_iter().zip(counted.briefing_kinds).filter(|(_, n)| *n > 0).collect(),
        };
        facets.speaker.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        facets.topic.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        facets.series.sort_unstable_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        facets.year.sort_unstable_by_key(|(year, _)| std::cmp::Reverse(*year));
        facets
    }
}
