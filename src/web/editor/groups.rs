//! Drafts of an upload grouped by what is in doubt: pure.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::LabelDoubt;
use crate::store::waiting::{RESTRICTION, Waiting};
use crate::web::phrase;

/// Labels in the same sort of doubt.
pub struct Class {
    /// Why they are in doubt.
    pub doubt: LabelDoubt,
    /// How many drafts have any of them.
    pub drafts: usize,
    /// The labels, those in most drafts first.
    pub labels: Vec<Label>,
}

/// One label, in however many drafts.
pub struct Label {
    /// As printed.
    pub label: String,
    /// Whom the machine takes it for; several, where it differs from draft to draft.
    pub names: Vec<String>,
    /// Why, and how sure it is, in the first draft that says so.
    pub reason: Option<String>,
    /// The drafts.
    pub drafts: Vec<Waiting>,
}

/// Drafts in which the machine noticed the same.
pub struct Finding {
    /// Its code.
    pub code: String,
    /// What it is, in a few words.
    pub doubt: String,
    /// The drafts.
    pub drafts: Vec<Waiting>,
}

impl Class {
    /// Its heading.
    pub fn heading(&self) -> &'static str {
        match self.doubt {
            LabelDoubt::Unknown => "Nobody is known",
            LabelDoubt::Perhaps => "Somebody is suggested",
            LabelDoubt::Doubtful => "In doubt",
            LabelDoubt::New => "New person: check",
        }
    }

    /// What it means.
    pub fn explained(&self) -> &'static str {
        match self.doubt {
            LabelDoubt::Unknown => "Labels without anybody behind them: an office without a name, or what is no name.",
            LabelDoubt::Perhaps => "A person may be meant, but nothing was linked.",
            LabelDoubt::Doubtful => "A person is linked, without much certainty.",
            LabelDoubt::New => {
                "A person was made of the label, and nothing but the label says so. Some of them may be no people at all."
            }
        }
    }

    /// What one act says of all of them.
    pub fn all_of_them(&self) -> &'static str {
        match self.doubt {
            LabelDoubt::Unknown => "Nobody is known for any of them",
            LabelDoubt::Perhaps => "Every suggestion is right",
            LabelDoubt::Doubtful => "All of these are right",
            LabelDoubt::New => "All of these are people of these names",
        }
    }
}

impl Label {
    /// The series that all of its drafts are of, and the first of their days.
    pub fn for_series(&self) -> Option<(&str, Date)> {
        let series = self.drafts.first()?.series.as_deref()?;
        let days = self.drafts.iter().map(|draft| draft.date.filter(|_| draft.series.as_deref() == Some(series)));
        Some((series, days.collect::<Option<Vec<Date>>>()?.into_iter().min()?))
    }

    /// What is in doubt, as a sentence begins.
    pub fn sentence(&self, doubt: &LabelDoubt) -> String {
        let (label, names) = (&self.label, self.names.join(" or "));
        match doubt {
            LabelDoubt::Unknown => format!("Nobody is known for the label “{label}”"),
            LabelDoubt::Perhaps => format!("“{label}” is perhaps {names}"),
            LabelDoubt::Doubtful => format!("“{label}” is taken for {names}"),
            LabelDoubt::New => format!("“{label}” became a new person, {names}"),
        }
    }
}

/// Labels in doubt by the sort of doubt; a draft with two is in two.
pub fn classes(drafts: &[Waiting]) -> Vec<Class> {
    let mut by_doubt: BTreeMap<LabelDoubt, BTreeMap<&str, Label>> = BTreeMap::new();
    for draft in drafts {
        for one in &draft.labels {
            let labels = by_doubt.entry(one.why).or_default();
            let label = labels.entry(&one.label).or_insert_with(|| Label {
                label: one.label.clone(),
                names: Vec::new(),
                reason: None,
                drafts: Vec::new(),
            });
            label.drafts.push(draft.clone());
            let sure = one.score.map(|score| format!(" ({})", phrase::sure(score))).unwrap_or_default();
            label.reason = label.reason.take().or_else(|| one.reason.as_ref().map(|reason| format!("{reason}{sure}")));
            label.names.extend(one.name.iter().filter(|name| !label.names.contains(name)).cloned().collect::<Vec<_>>());
        }
    }
    let class = |(doubt, labels): (LabelDoubt, BTreeMap<&str, Label>)| {
        let mut labels: Vec<Label> = labels.into_values().collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.drafts.len()));
        let has = |draft: &&Waiting| draft.labels.iter().any(|label| label.why == doubt);
        Class { doubt, drafts: drafts.iter().filter(has).count(), labels }
    };
    by_doubt.into_iter().map(class).collect()
}

/// Drafts by what the machine noticed and no editor has settled, the commonest first.
pub fn findings(drafts: &[Waiting]) -> Vec<Finding> {
    let mut by_doubt: BTreeMap<(String, String), Vec<Waiting>> = BTreeMap::new();
    for draft in drafts {
        let warnings = draft.warnings().map(|one| (one.code.clone(), phrase::doubt(&one.code, &one.message)));
        let line = (RESTRICTION.to_owned(), phrase::doubt(RESTRICTION, ""));
        let mut own: Vec<(String, String)> = warnings.chain(draft.is_restricted().then_some(line)).collect();
        own.sort_unstable();
        own.dedup();
        for doubt in own {
            by_doubt.entry(doubt).or_default().push(draft.clone());
        }
    }
    let finding = |((code, doubt), drafts)| Finding { code, doubt, drafts };
    let mut findings: Vec<Finding> = by_doubt.into_iter().map(finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.drafts.len()));
    findings
}
