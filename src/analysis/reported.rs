//! Questions that a report tells, with the response they got: "What is your answer to that?" he asked.

use super::quotations::Quotation;

/// A question with its response, as places in the list of quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The quotations that ask.
    pub question: Vec<usize>,
    /// Those that respond.
    pub response: Vec<usize>,
}

/// How words begin that tell that somebody asks.
const ASKING: &[&str] = &["ask", "question", "wonder", "inquir", "enquir", "quer", "pregunt"];

/// A quotation where it stands.
struct Stands {
    start: usize,
    end: usize,
    paragraph: usize,
    asks: bool,
}

/// The exchanges that a text reports. A question is what one person asks in a paragraph; its response is what somebody else
/// says next, in the same paragraph or the one behind it.
pub fn exchanges(text: &str, quotations: &[Quotation]) -> Vec<Reported> {
    let chars: Vec<char> = text.chars().collect();
    let stands: Vec<Stands> = quotations.iter().map(|one| stands(&chars, one)).collect();
    let at = |at: usize| quotations.get(at).zip(stands.get(at));
    let mut found: Vec<Reported> = Vec::new();
    for (asks, (one, stand)) in quotations.iter().zip(&stands).enumerate() {
        if !stand.asks {
            continue;
        }
        if let Some(before) = found.last_mut()
            && before.response.is_empty()
            && before
                .question
                .last()
                .and_then(|last| at(*last))
                .is_some_and(|(other, it)| other.speaker == one.speaker && it.paragraph == stand.paragraph)
        {
            before.question.push(asks);
        } else {
            found.push(Reported { question: vec![asks], response: Vec::new() });
        }
        let Some(exchange) = found.last_mut() else { continue };
        let nested = |it: &Stands| it.start >= stand.start && it.end <= stand.end;
        let behind = (asks + 1..quotations.len()).filter(|next| at(*next).is_some_and(|(_, it)| !nested(it)));
        let mut responds: Option<(&Option<String>, usize)> = None;
        for next in behind {
            let Some((other, it)) = at(next) else { break };
            let goes_on = match responds {
                None => other.speaker != one.speaker && other.speaker.is_some() && it.paragraph <= stand.paragraph + 1,
                Some((speaker, paragraph)) => other.speaker == *speaker && it.paragraph == paragraph,
            };
            if !goes_on || it.asks {
                break;
            }
            responds = responds.or(Some((&other.speaker, it.paragraph)));
            exchange.response.push(next);
        }
    }
    found
}

fn stands(chars: &[char], quotation: &Quotation) -> Stands {
    let start = quotation.content.first().map_or(0, |range| range.start);
    let end = quotation.content.last().map_or(0, |range| range.end);
    let words = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let cue = quotation.cue.as_ref().map(|cue| words(cue.start, cue.end).to_lowercase()).unwrap_or_default();
    let told = cue.split_whitespace().any(|word| ASKING.iter().any(|asking| word.starts_with(asking)));
    let marked = words(start, end).trim_end_matches(['”', '"', '’', '\'', ' ', ',']).ends_with('?');
    let before: String = chars.get(..start).unwrap_or_default().iter().collect();
    let paragraph = before.split('\n').rev().skip(1).filter(|line| !line.trim().is_empty()).count();
    Stands { start, end, paragraph, asks: told || marked }
}

#[cfg(test)]
mod tests {
    use super::super::quotations::quotations;
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let found = quotations(text);
        let words = |all: &[usize]| {
            let ranges = all.iter().flat_map(|at| found[*at].content.clone());
            ranges
                .map(|range| text.chars().skip(range.start).take(range.len()).collect::<String>())
                .collect::<Vec<_>>()
                .join(" / ")
        };
        exchanges(text, &found).iter().map(|one| (words(&one.question), words(&one.response))).collect()
    }

    #[test]
    fn a_question_of_a_journalist_has_the_response_that_follows_it() {
        let text = "“The ferry sails on Friday,” minister Ada Lind told reporters in Kallenport.\n\n\
                    “Many people on the islands say that they were forgotten. What is your answer to them?” a journalist asked.\n\n\
                    “I’m not going to comment on that,” Lind responded.\n\n\
                    “The pier was built in 1911,” said the harbour master, Omar Vesk.";
        let found = read(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0.contains("What is your answer to them?"), "{found:?}");
        assert!(found[0].1.contains("not going to comment") && !found[0].1.contains("1911"), "{found:?}");
    }

    #[test]
    fn where_nobody_else_speaks_a_question_has_no_response() {
        let text = "“Who pays for the pier?” asked Omar Vesk, the harbour master.";
        let found = quotations(text);
        assert!(exchanges(text, &found).iter().all(|one| one.response.is_empty()));
        assert_eq!(exchanges("", &[]), []);
    }
}
