//! Words that say whose the words behind them are, in English and in Spanish.
//!
//! Every pattern is laid at the end of what leads up to the words, in lower case.

use std::sync::LazyLock;

use regex::Regex;

/// It is said not to be so: "it is not true that", "I never said", "we reject the idea that".
pub fn rejects(lead: &str) -> bool {
    REJECTS.is_match(lead) && !TRUE_AFTER_ALL.is_match(lead)
}

/// Somebody else is said to say so, and the speaker does not join in.
pub fn attributes(lead: &str) -> bool {
    ATTRIBUTES.is_match(lead) && !ENDORSES.is_match(lead) && !shares_idea(lead)
}

/// The speaker's own words, said again: "as I said", "we have always said".
pub fn says_own_words(lead: &str) -> bool {
    OWN_WORDS.is_match(lead)
}

/// Whether an idea is one that the speaker holds: "we are committed to the idea that", but not "we don't agree with it".
fn shares_idea(lead: &str) -> bool {
    SHARES.find(lead).is_some_and(|found| {
        let before = lead.get(..found.start()).unwrap_or_default();
        let denies = |word: &str| word.ends_with("n't") || matches!(word, "not" | "never" | "cannot" | "hardly" | "no");
        !before.split(' ').rev().take(4).any(denies)
    })
}

/// A pattern of our own, which is right or the first test says so.
fn pattern(parts: &[&str]) -> Regex {
    // Raw strings know no continued lines.
    let lines = |part: &&str| part.lines().map(|line| line.trim_start().trim_end_matches('\\')).collect::<String>();
    let parts: Vec<String> = parts.iter().map(lines).collect();
    #[expect(clippy::unwrap_used, reason = "patterns are constants and every one is compiled by a test")]
    Regex::new(&format!("(?:{})$", parts.join("|"))).unwrap()
}

const SAYING: &str = "(?:say|says|said|saying|tell|tells|told|telling|claim|claims|claimed|claiming|argue|argues|argued|\
    arguing|allege|alleges|alleged|alleging|suggest|suggests|suggested|suggesting|insist|insists|insisted|insisting|assert|\
    asserts|asserted|asserting|contend|contends|contended|complain|complains|complained|complaining|asked|asking|ask|write|\
    writes|wrote|writing)";

const IDEA: &str = "(?:idea|notion|claim|suggestion|allegation|assertion|accusation|rumou?r|theory|argument|premise|report|\
    reporting|narrative|charge|implication|contention|myth|perception|impression|criticism|speculation|complaint|\
    misconception|insinuation|lie|fiction|canard|talking point|assumption)s?";

const IDEA_ES: &str = "(?:idea|argumento|versión|rumor|cuento|mentira|acusación|tesis|teoría|noción|creencia|narrativa|\
    leyenda|mito|chisme|pretexto|invento)";

/// They say, in Spanish, also in sayings like "nos acusan de que". What the speaker says or thinks is not among it.
const SAYING_ES: &str = "(?:dicen|dijo|dijeron|dice|decian|decía|decían|diciendo|afirman?|afirmó|afirmaron|afirmaban|\
    aseguran?|aseguró|aseguraron|aseguraban|sostienen?|sostuvo|sostenían|acusan|acusaron|acusaban|preguntan|señalan|\
    señaló|señalaron|argumentan?|argumentaban|alegan?|alegaban|manejan|manejaban|plantean|inventan|inventaron|hablan|\
    piensan|pensaban|creen|creían|suponen|sugieren|critican|cuestionan|reclaman|insisten|advierten|pretenden)";

static REJECTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        r"\b(?:it|that|this)(?: \w+ly)?(?:'s| is| was| would be)(?: \w+)? (?:not true|untrue|false|wrong|incorrect|not the case|not \
          correct|not accurate|inaccurate|nonsense|a lie|a mistake|ridiculous|absurd|misleading|unfair)(?: to (?:say|\
          suggest|claim|think|believe))?(?: that)?",
        r"\b(?:it|that|this)(?: \w+ly)? (?:isn't|wasn't)(?: \w+)? (?:true|correct|accurate|fair|right|the case)(?: to (?:say|suggest|\
          claim|think|believe))?(?: that)?",
        &format!(
            r"\b(?:deny|denies|denied|denying|reject|rejects|rejected|rejecting|dispute|disputes|disputed|refute|refutes|\
              refuted|rebut|contest|disagree)(?: with)?(?: (?:the|this|that|any|your)(?: \w+)? {IDEA})? that"
        ),
        r"\b(?:don't|do not|didn't|did not|doesn't|does not|wouldn't|would not|never|not|can't|cannot|won't)(?: ever| \
          necessarily| really| actually| going to| want to)? (?:say|said|saying|think|believe|accept|agree|buy|suggest|\
          suggested|suggesting|claim|claimed|mean|meant|imply|implying|use the words?|use the term)(?: to you)?(?: that)?",
        &format!(
            r"\b(?:don't|do not|didn't|doesn't|does not|wouldn't|never|not|can't|cannot|won't)(?: \w+)? (?:accept|buy|agree \
              with|believe|share|subscribe to|support) (?:the|this|that|any|your)(?: \w+)? {IDEA} that"
        ),
        r"\bno es (?:cierto|verdad|correcto|así)(?: eso de)? que",
        r"\bes (?:falso|mentira|una mentira|absurdo|ridículo)(?: eso de)? que",
        r"\bno (?:creo|creemos|pienso|pensamos|dije|dijimos|digo|decimos|es que)(?: que)?",
        &format!(
            r"\b(?:rechazo|rechazamos|niego|negamos|desmiento|desmentimos|no acepto|no aceptamos|no comparto|no \
              compartimos|no estoy de acuerdo|no estamos de acuerdo)(?: con| en)?(?: (?:la|el|esa|ese) {IDEA_ES} de)? que"
        ),
    ])
});

/// "No es falso que": twice denied.
static TRUE_AFTER_ALL: LazyLock<Regex> =
    LazyLock::new(|| pattern(&[r"\bno es (?:falso|mentira|una mentira|absurdo|ridículo)(?: eso de)? que"]));

static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        &format!(
            r"\b[a-z]+(?: \w+ly)?(?: have| has| had| would| might| may| will| keep| kept| just| also| are| is| were| was)? \
              {SAYING}(?: (?:me|us|you|him|her|them|people|reporters))?(?: that| whether| if| how)?"
        ),
        // "States" alone is a country more often than a saying.
        r"\b(?:he|she|it|who|which|report|statement|letter|article|law|resolution) (?:clearly )?stat(?:es|ed)(?: that)?",
        r"\b(?:they|some|many|most|people|others|critics|opponents|skeptics|folks|everybody|everyone|republicans|democrats|\
          who)(?: \w+ly| may| might| will| would)? (?:think|thought|believe|believed|feel|felt|assume|assumed|fear|feared)\
          (?: that)?",
        &format!(
            r"\b(?:the|this|that|any|your|their|his|her|a|an|these|those)(?: \w+)? {IDEA}(?: (?:by|from|among|of|out)\
              (?: \w+){{1,5}})?(?: is| has been| was)? that"
        ),
        r"\baccording to [^,.]{3,60}",
        &format!(
            r"\b{SAYING_ES}(?: (?:ellos|ellas|algunos|(?:los|las|el|la)(?: \w+){{1,3}}))?(?: en| de)?(?: que| si)?"
        ),
        r"\b(?:acusan|acusaron|acusaban) de",
        r"\bsegún [^,.]{3,40}",
        &format!(r"\b(?:la|el|esa|ese|esta|este|una|un|su)(?: \w+)? {IDEA_ES}(?: \w+)? de que"),
        r"\b(?:eso|lo|esto) de que",
    ])
});

static OWN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let saying = format!(
        r"\b(?:i|we|i've|we've|i'd|we'd|i'll|we'll|i'm|we're)(?: \w+){{0,3}} (?:{SAYING}|wonder|wondered|wondering|thought)\
          (?: (?:that|is|was|to \w+|myself|ourselves|(?:this|that|the) question))?"
    );
    pattern(&[
        &saying,
        r"\b(?:my|our) (?:answer|message|position|point|response|view|words?)(?: \w+){0,4}",
        r"\b(?:dije|dijimos|digo|decimos|decía yo|yo decía|decíamos)(?: que)?",
    ])
});

/// What sounds like a report and is none: the speaker's own saying, or agreement with somebody's.
static ENDORSES: LazyLock<Regex> = LazyLock::new(|| {
    let after = "(?: (?:you|to you|again|this|it))?(?: that| how)?";
    let own = format!(
        r"\b(?:i|we|i've|we've|i'd|we'd|i'll|we'll|i'm|we're|let me|let us|let's)(?: \w+){{0,3}} {SAYING}{after}"
    );
    let bare = format!(
        r"\b(?:to|that's|and|or|but|can|could|can't|should|must)(?: just| also| always| only)? {SAYING}{after}"
    );
    let agreed = format!(r"\b(?:as|like|what|when|if)(?: \w+){{1,4}} {SAYING}(?: \w+)?");
    pattern(&[
        &own,
        &bare,
        &agreed,
        r"\bcomo(?: \w+)? (?:dice|dicen|decía|decían|dijo|dijeron)(?: \w+){0,4}",
        r"\b(?:yo decía|decía yo|yo siempre decía)(?: que)?",
        r"\b(?:quiere|quieren|quiso|quería) decir(?: que)?",
    ])
});

/// Ideas that the speaker holds.
static SHARES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        &format!(
            r"\b(?:committed to|agree|agreed|agrees|agree on|agreed on|agree with|agreed with|believe in|believes in|support|\
              supports|supported|supportive of|illustration of|embrace|embraces|embraced|based on|built on|confirm|confirms|\
              confirmed|welcome|welcomes|share|shares|in favor of|rooted in|guided by|reinforce|reinforces|back|backs|\
              consistent with|on) (?:the|this|that|our)(?: \w+)? {IDEA} that"
        ),
        &format!(
            r"\b(?:somos|soy|coincido|coincidimos|comparto|compartimos|partimos|parto|estoy de acuerdo|estamos de acuerdo)\
              (?: \w+)?(?: con| de)? (?:la|esa) {IDEA_ES} de que"
        ),
    ])
});
