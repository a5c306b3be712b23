//! Words of saying, thinking, wanting and showing, and what is left of a word without its ending.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What kind of attribution a word can make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Meaning {
    /// None that is known.
    None,
    /// “say”, “tell”, “tweet”.
    Say,
    /// “urge”, “promise”: saying that something be done.
    Urge,
    /// “criticize”, “praise”: saying what one thinks of something.
    Judge,
    /// “think”, “believe”.
    Think,
    /// “want”, “plan”, “try”.
    Want,
    /// “seem”, “expect”.
    Seem,
    /// “show”, “find”: what a paper does.
    Show,
    /// “support”, “oppose”.
    Support,
    /// “statement”, “claim”.
    Words,
    /// “hope”, “fear”, “decision”.
    Thought,
}

const LISTS: &[(Meaning, &str)] = &[
    (
        Meaning::Say,
        "say tell ask add note write tweet explain state declare announce claim argue insist suggest assert contend allege \
         maintain acknowledge admit concede confirm deny reply respond respond answer recall remark comment observe mention \
         report reveal disclose testify repeat reiterate stress emphasize emphasise point continue conclude joke quip shout yell \
         boom beam read call describe characterize characterise label dub refer cite quote speak talk discuss address outline \
         detail warn predict inform notify brief proclaim pronounce profess boast brag complain lament muse opine offer counter \
         retort rebut refute dispute reject interject shoot snap deadpan mock chant chide exclaim vent whisper mutter sing write \
         blog post publish issue retweet share caution signal hint imply indicate stipulate specify clarify elaborate \
         question inquire wonder quiz press grill pose summarize summarise paraphrase preach lecture tout bill",
    ),
    (
        Meaning::Urge,
        "urge promise vow pledge threaten demand order request recommend propose advise encourage plead beg appeal invite \
         instruct direct command implore exhort challenge dare swear commit offer agree refuse decline advocate lobby petition \
         rule require allow permit ban forbid apologize apologise thank congratulate",
    ),
    (
        Meaning::Judge,
        "criticize criticise praise slam blast condemn denounce attack accuse blame hail laud applaud bash ridicule rip \
         decry deride lambaste castigate chastise rebuke scold assail disparage dismiss defend mock insult belittle trash \
         fault deplore welcome celebrate commend credit extol rail tear lash hit knock hammer skewer pan disavow repudiate \
         disagree object protest grumble gripe",
    ),
    (
        Meaning::Think,
        "think believe know feel fear worry hope doubt suspect assume consider understand realize realise recognize \
         recognise remember forget imagine guess suppose regard view see expect anticipate trust regret learn hear conclude \
         decide determine judge perceive appreciate reckon figure deem envision foresee envisage speculate ponder sense \
         concern convince satisfy surprise shock anger care mind find interpret accept convict",
    ),
    (
        Meaning::Want,
        "want plan intend try seek hope wish like love hate prefer aim attempt mean need look desire struggle strive \
         prepare opt choose refuse commit consider long hesitate dread enjoy dislike endeavor favor aspire contemplate work \
         vie push move fight",
    ),
    (Meaning::Seem, "seem appear expect suppose rumor presume likely bind suspect poise set tend"),
    (
        Meaning::Show,
        "show find indicate suggest reveal demonstrate prove illustrate reflect portray depict paint report rate rank estimate \
         project calculate poll survey forecast list detail feature document record state read air headline accord",
    ),
    (
        Meaning::Support,
        "support oppose endorse back favor favour approve disapprove vote reject embrace champion promote espouse side rally \
         campaign resist object protest agree disagree prefer accept nominate",
    ),
    (
        Meaning::Words,
        "statement claim accusation allegation assertion argument comment criticism suggestion warning promise pledge vow \
         announcement denial denunciation insistence declaration contention complaint call demand request proposal question answer \
         response reply testimony remark mention report rumor threat charge acknowledgment admission explanation description \
         message endorsement apology praise attack speech tweet word phrase line slogan chant quote rhetoric insult \
         recommendation order ruling agreement story account advice appeal joke talk characterization prediction",
    ),
    (
        Meaning::Thought,
        "belief hope fear concern worry view opinion thought plan intention attempt effort desire wish decision idea \
         notion expectation doubt conclusion determination feeling conviction position stance opposition support skepticism \
         confidence perception sense understanding goal aim bid willingness commitment ambition assumption impression knowledge \
         suspicion theory dream reaction anger frustration regret disappointment surprise agenda strategy aware confident sure \
         certain convinced hopeful optimistic worried concerned afraid skeptical willing eager ready keen determined happy \
         proud disappointed interested reluctant unwilling unsure uncertain clear",
    ),
];

const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("told", "tell"),
    ("thought", "think"),
    ("knew", "know"),
    ("known", "know"),
    ("wrote", "write"),
    ("written", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("felt", "feel"),
    ("saw", "see"),
    ("seen", "see"),
    ("found", "find"),
    ("shown", "show"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("heard", "hear"),
    ("meant", "mean"),
    ("understood", "understand"),
    ("held", "hold"),
    ("gave", "give"),
    ("given", "give"),
    ("took", "take"),
    ("taken", "take"),
    ("made", "make"),
    ("went", "go"),
    ("gone", "go"),
    ("began", "begin"),
    ("begun", "begin"),
    ("sought", "seek"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("forgot", "forget"),
    ("shot", "shoot"),
    ("sang", "sing"),
    ("fought", "fight"),
    ("came", "come"),
    ("got", "get"),
    ("left", "leave"),
    ("led", "lead"),
    ("kept", "keep"),
    ("bound", "bind"),
    ("forbade", "forbid"),
    ("foresaw", "foresee"),
    ("tore", "tear"),
    ("laid", "lay"),
    ("paid", "pay"),
    ("sent", "send"),
    ("met", "meet"),
    ("drew", "draw"),
];

static IRREGULAR_STEMS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| IRREGULAR.iter().copied().collect());

static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (meaning, words) in LISTS {
        for word in words.split_whitespace() {
            meanings.entry(stem(word).into_owned()).or_insert(*meaning);
        }
    }
    meanings
});

/// What kind of attribution a word can make, by its stem.
pub(super) fn meaning_of(stem: &str) -> Meaning {
    MEANINGS.get(stem).copied().unwrap_or(Meaning::None)
}

/// A word in small letters without its ending, roughly: “criticized”, “criticizes” and “criticizing” are one.
pub(super) fn stem(small: &str) -> Cow<'_, str> {
    if let Some(known) = IRREGULAR_STEMS.get(small) {
        return silent(known).into();
    }
    if small.len() < 4 || !small.bytes().all(|b| b.is_ascii_lowercase()) {
        return silent(small).into();
    }
    let cut = |ending: &str, least: usize| small.strip_suffix(ending).filter(|rest| rest.len() >= least);
    if let Some(rest) = cut("ies", 2).or_else(|| cut("ied", 2)) {
        return format!("{rest}y").into();
    }
    if let Some(rest) = cut("ing", 3).or_else(|| cut("ed", 3)) {
        return single(silent(rest)).into();
    }
    if let Some(rest) = cut("sses", 2).map(|rest| small.get(..rest.len() + 2).unwrap_or(rest)) {
        return rest.into();
    }
    if let Some(rest) =
        cut("ches", 1).or_else(|| cut("shes", 1)).map(|rest| small.get(..rest.len() + 2).unwrap_or(rest))
    {
        return rest.into();
    }
    if let Some(rest) = cut("s", 3).filter(|rest| !rest.ends_with('s')) {
        return silent(rest).into();
    }
    silent(small).into()
}

/// Without a last “e”.
fn silent(word: &str) -> &str {
    word.strip_suffix('e').filter(|rest| rest.len() >= 3).unwrap_or(word)
}

/// Without the doubling of its last consonant: “admitt” is “admit”.
fn single(word: &str) -> &str {
    match word.as_bytes() {
        [.., a, b] if a == b && !matches!(b, b'l' | b's' | b'e' | b'o') && word.is_ascii() => {
            word.get(..word.len() - 1).unwrap_or(word)
        }
        _ => word,
    }
}
