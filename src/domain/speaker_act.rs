//! Merges and splits of speakers: decisions of editors that lie over whoever is named for a label.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::ids::{SeriesId, SpeakerId};

/// Two are one, or some labels of one belong to another.
///
/// Those in force are applied one after the other in the order in which they were made, each to what those before it left:
/// so taking one back gives what there would be had it never been made, whatever was made, brought in or resolved since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerAct {
    /// Its row; later acts have higher ones.
    pub id: i64,
    /// Whose labels change hands.
    pub from: SpeakerId,
    /// Whose they become.
    pub to: SpeakerId,
    /// Which of them.
    pub share: Share,
}

/// Which labels of somebody change hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// All: a merge.
    All,
    /// Those in a list.
    Listed(BTreeSet<i64>),
    /// Those of briefings of a series, from and to some day; also of briefings to come.
    Held {
        /// The series; none: any.
        series: Option<SeriesId>,
        /// The first day.
        from: Option<Date>,
        /// The last day.
        to: Option<Date>,
    },
}

/// A label and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelAt {
    /// Its row.
    pub id: i64,
    /// When the briefing was held.
    pub date: Option<Date>,
    /// The series of the briefing.
    pub series: Option<SeriesId>,
    /// The last act that an editor knew of who named somebody for it; acts up to that one do not bear on it.
    pub after: i64,
}

impl SpeakerAct {
    /// Whether it makes two one.
    pub fn is_merge(&self) -> bool {
        self.share == Share::All
    }

    fn takes(&self, label: &LabelAt) -> bool {
        match &self.share {
            Share::All => true,
            Share::Listed(labels) => labels.contains(&label.id),
            Share::Held { series, from, to } => {
                let dated = from.is_none() && to.is_none();
                let day = |date: Date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
                series.is_none_or(|series| label.series == Some(series)) && label.date.map_or(dated, day)
            }
        }
    }
}

/// Whom a label stands for, given who is named for it.
pub fn stands_for(named: SpeakerId, label: &LabelAt, acts: &[SpeakerAct]) -> SpeakerId {
    acts.iter()
        .fold(named, |who, act| if act.from == who && act.id > label.after && act.takes(label) { act.to } else { who })
}

/// Who somebody is by merges alone; somebody else if they were merged.
pub fn merged(who: SpeakerId, acts: &[SpeakerAct]) -> SpeakerId {
    acts.iter().filter(|act| act.is_merge()).fold(who, |who, act| if act.from == who { act.to } else { who })
}

/// Everybody whom acts tie to these, directly or over others.
pub fn tied(to: &[SpeakerId], acts: &[SpeakerAct]) -> BTreeSet<SpeakerId> {
    let mut tied: BTreeSet<SpeakerId> = to.iter().copied().collect();
    loop {
        let before = tied.len();
        for act in acts.iter().filter(|act| tied.contains(&act.from) || tied.contains(&act.to)).collect::<Vec<_>>() {
            tied.extend([act.from, act.to]);
        }
        if tied.len() == before {
            return tied;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: SpeakerId = SpeakerId(1);
    const B: SpeakerId = SpeakerId(2);
    const C: SpeakerId = SpeakerId(3);

    fn act(id: i64, from: SpeakerId, to: SpeakerId, share: Share) -> SpeakerAct {
        SpeakerAct { id, from, to, share }
    }

    fn label(id: i64, date: &str) -> LabelAt {
        LabelAt { id, date: date.parse().ok(), series: Some(SeriesId(7)), after: 0 }
    }

    #[test]
    fn acts_are_applied_in_the_order_in_which_they_were_made() {
        let from = Share::Held { series: None, from: "2020-01-01".parse().ok(), to: None };
        let acts = [act(1, A, B, Share::All), act(2, B, C, from), act(3, C, A, Share::All)];
        assert_eq!(stands_for(A, &label(1, "2019-12-31"), &acts), B);
        assert_eq!(stands_for(A, &label(1, "2020-01-01"), &acts), A);
        assert_eq!(stands_for(C, &label(1, "2001-01-01"), &acts), A);
        assert_eq!((merged(A, &acts), merged(B, &acts), merged(C, &acts)), (B, B, A));
    }

    #[test]
    fn a_share_is_a_list_or_a_series_and_days() {
        let listed = [act(1, A, B, Share::Listed([4, 5].into()))];
        assert_eq!(stands_for(A, &label(4, ""), &listed), B);
        assert_eq!(stands_for(A, &label(6, ""), &listed), A);
        let of = |series| [act(1, A, B, Share::Held { series: Some(SeriesId(series)), from: None, to: None })];
        assert_eq!(stands_for(A, &label(1, ""), &of(7)), B, "undated ones too, where no day is given");
        assert_eq!(stands_for(A, &label(1, ""), &of(8)), A);
        let until = [act(1, A, B, Share::Held { series: None, from: None, to: "2020-01-01".parse().ok() })];
        assert_eq!(stands_for(A, &label(1, ""), &until), A, "nobody knows of undated ones");
    }

    #[test]
    fn those_tied_to_somebody_are_found_over_others() {
        let acts = [act(1, A, B, Share::All), act(2, B, C, Share::Listed([1].into()))];
        assert_eq!(tied(&[C], &acts), [A, B, C].into());
        assert_eq!(tied(&[SpeakerId(9)], &acts), [SpeakerId(9)].into());
    }
}
