//! What stands in a letter. Never anything that the reader wrote: whoever types somebody else's address must not be able
//! to send them words of their own in our name.

use crate::domain::{BriefingStatus, ProblemOutcome};
use crate::store::outbox::{Due, Letter};

/// The subject of a letter.
pub(super) fn subject(due: &Due) -> String {
    match due.letter {
        Letter::Receipt => format!("We noted problem {}", due.reference),
        Letter::Reply => format!("What became of problem {}", due.reference),
    }
}

/// The text of a letter; `site` is the address of the archive.
pub(super) fn text(due: &Due, site: &str) -> String {
    let passage = passage(due);
    let reference = &due.reference;
    let page = format!("{site}/problems/{reference}");
    let paragraphs = match due.letter {
        Letter::Receipt => vec![
            format!("Thank you for reporting a problem with {passage}. Its number is {reference}."),
            format!("How it stands can be read here at any time:\n{page}"),
            "You get one more letter, when an editor has settled it. Your address is then deleted, in any case after 90 \
             days, and is used for nothing else."
                .to_owned(),
            "If you reported nothing, somebody gave your address by mistake, and you need not do anything.".to_owned(),
        ],
        Letter::Reply => [
            Some(format!("You reported a problem with {passage}. Its number is {reference}.")),
            due.outcome.map(|outcome| outcome_of(outcome).to_owned()),
            due.reason.as_ref().map(|reason| format!("The editor writes:\n{reason}")),
            changes(due, site).map(|changes| format!("What changed:\n{changes}")),
            Some(format!("All of it stands here:\n{page}")),
            Some("Your address has been deleted; you get no more mail about this.".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    format!("{}\n\n-- \nOnrecord, {site}\n", paragraphs.join("\n\n"))
}

fn passage(due: &Due) -> String {
    let title = &due.briefing.name;
    match due.numbers {
        (first, last) if first == last => format!("turn {first} of “{title}”"),
        (first, last) => format!("turns {first} to {last} of “{title}”"),
    }
}

fn outcome_of(outcome: ProblemOutcome) -> &'static str {
    match outcome {
        ProblemOutcome::Corrected => "It has been corrected.",
        ProblemOutcome::NoteAdded => "The words stay as they are, and a note now stands behind them.",
        ProblemOutcome::Declined => "Nothing was changed.",
    }
}

/// Where readers see what changed; what is withdrawn shows nothing any more.
fn changes(due: &Due, site: &str) -> Option<String> {
    let revision = due.revision.filter(|_| due.status == BriefingStatus::Published)?;
    Some(format!("{site}/briefings/{}/changes/{}..{revision}", due.briefing.slug, revision - 1))
}
