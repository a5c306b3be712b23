//! How a question and its response are shown in lists: cut to what matters, with what became of it and by whose word.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::turns::Who;
use crate::analysis::sentences::sentences;
use crate::domain::{AnswerLabel, ExchangeId, Mark, Place, RevisionId};
use crate::store::briefings::Listed;
use crate::store::exchanges::{self, Asking, Exchange};
use crate::store::utterances::{self, Utterance};
use crate::store::{self, Connection};
use crate::web::{answers, phrase, urls, words};

/// Words of a question that are shown.
const OF_QUESTION: usize = 90;
/// Words of a response that are shown.
const OF_RESPONSE: usize = 60;
/// Days that are named one by one.
const MOST_DAYS: usize = 4;

/// Utterances by revision and number.
pub type Texts = HashMap<(RevisionId, i32), Utterance>;

/// One exchange as shown.
pub struct ExchangeView {
    /// Its row.
    pub id: ExchangeId,
    /// Where it was asked.
    pub briefing: Listed,
    /// Whether the briefing differs from the one before.
    pub begins: bool,
    /// The permanent link: to both where they stand together.
    pub url: String,
    /// Where a reader says that the label is wrong.
    pub contest: String,
    /// Who asks.
    pub asks: Option<Who>,
    /// The words of the question.
    pub question: String,
    /// Who responds.
    pub responds: Option<Who>,
    /// The first words of the response, and those that gave the label away; none where nobody responded.
    pub response: Option<String>,
    /// What became of the question.
    pub label: Option<Labelled>,
    /// The question that it follows up.
    pub follows: Option<String>,
    /// How many follow it up.
    pub follow_ups: i64,
    /// When else it was asked, and where all of it stands.
    pub thread: Option<(String, String)>,
    /// In a thread: how long after the time before.
    pub later: Option<String>,
}

/// An answer label with by whose word it stands.
pub struct Labelled {
    /// The label.
    pub words: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// "machine" or "editor".
    pub origin: &'static str,
    /// How sure the machine was; nothing of an editor's word.
    pub score: Option<&'static str>,
}

/// Shows exchanges, in the same order.
pub async fn load(conn: &mut Connection, exchanges: Vec<Exchange>) -> Result<Vec<ExchangeView>, store::Error> {
    let texts = texts(conn, &exchanges).await?;
    let threads: Vec<ExchangeId> = exchanges.iter().filter_map(|one| one.thread).collect();
    let mut askings: HashMap<ExchangeId, Vec<Asking>> = HashMap::new();
    if !threads.is_empty() {
        for asking in exchanges::askings(conn, &threads).await? {
            askings.entry(asking.thread).or_default().push(asking);
        }
    }
    let mut before = String::new();
    let view = |exchange: Exchange| {
        let begins = exchange.briefing.slug != before;
        before.clone_from(&exchange.briefing.slug);
        let thread = exchange.thread.and_then(|thread| askings.get(&thread));
        ExchangeView { begins, ..view(exchange, &texts, thread.map_or(&[], Vec::as_slice)) }
    };
    Ok(exchanges.into_iter().map(view).collect())
}

/// The utterances in which exchanges stand.
pub async fn texts(conn: &mut Connection, exchanges: &[Exchange]) -> Result<Texts, store::Error> {
    let places = |one: &Exchange| {
        let revision = one.revision;
        let places = one.question.iter().chain(&one.response).chain(&one.because);
        places.map(|place| (revision, place.number)).collect::<Vec<_>>()
    };
    let mut sought: Vec<(RevisionId, i32)> = exchanges.iter().flat_map(places).collect();
    sought.sort_unstable();
    sought.dedup();
    utterances::numbered(conn, &sought).await
}

/// Where question and response stand: a range where nothing else stands between.
pub fn address(exchange: &Exchange) -> String {
    let slug = &exchange.briefing.slug;
    let mut numbers: Vec<i32> = exchange.question.iter().chain(&exchange.response).map(|place| place.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    match (numbers.first(), numbers.last()) {
        (Some(first), Some(last)) if *last > *first && (last - first) as usize + 1 == numbers.len() => {
            urls::utterance(slug, format!("{first}-{last}"))
        }
        _ => urls::utterance(slug, exchange.number),
    }
}

fn view(exchange: Exchange, texts: &Texts, askings: &[Asking]) -> ExchangeView {
    let url = address(&exchange);
    let who = |places: &[Place]| {
        let utterance = texts.get(&(exchange.revision, places.first()?.number))?;
        Some(Who::of(utterance.by.as_ref()?, utterance, true))
    };
    let question = excerpt(texts, exchange.revision, &exchange.question, None, OF_QUESTION);
    let response = excerpt(texts, exchange.revision, &exchange.response, exchange.because, OF_RESPONSE);
    ExchangeView {
        id: exchange.id,
        begins: true,
        contest: urls::contest(&url),
        asks: who(&exchange.question),
        question: question.unwrap_or_else(|| "[Not shown]".to_owned()),
        responds: who(&exchange.response),
        response,
        label: exchange.label.map(|label| Labelled {
            words: answers::label(label),
            meaning: answers::meaning(label),
            origin: answers::origin(exchange.origin),
            score: exchange.score.filter(|_| exchange.origin == crate::domain::Origin::Machine).map(answers::score),
        }),
        follows: exchange.follows.map(|(_, number)| urls::utterance(&exchange.briefing.slug, number)),
        follow_ups: exchange.follow_ups,
        thread: exchange.thread.and_then(|id| Some((when_else(exchange.id, askings)?, urls::thread(&id)))),
        later: None,
        briefing: exchange.briefing,
        url,
    }
}

/// The first words of some places, and the sentence with the words that gave a label away; nothing where there are none.
fn excerpt(
    texts: &Texts,
    revision: RevisionId,
    places: &[Place],
    because: Option<Place>,
    most: usize,
) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let (mut left, mut told) = (most, because.is_none());
    for place in places {
        let Some(utterance) = texts.get(&(revision, place.number)) else { continue };
        let (length, words) = reach(place.words(&utterance.text), left);
        left -= words;
        let range = place.start..place.start + length;
        told |= because.is_some_and(|it| it.number == place.number && it.start >= range.start && it.end <= range.end);
        if words > 0 {
            parts.push(shown(utterance, &range, because));
        }
        if left == 0 {
            break;
        }
    }
    let all: usize = places
        .iter()
        .filter_map(|place| Some(place.words(&texts.get(&(revision, place.number))?.text).split_whitespace().count()))
        .sum();
    let mut html = parts.join(" … ");
    if all > most {
        html.push_str(" …");
    }
    if let Some(because) = because.filter(|_| !told)
        && let Some(utterance) = texts.get(&(revision, because.number))
    {
        let sentence = sentences(&utterance.text).into_iter().find(|range| range.contains(&because.start));
        html.push(' ');
        html.push_str(&shown(utterance, &around(&utterance.text, sentence, because), Some(because)));
    }
    (!html.is_empty()).then_some(html)
}

/// The sentence in which words stand; of one that is very long only the words.
fn around(text: &str, sentence: Option<Range<usize>>, because: Place) -> Range<usize> {
    let long = |range: &Range<usize>| {
        Place { number: because.number, start: range.start, end: range.end }.words(text).split_whitespace().count()
            > OF_RESPONSE
    };
    match sentence.filter(|range| !long(range)) {
        Some(sentence) => sentence.start..sentence.end.max(because.end),
        None => because.range(),
    }
}

/// How many characters the first words of a text have, and how many words that are.
fn reach(text: &str, most: usize) -> (usize, usize) {
    let (mut words, mut inside, mut length) = (0, false, 0);
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            inside = false;
            continue;
        }
        if !inside {
            if words == most {
                return (length, words);
            }
            (words, inside) = (words + 1, true);
        }
        length = at + 1;
    }
    (length, words)
}

/// Some characters of an utterance as HTML.
fn shown(utterance: &Utterance, range: &Range<usize>, because: Option<Place>) -> String {
    let text: String = utterance.text.chars().skip(range.start).take(range.len()).collect();
    let within = |start: usize, end: usize| {
        let (start, end) = (start.max(range.start), end.min(range.end));
        (start < end).then(|| (start - range.start, end - range.start))
    };
    let marks: Vec<Mark> = utterance
        .marks
        .iter()
        .filter_map(|mark| within(mark.start, mark.end).map(|(start, end)| Mark { kind: mark.kind, start, end }))
        .collect();
    let because = because.filter(|it| Some(it.number) == utterance.number).and_then(|it| within(it.start, it.end));
    words::telling(&text, &marks, because)
}

/// "Asked before on 3 and 5 March 2026. Answered on 9 March 2026 (machine)."
fn when_else(mine: ExchangeId, askings: &[Asking]) -> Option<String> {
    let at = askings.iter().position(|asking| asking.id == mine)?;
    let day = askings.get(at)?.day;
    let days = |some: &[Asking]| {
        let days = some.iter().filter_map(|asking| asking.day).filter(|other| Some(*other) != day);
        let mut days: Vec<Date> = days.collect();
        days.dedup();
        days
    };
    let (before, after) = askings.split_at(at);
    let (before, after) = (days(before), days(after));
    let asked = match (before.is_empty(), after.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("Asked before on {}.", several(&before)),
        (true, false) => format!("Asked again on {}.", several(&after)),
        (false, false) => format!("Asked before on {}, and again on {}.", several(&before), several(&after)),
    };
    Some(format!("{asked} {}", end(askings, Some(mine))))
}

/// How a thread ends, and by whose word.
pub fn end(askings: &[Asking], mine: Option<ExchangeId>) -> String {
    let Some(last) = askings.iter().rfind(|asking| asking.label == Some(AnswerLabel::Answered)) else {
        return "Not answered so far in what the archive holds.".to_owned();
    };
    let origin = answers::origin(last.origin);
    match last.day {
        _ if Some(last.id) == mine => format!("Answered here ({origin})."),
        Some(day) => format!("Answered on {} ({origin}).", phrase::date(day)),
        None => format!("Answered ({origin})."),
    }
}

/// "3 and 5 March 2026", "28 February 2026 and 2 March 2026", "1, 2, 3, 4 March 2026 and 3 other days".
fn several(days: &[Date]) -> String {
    let (named, more) = days.split_at(days.len().min(MOST_DAYS));
    let mut names: Vec<String> = Vec::new();
    for (n, day) in named.iter().enumerate() {
        let same = named.get(n + 1).is_some_and(|next| next.first_of_month() == day.first_of_month());
        names.push(if same { day.day().to_string() } else { phrase::date(*day) });
    }
    if !more.is_empty() {
        return format!("{} and {}", names.join(", "), phrase::counted(more.len(), "other day", "other days"));
    }
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Origin;
    use jiff::civil::date;

    fn asking(id: i64, day: i8, label: AnswerLabel) -> Asking {
        let day = Some(date(2026, 3, day));
        Asking { thread: ExchangeId(1), id: ExchangeId(id), day, label: Some(label), origin: Origin::Machine }
    }

    #[test]
    fn a_thread_says_when_else_and_how_it_ends() {
        let mut askings = vec![
            asking(1, 3, AnswerLabel::Declined),
            asking(2, 5, AnswerLabel::Dodged),
            asking(3, 9, AnswerLabel::Answered),
        ];
        let of = |id, askings: &[Asking]| when_else(ExchangeId(id), askings).unwrap();
        assert_eq!(of(1, &askings), "Asked again on 5 and 9 March 2026. Answered on 9 March 2026 (machine).");
        assert_eq!(of(3, &askings), "Asked before on 3 and 5 March 2026. Answered here (machine).");
        askings.pop();
        assert_eq!(of(2, &askings), "Asked before on 3 March 2026. Not answered so far in what the archive holds.");
        assert_eq!(when_else(ExchangeId(2), &askings[1..]), None, "the other time is hidden");
    }

    #[test]
    fn words_are_counted_and_not_cut_in_two() {
        assert_eq!(reach("one two  three", 2), (7, 2));
        assert_eq!(reach("  één", 5), (5, 1));
        assert_eq!(reach("one", 0), (0, 0));
    }

    #[test]
    fn many_days_are_not_all_named() {
        let days = |days: &[i8]| several(&days.iter().map(|day| date(2026, 3, *day)).collect::<Vec<_>>());
        assert_eq!(days(&[3]), "3 March 2026");
        assert_eq!(days(&[1, 2, 3, 4, 5, 6]), "1, 2, 3, 4 March 2026 and 2 other days");
        assert_eq!(several(&[date(2026, 2, 28), date(2026, 3, 2)]), "28 February 2026 and 2 March 2026");
    }
}
