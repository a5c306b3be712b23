//! Finds the reporter's name where the text itself says it, and only where it says it plainly.

use std::sync::LazyLock;

use regex::Regex;

use super::model::{AskedBy, Segment, SegmentKind};

/// Two to four names; a full stop only behind an initial.
const NAME: &str = r"(?P<name>(?:\p{Lu}[\p{L}’'-]+|(?:\p{Lu}\.){1,2})(?:\s+(?:de|del|la|van|von|al|el|bin))?(?:\s+(?:\p{Lu}[\p{L}’'-]+|\p{Lu}\.?)){1,3}?)";
const OUTLET: &str = r"(?P<outlet>(?:[Tt]he\s+)?(?:(?:\p{Lu}\.){2,}\s+)?\p{Lu}[\p{L}\p{N}’'&-]*(?:\.\p{L}+)*(?:\s+(?:of|the|de|la|y|and|&|\p{N}+|\p{Lu}[\p{L}\p{N}’'&-]*(?:\.\p{L}+)*)){0,5}?)";

/// Outlets whose name proves that a name beside it is a reporter's.
const OUTLETS: &str = r"Reuters|Bloomberg|AP|AFP|CNN|CNBC|NBC|ABC|CBS|PBS|NPR|BBC|MSNBC|Fox|DPA|EFE|ANSA|Kyodo|NHK|TASS|Xinhua|Politico|Axios|Newsmax|Univision|Telemundo|Al Jazeera|Sky News|USA Today|Yahoo|Washington Post|New York Times|Wall Street Journal|Financial Times|Associated Press|Agence France|Los Angeles Times|Voice of America|VOA|The Economist|Washington Times|MarketWatch|American Banker|Newsweek|Time|Guardian|Times|Post|Journal|News|Tribune|Herald|Radio|Television|TV|Newspaper|Magazine|Press|Network|Agency|Daily|Gazette|Globe|Media|Wire|Courier|Channel|Chronicle|Observer|Standard|Telegraph|Dispatch|Examiner|Mercury|Bulletin|Sentinel|Inquirer|Independent|Mail|Express|Star|Sun|Mirror|Review|Weekly|Broadcasting|Public Media|Newswire|Newsroom|Report|Monitor|Diario|Periódico|Noticias|Canal|Agencia|Zeitung|Le Monde|Der Spiegel|La Stampa|El País";

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    // A short answer may stand before the name: "I did. Jane Doe, Reuters."
    let greeting = r"^(?:[\p{L}’' ]{1,20}\. )?(?:(?:Hi|Hello|Hey|Thank you|Thanks|Good (?:morning|afternoon|evening)|Yes|Yeah)\b(?:[^.?!]|M[rs]\.){0,40}?[.,!—–-]+\s*)*";
    let patterns = [
        // "Jane Doe, Reuters." / "Jane Doe from Reuters."
        format!(
            r"{greeting}(?:(?:\p{{Lu}}\p{{L}}+, )?(?:I’m|I'm|I am|this is|This is|my name is|My name is|It’s|It's)\s+)?{NAME}(?:,|,? (?:with|from|of))\s+{OUTLET}(?:\s*[.,;?!—–]|\s+--?|$)"
        ),
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});
/// "Ana Vale, del periódico La Marea." at the start of a paragraph.
static SPANISH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?m)^(?:[\p{{L}} ,¡!]{{0,40}}[.,] )?(?:(?:[Ss]oy|[Mm]i nombre es|[Mm]e llamo) )?{NAME}, (?:reporter[oa] )?(?:de|del)(?: (?:la|el|los))?(?: (?:periódico|diario|revista|agencia|portal|canal))? {OUTLET}[.,;?](?:\s|$)")).ok()
});
static IN_LABEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^{NAME}\s*(?:\(|,\s*){OUTLET}\)?$")).ok());
/// "QUESTION (Jane Doe, Reuters)".
static IN_ROLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^\p{{L}}+\s*[(\[]{NAME}\s*[,;/–—-]\s*{OUTLET}[)\]]$")).ok());
static CALLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?:^|[.?!,—–]\s+|go to\s+|Go ahead,\s+|question\s+(?:is|comes|will come)\s+from\s+(?:the line of\s+)?)(?:with\s+|to\s+)?{NAME}(?:,| with| from| of| at)\s+{OUTLET}[.,?]?(?:\s+(?:[Pp]lease|[Gg]o ahead)[.,]?|\s*(?:Please go ahead\.|Your line is (?:now )?open\.|You may go ahead\.))*$")).ok()
});
static KNOWN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"\b(?:{OUTLETS})\b")).ok());

/// Fills `asked_by` of questions.
pub fn fill(segments: &mut [Segment]) {
    let mut called: Option<AskedBy> = None;
    for segment in segments.iter_mut().filter(|segment| segment.kind == SegmentKind::Turn) {
        let label = segment.label.clone().unwrap_or_default();
        if let Some(asked) = in_label(&label) {
            segment.asked_by = Some(asked);
        } else if is_question(&label) {
            segment.asked_by =
                introduced(&segment.text, true).or_else(|| spanish(&label, &segment.text)).or(called.take());
        } else if label.contains(' ') {
            // "STEVE LIEBER. Hi, Steve Lieber, CNBC": who gives the name of the label with an outlet asks.
            let own = names(&segment.text, &label).then(|| introduced(&segment.text, false)).flatten();
            let own = own.or_else(|| called.take());
            segment.asked_by = own.filter(|asked| asked.name.to_uppercase() == label.to_uppercase());
        }
        called = if is_question(&label) { None } else { calls(&segment.text) };
    }
}

/// Whether the first words hold the last word of the label, in whatever case.
fn names(text: &str, label: &str) -> bool {
    let start: String = text.chars().take(160).collect::<String>().to_uppercase();
    label.split_whitespace().next_back().is_some_and(|last| start.contains(&last.to_uppercase()))
}

fn is_question(label: &str) -> bool {
    let upper = label.to_uppercase();
    ["Q", "QUESTION", "REPORTER", "PREGUNTA", "INTERLOCUTOR", "INTERLOCUTORA", "CORRESPONDENT", "JOURNALIST"]
        .iter()
        .any(|role| upper.strip_prefix(role).is_some_and(|rest| rest.chars().all(|c| !c.is_alphabetic())))
}

fn asked(captures: &regex::Captures<'_>, must_know: bool) -> Option<AskedBy> {
    let name = captures.name("name")?.as_str();
    let outlet = captures.name("outlet")?.as_str();
    let known = || match &*KNOWN {
        Some(known) if outlet.chars().any(char::is_lowercase) => known.is_match(outlet),
        // "EVENING SENTINEL" in a label in capitals.
        Some(known) => known.is_match(outlet) || known.is_match(&in_small_letters(outlet)),
        None => false,
    };
    if must_know && !known() || is_address(name) {
        return None;
    }
    let evidence = captures.get(0)?.as_str().trim().to_owned();
    let outlet = outlet.trim_end_matches(['.', ',']).to_owned();
    Some(AskedBy { name: name.to_owned(), outlet: Some(outlet), evidence })
}

fn in_small_letters(words: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| format!("{first}{}", chars.as_str().to_lowercase()))
    };
    words.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// "Mr. President", "Chair Yellen": somebody is spoken to, not introduced.
fn is_address(name: &str) -> bool {
    const WORDS: &str =
        "Mr.|Mrs.|Ms.|Madam|President|Chairman|Chair|Secretary|Thank|Thanks|Good|Hi|Prime|General|White|United";
    name.split_whitespace().any(|word| WORDS.split('|').any(|other| other == word))
}

/// Whether an outlet is named at all: most turns name none, and this is quick to see.
fn names_outlet(text: &str) -> bool {
    KNOWN.as_ref().is_some_and(|known| known.is_match(text))
}

fn in_label(label: &str) -> Option<AskedBy> {
    if !label.contains(['(', ',', '[']) {
        return None;
    }
    let role = label.split(['(', '[']).next().unwrap_or_default();
    if is_question(role.trim()) {
        return asked(&IN_ROLE.as_ref()?.captures(label)?, false);
    }
    asked(&IN_LABEL.as_ref()?.captures(label)?, true)
}

fn introduced(text: &str, must_know: bool) -> Option<AskedBy> {
    let start: String = text.chars().take(160).collect();
    if must_know && !names_outlet(&start) {
        return None;
    }
    PATTERNS.iter().find_map(|pattern| asked(&pattern.captures(&start)?, must_know))
}

/// Who asks in Spanish; there "of the newspaper X" after a name is proof enough.
fn spanish(label: &str, text: &str) -> Option<AskedBy> {
    let upper = label.to_uppercase();
    if !upper.starts_with("PREGUNTA") && !upper.starts_with("INTERLOCUTOR") {
        return None;
    }
    let start: String = text.chars().take(240).collect();
    let found = asked(&SPANISH.as_ref()?.captures(&start)?, false)?;
    let name = found.name.strip_prefix("Soy ").unwrap_or(&found.name).to_owned();
    let named = name.contains(' ') && !name.to_lowercase().contains("president");
    named.then_some(AskedBy { name, ..found })
}

/// The last words of a turn give the floor to somebody by name and outlet.
fn calls(text: &str) -> Option<AskedBy> {
    let count = text.chars().count();
    let end: String = text.chars().skip(count.saturating_sub(120)).collect();
    let end = end.rsplit("\n\n").next().unwrap_or_default();
    if !names_outlet(end) {
        return None;
    }
    asked(&CALLED.as_ref()?.captures(end)?, true)
}
