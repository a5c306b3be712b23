//! How much a word tells: what two texts have in common counts by how rare it is in the collection they come from.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::exchanges::said::Said;

/// How much more a name or a number tells than another word that is as rare.
const NAME: f32 = 1.6;

/// The words of a text that say what it is about, each once, with whether it is a name or a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(BTreeMap<String, bool>);

impl Terms {
    /// The terms of a text: without words that stand in every text, without endings.
    pub fn of(text: &str) -> Self {
        let said = Said::new(text);
        let mut terms: BTreeMap<String, bool> = BTreeMap::new();
        for sentence in &said.sentences {
            for (at, word) in said.words(&sentence.words).iter().enumerate() {
                if STOP.contains(word.folded.as_str()) {
                    continue;
                }
                let number = word.folded.starts_with(|c: char| c.is_ascii_digit());
                if word.folded.chars().count() < 3 && !number && !word.capital {
                    continue;
                }
                let name = number || word.capital && at > 0;
                *terms.entry(stem(&word.folded)).or_default() |= name;
            }
        }
        Self(terms)
    }

    /// The terms, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How rare terms are in a collection.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    weights: HashMap<String, f32>,
}

impl Rarity {
    /// Counts in how many texts each term stands.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a Terms>) -> Self {
        let mut counts: HashMap<&str, (u32, u32)> = HashMap::new();
        let mut all = 0_u32;
        for Terms(terms) in texts {
            all += 1;
            for (word, name) in terms {
                let count = counts.entry(word).or_default();
                count.0 += 1;
                count.1 += u32::from(*name);
            }
        }
        let weight = |(texts, names): (u32, u32)| {
            let rare = (1.0 + all as f32 / texts as f32).ln();
            // A word is a name where it mostly is written as one.
            if 2 * names > texts { NAME * rare } else { rare }
        };
        Self { weights: counts.into_iter().map(|(word, count)| (word.to_owned(), weight(count))).collect() }
    }

    /// What a term tells; nothing where the collection does not have it.
    pub fn weight(&self, term: &str) -> f32 {
        self.weights.get(term).copied().unwrap_or(0.0)
    }
}

/// A term of a text that another has too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// As it is written where it stands first.
    pub word: String,
    /// Its places, in Unicode scalar values.
    pub places: Vec<Range<usize>>,
}

/// The terms of a text that others have too, those that tell most first.
pub fn shared(text: &str, others: &Terms, rarity: &Rarity) -> Vec<Shared> {
    let said = Said::new(text);
    let mut found: BTreeMap<String, Shared> = BTreeMap::new();
    for word in &said.words {
        let term = stem(&word.folded);
        if STOP.contains(word.folded.as_str()) || !others.0.contains_key(&term) {
            continue;
        }
        let written = || said.chars.get(word.span.clone()).unwrap_or_default().iter().collect();
        let shared = found.entry(term).or_insert_with(|| Shared { word: written(), places: Vec::new() });
        shared.places.push(word.span.clone());
    }
    let mut found: Vec<(String, Shared)> = found.into_iter().collect();
    found.sort_by(|a, b| rarity.weight(&b.0).total_cmp(&rarity.weight(&a.0)).then_with(|| a.0.cmp(&b.0)));
    found.into_iter().map(|(_, shared)| shared).collect()
}

/// Takes the commonest endings off: "visits" and "visit" tell the same.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let long = |rest: &&str| rest.len() >= 4;
    for (ending, instead) in [("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")] {
        if ending == "s" && word.ends_with("ss") {
            break;
        }
        if let Some(rest) = word.strip_suffix(ending).filter(long) {
            return format!("{}{instead}", rest.strip_suffix('e').unwrap_or(rest));
        }
    }
    word.strip_suffix('e').filter(long).unwrap_or(word).to_owned()
}

/// Words that stand in every text.
const EVERYWHERE: &str = "\
    a about above actually after again ago all almost already also although always am an and another any \
    anybody anyone anything are aren't around as ask asked asking at away back be because been before being \
    believe better between both but by call came can can't cannot certainly clear come comes coming comment \
    could couldn't course day days did didn't different do does doesn't doing don't done down during each \
    either else end even ever every everybody everyone everything exactly far few first follow for from further \
    get gets getting give given gives go goes going gone good got great guess guys had happen happened has have \
    haven't having he he's hear heard her here hers him himself his hold how however i i'd i'll i'm i've if \
    important in indeed information into is isn't issue it it'd it'll it's its itself just keep kind know known \
    last later least less let let's like likely little long look looking lot made make makes making many may \
    maybe me mean means mentioned might moment more morning most much must my myself need needs never new next \
    no nor not nothing now of off often oh okay ok on once one ones only or other others our out over own part \
    particular people perhaps place point possible press probably put question questions quick quickly quite \
    rather read real really reason regard regarding right said same saw say saying says second see seem seems \
    seen sense several shall she should since so some somebody someone something sometimes soon sort specific \
    specifically still such suppose sure take taken takes talk talked talking tell than thank thanks that \
    that's the their them themselves then there there's therefore these they they'd they'll they're they've \
    thing things think this those though thought three through time times to today together told tomorrow too \
    took topic toward try trying turn two under understand until up upon us use used using very view want \
    wanted wants was wasn't way ways we we'd we'll we're we've week weeks well went were weren't what what's \
    when where whether which while white who who's whole whom whose why will with within without won't wonder \
    wondering words work would wouldn't yeah year years yes yesterday yet you you'd you'll you're you've your \
    yours president house administration secretary mr ms mrs madam sir al algo alguna algun ahi ahora alguien \
    ante antes asi aqui aunque bien bueno cada como con contra cual cuales cuando de del desde donde dos el \
    ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estaba estamos estan estar estas \
    este esto estos fue fueron gracias ha haber habia hace hacer hacia han hasta hay hemos hoy la las le les lo \
    los mas mi mis mismo mucho muchas muchos muy nada ni nos nosotros nuestra nuestro o otra otras otro otros \
    para parte pero poco por porque pregunta presidente presidenta primero pues que quien saber se sea ser si \
    sido sin sobre solo son su sus tal tambien tan tanto te tema tener tenemos tiene tienen toda todas todo \
    todos tu un una uno unos usted ustedes va vamos van ver vez y ya yo preguntarle quisiera gustaria buenos \
    dias tardes senor senora";

static STOP: LazyLock<HashSet<&str>> = LazyLock::new(|| EVERYWHERE.split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_texts_have_in_common_is_told_as_it_is_written_the_rarest_first() {
        let owed = Terms::of("How many trawlers were detained off Kallenport?");
        let later = "The trawlers: eleven trawlers lay off Kallenport. Detaining them took a day.";
        let others = ["A trawler left.", "No trawlers today.", "They were detained."].map(Terms::of);
        let rarity = Rarity::of(others.iter().chain([&owed, &Terms::of(later)]));
        let found = shared(later, &owed, &rarity);
        let words: Vec<&str> = found.iter().map(|one| one.word.as_str()).collect();
        assert_eq!(words, ["Kallenport", "Detaining", "trawlers"]);
        assert_eq!(found[2].places, [4..12, 21..29]);
    }
}
