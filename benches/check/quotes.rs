//! Quotations made from the archive, each with what a careful reader would say of it.

use serde::Deserialize;

use crate::draw::Draw;

/// One briefing.
#[derive(Deserialize)]
pub struct Briefing {
    /// What it is.
    pub briefing_kind: String,
    /// Its words.
    pub utterances: Vec<Utterance>,
}

/// One utterance.
#[derive(Deserialize)]
pub struct Utterance {
    /// What the label stands for where it names nobody.
    pub role: Option<String>,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// The words.
    pub text: String,
    /// What in it was not spoken.
    pub marks: Vec<serde_json::Value>,
}

/// A person.
#[derive(Deserialize)]
pub struct Speaker {
    /// The readable part of the address.
    pub slug: String,
}

/// A quotation to check.
pub struct Quote {
    /// What was done to make it.
    pub class: &'static str,
    /// The words.
    pub text: String,
    /// Who is said to have said it.
    pub speaker: Option<String>,
    /// The verdicts that are right.
    pub right: &'static [&'static str],
}

/// The classes, in turn.
pub const CLASSES: [&str; 9] = [
    "verbatim",
    "words changed",
    "not dropped",
    "number changed",
    "spliced",
    "in a question",
    "taken up",
    "another speaker",
    "invented",
];

/// The archive to draw from.
pub struct Archive {
    answers: Vec<Said>,
    questions: Vec<(String, String)>,
    speakers: Vec<String>,
}

/// What a person said.
struct Said {
    slug: String,
    text: String,
}

impl Archive {
    /// Takes what people and reporters said in transcripts; turns with marks are left to the tests.
    pub fn of(briefings: Vec<Briefing>) -> Self {
        let mut archive = Self { answers: Vec::new(), questions: Vec::new(), speakers: Vec::new() };
        for briefing in briefings.into_iter().filter(|briefing| briefing.briefing_kind == "transcript") {
            let mut speaker_before: Option<String> = None;
            for utterance in briefing.utterances.into_iter().filter(|utterance| utterance.marks.is_empty()) {
                match (utterance.speaker, utterance.role.as_deref()) {
                    (Some(speaker), _) => {
                        if !archive.speakers.contains(&speaker.slug) {
                            archive.speakers.push(speaker.slug.clone());
                        }
                        speaker_before = Some(speaker.slug.clone());
                        archive.answers.push(Said { slug: speaker.slug, text: utterance.text });
                    }
                    (None, Some("questioner")) => {
                        archive.questions.extend(speaker_before.clone().map(|speaker| (speaker, utterance.text)));
                    }
                    _ => {}
                }
            }
        }
        archive
    }

    /// A quotation of a class.
    pub fn quote(&self, class: &'static str, draw: &mut Draw) -> Quote {
        loop {
            if let Some(quote) = self.try_quote(class, draw) {
                return quote;
            }
        }
    }

    fn try_quote(&self, class: &'static str, draw: &mut Draw) -> Option<Quote> {
        let said = draw.one_of(&self.answers);
        let speaker = (draw.below(3) > 0).then(|| said.slug.clone());
        let quote = |text: String, speaker: Option<String>, right| Some(Quote { class, text, speaker, right });
        match class {
            "verbatim" => quote(words(&said.text, draw, 6, 25)?, speaker, &["verbatim"]),
            "words changed" => quote(self.changed(&words(&said.text, draw, 10, 25)?, draw)?, speaker, &["altered"]),
            "not dropped" => quote(without_not(&sentence(&said.text, draw)?)?, speaker, &["altered"]),
            "number changed" => quote(other_number(&sentence(&said.text, draw)?, draw)?, speaker, &["altered"]),
            "spliced" => {
                let other = draw.one_of(&self.answers);
                let (one, two) = (words(&said.text, draw, 7, 12)?, words(&other.text, draw, 7, 12)?);
                let same = said.slug == other.slug && said.text != other.text;
                quote(format!("{one} {two}"), speaker.filter(|_| same), if same { &["spliced"] } else { return None })
            }
            "in a question" => {
                let (asked, text) = draw.one_of(&self.questions);
                quote(words(text, draw, 8, 25)?, speaker.map(|_| asked.clone()), &["in-question"])
            }
            "taken up" => quote(taken_up(&said.text, draw)?, speaker, &["quoted"]),
            "another speaker" => {
                let other = draw.one_of(&self.speakers).clone();
                let text = words(&said.text, draw, 8, 25)?;
                quote(
                    text,
                    Some(other.clone()).filter(|_| other != said.slug),
                    if other == said.slug { return None } else { &["other-speaker"] },
                )
            }
            _ => quote(invented(draw), speaker, &["not-found"]),
        }
    }

    /// One to three words are replaced by others of the archive.
    fn changed(&self, text: &str, draw: &mut Draw) -> Option<String> {
        let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        for _ in 0..=draw.below(3) {
            let other = draw.one_of(&self.answers);
            let others: Vec<&str> = other.text.split_whitespace().filter(|word| plain(word).len() > 3).collect();
            let word = others.get(draw.below(others.len()))?;
            let at = draw.below(words.len());
            if plain(&words[at]) == plain(word) {
                return None;
            }
            words[at] = plain(word);
        }
        Some(words.join(" "))
    }
}

fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Words in a row.
fn words(text: &str, draw: &mut Draw, fewest: usize, most: usize) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let count = (fewest + draw.below(most - fewest + 1)).min(all.len());
    let from = draw.below((all.len() + 1).checked_sub(count)?);
    let some = &all[from..from + count];
    let real = some.iter().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    (real >= fewest).then(|| some.join(" "))
}

/// A sentence of eight to thirty words.
fn sentence(text: &str, draw: &mut Draw) -> Option<String> {
    let all: Vec<&str> = text.split_inclusive(['.', '?', '!']).map(str::trim).collect();
    let one = all.get(draw.below(all.len()))?;
    (8..=30).contains(&one.split_whitespace().count()).then(|| one.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn without_not(text: &str) -> Option<String> {
    let changed = if text.contains(" not ") {
        text.replacen(" not ", " ", 1)
    } else {
        text.replacen("n’t ", " ", 1).replacen("n't ", " ", 1)
    };
    (changed != text).then_some(changed)
}

fn other_number(text: &str, draw: &mut Draw) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let digit = text[at..].chars().next()?.to_digit(10)?;
    let other = (digit + 1 + draw.below(8) as u32) % 10;
    Some(format!("{}{}{}", &text[..at], other.max(1), &text[at + 1..])).filter(|changed| changed != text)
}

/// What the speaker says in quotation marks and not as words of their own.
fn taken_up(text: &str, draw: &mut Draw) -> Option<String> {
    let plain = text.replace(['“', '”'], "\"");
    let parts: Vec<&str> = plain.split('"').collect();
    let at = 1 + 2 * draw.below(parts.len() / 2);
    let (before, inner) = (parts.get(at.checked_sub(1)?)?, parts.get(at)?);
    let lead: Vec<&str> = before.split_whitespace().rev().take(5).collect();
    // "We're saying" and "I've said" are their own words as well as "I said".
    let own = lead.iter().any(|word| {
        let word = word.to_lowercase().replace('’', "'");
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(word.split('\'').next(), Some("i" | "we" | "my" | "our"))
    });
    ((6..40).contains(&inner.split_whitespace().count()) && !own && !inner.contains('\n'))
        .then(|| inner.trim().to_owned())
}

/// What nobody ever said.
fn invented(draw: &mut Draw) -> String {
    const WHO: [&str; 8] = [
        "The lighthouse keepers of the northern isles",
        "Our new ministry of bicycles",
        "Every beekeeper in the valley",
        "We at the office of tides",
        "The president's personal gardener",
        "My colleagues from the weather bureau",
        "All three hundred village librarians",
        "The secretary of defense",
    ];
    const DO: [&str; 8] = [
        "will paint the border fence bright yellow",
        "have ordered four thousand umbrellas from the navy",
        "never intended to tax the sale of pumpkins",
        "are going to move the capital into the mountains",
        "have decided to cancel the treaty on glaciers",
        "can confirm that the tunnel was flooded with lemonade",
        "must hand over the recordings of the choir",
        "will not apologize for the parade of camels",
    ];
    const WHEN: [&str; 8] = [
        "before the end of the fishing season",
        "as soon as congress returns from the beach",
        "and that is final as far as the harbor is concerned",
        "because the people in Ohio deserve better weather",
        "no matter what the European accordion players say",
        "at a cost of nine hundred million dollars a week",
        "unless Iran sends back the borrowed orchestra",
        "which is what we promised the veterans of the ferry",
    ];
    format!("{} {} {}", draw.one_of(&WHO), draw.one_of(&DO), draw.one_of(&WHEN))
}
