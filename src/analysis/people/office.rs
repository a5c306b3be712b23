//! Offices: which titles mean the same one, and how it is shown.

use super::name::is_capitals;
use super::words::{fold, folded_words, joins_office, office_word};

/// An office as read from a title beside a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct OfficeName {
    /// What makes it this office: sorted words, abbreviations spelt out. Equal keys are the same office.
    pub key: Vec<String>,
    /// As shown.
    pub shown: String,
}

impl OfficeName {
    /// Its key in English, so that what other languages call an office can be compared; never shown.
    pub fn in_english(&self) -> Vec<&str> {
        const ENGLISH: &[(&str, &str)] = &[
            ("presidente", "president"),
            ("ministro", "minister"),
            ("ministra", "minister"),
            ("primer", "prime"),
            ("primera", "prime"),
            ("canciller", "chancellor"),
            ("secretario", "secretary"),
            ("secretaria", "secretary"),
            ("embajador", "ambassador"),
            ("embajadora", "ambassador"),
            ("gobernador", "governor"),
            ("gobernadora", "governor"),
        ];
        let mut words: Vec<&str> = self
            .key
            .iter()
            .map(|word| ENGLISH.iter().find(|(other, _)| other == word).map_or(word.as_str(), |(_, english)| english))
            .collect();
        words.sort_unstable();
        words
    }

    /// Whether it only says what kind of office it is ("Secretary"), which any fuller title of the same kind specifies.
    pub fn is_vague(&self) -> bool {
        self.key.len() <= 1 && !self.shown.contains(' ')
    }

    /// Whether it names no body although it belongs to one: "Secretary", "Deputy Director". Such an office is not shown.
    pub fn is_incomplete(&self) -> bool {
        const OF_A_BODY: &[&str] = &[
            "secretary",
            "director",
            "administrator",
            "coordinator",
            "advisor",
            "officer",
            "chair",
            "commissioner",
            "manager",
            "inspector",
            "member",
            "spokesperson",
            "undersecretary",
            "secretario",
            "secretaria",
            "directora",
            "subsecretario",
            "subsecretaria",
            "coordinador",
            "coordinadora",
            "titular",
            "consejero",
            "consejera",
            "vocero",
            "vocera",
            "leader",
            "chief",
            "executive",
            "assistant",
            "principal",
        ];
        self.shown.split(' ').map(fold).all(|word| {
            let word = SPELT_OUT.iter().find(|(short, _)| *short == word).map_or(word.as_ref(), |(_, long)| long);
            word.split(' ').all(|word| word != "president" && (OF_A_BODY.contains(&word) || tells_apart(word)))
        })
    }

    /// Whether it speaks for a body that it does not name: "Press Secretary", "spokesman".
    pub fn speaks_for_nobody(&self) -> bool {
        speaks(&self.key)
            && self.shown.split(' ').all(|word| office_word(&fold(word)).is_some())
            && !self.shown.split(' ').any(|word| SILENT.contains(&fold(word).as_ref()))
    }

    /// Whether it is mostly a form of address, which says less than any other office: "Ambassador".
    pub fn is_courtesy(&self) -> bool {
        self.is_vague()
            && self.key.iter().all(|word| {
                matches!(
                    word.as_str(),
                    "ambassador"
                        | "senator"
                        | "governor"
                        | "mayor"
                        | "congressman"
                        | "congresswoman"
                        | "representative"
                        | "embajador"
                        | "embajadora"
                        | "senador"
                        | "senadora"
                        | "gobernador"
                        | "gobernadora"
                        | "minister"
                )
            })
    }

    /// What kind of office it is: "Deputy Secretary". Nobody holds two of a kind at once.
    pub fn kind(&self) -> Vec<&str> {
        let heads = |word: &&String| {
            *word != "principal" && office_word(word).is_some_and(|kind| kind.head || kind.rank) || tells_apart(word)
        };
        self.key.iter().filter(heads).map(String::as_str).filter(|word| *word != "principal").collect()
    }

    /// Whether the other is this one held for the time being.
    pub fn acting(&self, other: &Self) -> bool {
        other.key.len() == self.key.len() + 1
            && other.key.iter().all(|word| word == "acting" || self.key.contains(word))
            && !self.key.iter().any(|word| word == "acting")
    }

    /// Whether the other title names the same office, only more fully: "Coordinator for X" and "NSC Coordinator for X".
    pub fn is_part_of(&self, other: &Self) -> bool {
        self.key.len() < other.key.len()
            && self.key.iter().all(|word| other.key.contains(word))
            && other.key.iter().all(|word| self.key.contains(word) || !tells_apart(word))
    }
}

/// Ranks make another office of the same head: a deputy is not the secretary, and who serves a president is not one.
fn tells_apart(word: &str) -> bool {
    office_word(word).is_some_and(|kind| kind.rank) || matches!(word, "vice" | "deputy" | "special" | "president")
}

const SPELT_OUT: &[(&str, &str)] = &[
    ("nsc", "national security council"),
    ("omb", "management budget"),
    ("cea", "council economic advisors"),
    ("nec", "national economic council"),
    ("fema", "federal emergency management"),
    ("epa", "environmental protection"),
    ("hud", "housing urban development"),
    ("hhs", "health human services"),
    ("dhs", "homeland security"),
    ("usda", "agriculture"),
    ("dot", "transportation"),
    ("dod", "defense"),
    ("pentagon", "defense"),
    ("doe", "energy"),
    ("ustr", "trade representative"),
    ("fed", "federal reserve"),
    ("sba", "small business"),
    ("un", "united nations"),
    ("imss", "instituto mexicano seguro social"),
    ("cfe", "comision federal electricidad"),
    ("adviser", "advisor"),
    ("advisers", "advisors"),
    ("defence", "defense"),
    ("chairman", "chair"),
    ("chairwoman", "chair"),
    ("chairperson", "chair"),
    ("spokesman", "spokesperson"),
    ("spokeswoman", "spokesperson"),
    ("undersecretary", "under secretary"),
    ("sec", "secretary"),
    ("presidenta", "presidente"),
    ("amb", "ambassador"),
];

/// Words that do not tell offices apart.
const SILENT: &[&str] = &[
    "office",
    "department",
    "agency",
    "administration",
    "white",
    "house",
    "us",
    "usa",
    "executive",
    "director's",
    "his",
    "our",
    "my",
    "her",
    "presidents",
    "board",
    "governors",
    "system",
];

/// Titles of these people are not held at the time.
const NOT_HELD: &[&str] =
    &["former", "ex", "nominee", "designate", "elect", "incoming", "outgoing", "emeritus", "then", "late"];

/// Forms of address that say nothing about an office.
const ADDRESS: &[&str] = &[
    "mr",
    "ms",
    "mrs",
    "miss",
    "mme",
    "dr",
    "dra",
    "doctor",
    "doctora",
    "sir",
    "madam",
    "maestro",
    "maestra",
    "licenciado",
    "licenciada",
    "adm",
    "admiral",
    "rear",
    "gen",
    "general",
    "lt",
    "lieutenant",
    "col",
    "colonel",
    "maj",
    "major",
    "capt",
    "captain",
    "brig",
    "brigadier",
    "hon",
    "prof",
    "professor",
    "sr",
    "sra",
    "don",
    "radm",
    "vadm",
    "cmdr",
    "commander",
    "sergeant",
    "sgt",
    "coach",
    "chief",
    "ingeniero",
    "senor",
    "senora",
    "reverend",
    "rev",
    "rabbi",
    "father",
];

/// Reads a title; `None` when it is a form of address, or an office not held at the time.
pub(super) fn read(title: &str, issuer: Option<&str>) -> Option<OfficeName> {
    let title = served_president(trim_lead(title));
    let words = folded_words(&title);
    // A life in a line is no office: "Director of X Director of Y from July 2022 to March 2024".
    if words.iter().any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())) || words.len() > 22 {
        return None;
    }
    if words.iter().any(|word| NOT_HELD.contains(&word.as_str()))
        || words.iter().all(|word| ADDRESS.contains(&word.as_str()))
    {
        return None;
    }
    // "Advisor to the President" is the advisor.
    let served = title.to_lowercase().contains("to the president");
    let told: Vec<String> = words.iter().filter(|word| !(served && *word == "president")).cloned().collect();
    let mut key = spelt_out(&told);
    key.sort();
    key.dedup();
    if key.is_empty() || !words.iter().any(|word| office_word(word).is_some_and(|kind| kind.head || kind.honour)) {
        return None;
    }
    let own = shown(&title);
    let shown = of_issuer(&own, &key, issuer);
    // Whose press secretary somebody is makes another office of it.
    if shown != own {
        key.extend(spelt_out(&folded_words(&shown)));
        key.sort();
        key.dedup();
    }
    Some(OfficeName { key, shown })
}

/// The words that tell offices apart, abbreviations spelt out.
fn spelt_out(words: &[String]) -> Vec<String> {
    let mut key = Vec::new();
    for word in words {
        let spelt = SPELT_OUT.iter().find(|(short, _)| short == word).map_or(word.as_str(), |(_, long)| long);
        key.extend(spelt.split(' ').filter(|word| !joins_office(word) && !SILENT.contains(word)).map(str::to_owned));
    }
    key
}

/// "National Security Advisor to President Rosa Vale": hers is the presidency.
fn served_president(title: String) -> String {
    let lower = title.to_lowercase();
    let Some(rest) = lower.strip_suffix("president") else { return title };
    let (rest, office) = rest.strip_suffix("vice ").map_or((rest, "President"), |rest| (rest, "Vice President"));
    if [" to ", " for ", " under "].iter().any(|joint| rest.ends_with(joint)) { office.to_owned() } else { title }
}

/// "the Assistant to the President and National Security Advisor" is shown as the latter.
fn trim_lead(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = title.to_lowercase();
    for lead in [
        "the ",
        "our ",
        "my ",
        "his ",
        "her ",
        "el ",
        "la ",
        "assistant to the president and ",
        "deputy assistant to the president and ",
        "special assistant to the president and ",
        "to the president and ",
        "president and ",
        "vice president and ",
        "president’s ",
        "president's ",
        "mr. ",
        "mr ",
        "madam ",
        "señor ",
        "señora ",
    ] {
        // A president of something else may be its chief executive too.
        let both = lead.ends_with("president and ")
            && ["chief", "ceo", "coo", "cfo", "founder", "co-founder", "chair"]
                .iter()
                .any(|word| lower.get(lead.len()..).is_some_and(|rest| rest.starts_with(word)));
        if lower.starts_with(lead)
            && !both
            && let Some(rest) = title.get(lead.len()..)
            && !rest.is_empty()
        {
            return trim_lead(rest);
        }
    }
    // The mark that closes a quotation within the title stays.
    let quoted = |c: char| match c {
        '’' => title.contains('‘'),
        '”' => title.contains('“'),
        other => other == ')',
    };
    title.trim_end_matches(|c: char| !c.is_alphanumeric() && !quoted(c)).to_owned()
}

/// Titles in small letters or capitals are shown like names.
fn shown(title: &str) -> String {
    let capitals = is_capitals(title);
    let words: Vec<String> = title
        .split(' ')
        .enumerate()
        .map(|(at, word)| {
            let folded = fold(word);
            let short = word.chars().filter(|c| c.is_alphabetic()).count() <= 6 && is_capitals(word);
            if at > 0 && joins_office(&folded) {
                word.to_lowercase()
            } else if short && (!capitals || ABBREVIATIONS.contains(&folded.as_ref())) {
                word.to_owned()
            } else if capitals || word.chars().next().is_some_and(char::is_lowercase) {
                super::name::display(&word.to_uppercase())
            } else {
                word.to_owned()
            }
        })
        .collect();
    words.join(" ")
}

const ABBREVIATIONS: &[&str] = &[
    "nsc", "omb", "cea", "nec", "fema", "epa", "hud", "hhs", "dhs", "usda", "nato", "un", "us", "eu", "imss", "cfe",
    "fda", "cdc", "nih", "fbi", "cia", "sspc", "issste", "inah", "uif", "shcp", "sep", "oea", "iaea", "who", "icc",
];

/// Whether an office is to speak for a body, whichever.
fn speaks(key: &[String]) -> bool {
    let has = |word: &str| key.iter().any(|known| known == word);
    let bare = key.iter().all(|word| {
        matches!(
            word.as_str(),
            "press"
                | "secretary"
                | "spokesperson"
                | "deputy"
                | "principal"
                | "assistant"
                | "associate"
                | "acting"
                | "first"
                | "second"
        )
    });
    bare && (has("spokesperson") || has("press") && has("secretary"))
}

/// A press secretary is somebody's: the issuer's.
fn of_issuer(shown: &str, key: &[String], issuer: Option<&str>) -> String {
    let Some(issuer) = issuer else { return shown.to_owned() };
    let issuer = issuer.to_lowercase();
    let lower = shown.to_lowercase();
    if matches!(key, [only] if only == "chair") && issuer.contains("federal reserve") {
        return format!("Federal Reserve {shown}");
    }
    if !speaks(key) {
        return shown.to_owned();
    }
    for (mark, body) in [
        ("white house", "White House"),
        ("state", "State Department"),
        ("defense", "Pentagon"),
        ("pentagon", "Pentagon"),
        ("united nations", "United Nations"),
        ("nato", "NATO"),
    ] {
        if issuer.contains(mark) && !lower.contains(&body.to_lowercase()) {
            let own = lower.replace("department ", "").len() != lower.len();
            let shown =
                if own && body == "State Department" { shown.replace("Department ", "") } else { shown.to_owned() };
            return format!("{body} {shown}");
        }
    }
    shown.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(title: &str) -> OfficeName {
        read(title, Some("The White House")).unwrap_or_else(|| panic!("{title}"))
    }

    #[test]
    fn one_office_has_many_titles() {
        assert_eq!(
            office("NSC Coordinator for Strategic Communications").key,
            office("National Security Council Coordinator for Strategic Communications").key
        );
        assert_eq!(office("OMB Director").key, office("Director of the Office of Management and Budget").key);
        assert_eq!(office("Secretary of Homeland Security").key, office("Homeland Security Secretary").key);
        assert_eq!(office("White House Press Secretary").key, office("the Press Secretary").key);
        assert_eq!(
            office("Assistant to the President and National Security Advisor").key,
            office("national security adviser").key
        );
    }

    #[test]
    fn a_deputy_is_not_the_secretary() {
        assert!(!office("Press Secretary").is_part_of(&office("Principal Deputy Press Secretary")));
        assert!(office("Secretary").is_part_of(&office("Secretary of Energy")));
        assert!(!office("Secretary").is_part_of(&office("Deputy Secretary of Energy")));
    }

    #[test]
    fn who_stands_before_an_office_is_no_part_of_it() {
        assert_eq!(office("President and National Security Advisor").shown, "National Security Advisor");
        assert_eq!(
            office("to the President and Director of the Office of Public Outreach").shown,
            "Director of the Office of Public Outreach"
        );
        assert_eq!(office("National Security Advisor to President").shown, "President");
        assert_eq!(office("President and CEO").shown, "President and CEO");
        assert_eq!(read("Director General of Ports from July 2022 to March 2024", None), None);
    }

    #[test]
    fn offices_without_their_body_are_incomplete() {
        for title in ["Secretary", "Deputy Director", "Acting Secretary", "Administrator", "Senior Adviser", "Chair"] {
            assert!(office(title).is_incomplete(), "{title}");
        }
        for title in
            ["Secretary of Energy", "Senator", "President", "Press Secretary", "Senior Advisor to the President"]
        {
            assert!(!office(title).is_incomplete(), "{title}");
        }
        let chair = read("CHAIRMAN", Some("Federal Reserve")).unwrap();
        assert_eq!((chair.shown.as_str(), chair.is_incomplete()), ("Federal Reserve Chairman", false));
    }

    #[test]
    fn offices_are_shown_as_titles() {
        assert_eq!(office("Press Secretary").shown, "White House Press Secretary");
        assert_eq!(office("our national security advisor").shown, "National Security Advisor");
        assert_eq!(office("SECRETARIO DE SALUD Y BIENESTAR").shown, "Secretario de Salud y Bienestar");
        assert_eq!(office("OMB Director").shown, "OMB Director");
        assert_eq!(
            read("Department Spokesperson", Some("U.S. Department of State")).map(|o| o.shown).as_deref(),
            Some("State Department Spokesperson")
        );
    }

    #[test]
    fn forms_of_address_and_past_offices_are_none() {
        for title in ["MR.", "REAR ADM.", "Dr.", "former Secretary of State", "ambassador-designate"] {
            assert_eq!(read(title, None), None, "{title}");
        }
    }
}
