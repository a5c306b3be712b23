//! Whether two words are forms of one verb.

/// The commonest irregular verbs of English, each with its forms.
const VERBS: [&[&str]; 62] = [
    &["say", "says", "said", "saying"],
    &["go", "goes", "went", "gone"],
    &["get", "gets", "got", "gotten"],
    &["make", "makes", "made"],
    &["know", "knows", "knew", "known"],
    &["think", "thinks", "thought"],
    &["take", "takes", "took", "taken"],
    &["see", "sees", "saw", "seen"],
    &["come", "comes", "came", "coming"],
    &["give", "gives", "gave", "given"],
    &["find", "finds", "found"],
    &["tell", "tells", "told"],
    &["feel", "feels", "felt"],
    &["leave", "leaves", "left"],
    &["keep", "keeps", "kept"],
    &["begin", "begins", "began", "begun"],
    &["bring", "brings", "brought"],
    &["hold", "holds", "held"],
    &["write", "writes", "wrote", "written"],
    &["stand", "stands", "stood"],
    &["hear", "hears", "heard"],
    &["mean", "means", "meant"],
    &["meet", "meets", "met"],
    &["pay", "pays", "paid"],
    &["sit", "sits", "sat"],
    &["speak", "speaks", "spoke", "spoken"],
    &["lead", "leads", "led"],
    &["grow", "grows", "grew", "grown"],
    &["lose", "loses", "lost"],
    &["fall", "falls", "fell", "fallen"],
    &["send", "sends", "sent"],
    &["build", "builds", "built"],
    &["understand", "understands", "understood"],
    &["draw", "draws", "drew", "drawn"],
    &["break", "breaks", "broke", "broken"],
    &["spend", "spends", "spent"],
    &["rise", "rises", "rose", "risen"],
    &["drive", "drives", "drove", "driven"],
    &["buy", "buys", "bought"],
    &["wear", "wears", "wore", "worn"],
    &["choose", "chooses", "chose", "chosen"],
    &["seek", "seeks", "sought"],
    &["throw", "throws", "threw", "thrown"],
    &["catch", "catches", "caught"],
    &["deal", "deals", "dealt"],
    &["win", "wins", "won", "winning"],
    &["forget", "forgets", "forgot", "forgotten"],
    &["fight", "fights", "fought"],
    &["teach", "teaches", "taught"],
    &["eat", "eats", "ate", "eaten"],
    &["sell", "sells", "sold"],
    &["strike", "strikes", "struck"],
    &["become", "becomes", "became", "becoming"],
    &["run", "runs", "ran", "running"],
    &["show", "shows", "showed", "shown"],
    &["fly", "flies", "flew", "flown"],
    &["hide", "hides", "hid", "hidden"],
    &["shoot", "shoots", "shot"],
    &["swear", "swears", "swore", "sworn"],
    &["steal", "steals", "stole", "stolen"],
    &["bind", "binds", "bound"],
    &["want", "wants", "wanted"],
];

/// Endings by which forms of one verb differ, in English and Spanish.
const ENDINGS: [&str; 30] = [
    "", "s", "es", "ed", "d", "ing", "e", "ied", "ies", "y", "o", "as", "a", "an", "amos", "aba", "aban", "aron", "io",
    "ieron", "ara", "aran", "aremos", "emos", "era", "ado", "ido", "ando", "iendo", "ar",
];

/// Whether two folded words without accents are different forms of one verb, as far as their spelling tells.
pub fn same_verb(one: &str, other: &str) -> bool {
    if VERBS.iter().any(|forms| forms.contains(&one) && forms.contains(&other)) {
        return true;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum::<usize>();
    let (Some(a), Some(b)) = (one.get(shared..), other.get(shared..)) else { return false };
    // "Plan" and "planned": the consonant is doubled.
    let doubled = one.get(..shared).and_then(|stem| stem.chars().next_back());
    let plain = |rest: &str| {
        let single = doubled.and_then(|c| rest.strip_prefix(c)).filter(|rest| matches!(*rest, "ed" | "ing"));
        single.unwrap_or(rest).to_owned()
    };
    let (a, b) = (plain(a), plain(b));
    // A plural is no tense: something must be more than an "s" apart.
    let plural = matches!((a.as_str(), b.as_str()), ("", "s" | "es") | ("s" | "es", "") | ("y", "ies") | ("ies", "y"));
    shared >= 3 && !plural && ENDINGS.contains(&a.as_str()) && ENDINGS.contains(&b.as_str())
}
