//! Answer labels and groups of them in the words that readers see.

use super::phrase::Given;
use crate::domain::{AnswerLabel, Clarity, Origin};

/// A label beside a response.
pub fn label(label: impl Given<AnswerLabel>) -> &'static str {
    match label.given() {
        AnswerLabel::Answered => "answered",
        AnswerLabel::Partly => "partly answered",
        AnswerLabel::Dodged => "dodged",
        AnswerLabel::Deflected => "deflected",
        AnswerLabel::Declined => "declined to answer",
        AnswerLabel::NoInformation => "no information",
        AnswerLabel::ReferredElsewhere => "referred elsewhere",
        AnswerLabel::Deferred => "put off",
        AnswerLabel::ClarificationAsked => "asked what was meant",
    }
}

/// What a label means, in a sentence.
pub fn meaning(label: impl Given<AnswerLabel>) -> &'static str {
    match label.given() {
        AnswerLabel::Answered => "What was asked was said.",
        AnswerLabel::Partly => "Some of what was asked was said, or it can be read out of what was said.",
        AnswerLabel::Dodged => {
            "Something else was said. The machine says so only where who asked does: “You didn’t answer my question.”"
        }
        AnswerLabel::Deflected => {
            "The question was turned aside: by a joke, a remark about the question or who asks it, or another’s fault."
        }
        AnswerLabel::Declined => "They said that they would not answer.",
        AnswerLabel::NoInformation => "They said that they did not know, or had nothing on it.",
        AnswerLabel::ReferredElsewhere => "They named somebody else who should be asked.",
        AnswerLabel::Deferred => "They put it off until later.",
        AnswerLabel::ClarificationAsked => "They asked what was meant, or to hear the question again.",
    }
}

/// A question and a response, both invented, that have a label.
pub fn example(label: impl Given<AnswerLabel>) -> [&'static str; 2] {
    match label.given() {
        AnswerLabel::Answered => ["Will the bridge to Brannoch open in May?", "Yes. It opens on the fourth of May."],
        AnswerLabel::Partly => [
            "When does the bridge open, and who pays for the delay?",
            "It opens on the fourth of May. We are still talking about the costs.",
        ],
        AnswerLabel::Dodged => [
            "Did the minister know of the cracks?",
            "This government has put more money into bridges than any before it.",
        ],
        AnswerLabel::Deflected => {
            ["Did the minister know of the cracks?", "You ask that every week. You should ask those who built it."]
        }
        AnswerLabel::Declined => ["Did the two speak about the islands?", "I’m not going to read out a private call."],
        AnswerLabel::NoInformation => ["How many trawlers are held?", "I don’t have a number for you."],
        AnswerLabel::ReferredElsewhere => {
            ["How many trawlers are held?", "I’d refer you to the coast guard of Kallenport."]
        }
        AnswerLabel::Deferred => {
            ["Who will lead the delegation?", "We’ll have an announcement on that later this week."]
        }
        AnswerLabel::ClarificationAsked => ["And the other matter?", "Which matter do you mean?"],
    }
}

/// By whose word something stands.
pub fn origin(origin: impl Given<Origin>) -> &'static str {
    match origin.given() {
        Origin::Machine => "machine",
        Origin::Editor => "editor",
    }
}

/// How sure the machine was, in words.
pub fn score(score: f32) -> &'static str {
    match score {
        0.8.. => "sure",
        0.6.. => "fairly sure",
        _ => "not sure",
    }
}

/// A class of the CLARITY taxonomy, as the head of a column.
pub fn group(clarity: impl Given<Clarity>) -> &'static str {
    match clarity.given() {
        Clarity::ClearReply => "Answered",
        Clarity::Ambivalent => "Partly answered, dodged or deflected",
        Clarity::ClearNonReply => "Clear non-reply",
    }
}

/// The labels of a class.
pub fn labels_of(clarity: Clarity) -> impl Iterator<Item = AnswerLabel> {
    AnswerLabel::ALL.into_iter().filter(move |label| label.clarity() == clarity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::answers;

    #[test]
    fn examples_of_plain_labels_are_labelled_so() {
        for one in AnswerLabel::ALL {
            let [question, response] = example(one);
            let found = answers::label(question, response, "").label;
            // Whether a question was dodged or turned aside is a matter of opinion, which the page says.
            if one.clarity() == Clarity::ClearNonReply {
                assert_eq!(found, one, "{question} {response}");
            }
        }
    }
}
