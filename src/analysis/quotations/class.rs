//! What part a word can play in a sentence, as far as closed lists and its form tell.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The part that a word or mark can play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Class {
    /// Beyond the sentence.
    Edge,
    /// “the”, “some”.
    Article,
    /// “he”, “they”.
    Subject,
    /// “him”, “themselves”.
    Object,
    /// “it”, “you”.
    Either,
    /// “his”.
    Possessive,
    /// “’s”.
    Clitic,
    /// “of”.
    Of,
    /// “by”.
    By,
    /// “to”.
    To,
    /// “as”.
    As,
    /// Another preposition.
    Preposition,
    /// “and”, “or”.
    And,
    /// “but”.
    But,
    /// “if”, “because”.
    Because,
    /// “that”.
    That,
    /// “who”.
    Who,
    /// “what”, “how”.
    What,
    /// A form of “be”.
    Be,
    /// A form of “have”.
    Have,
    /// A form of “do”.
    Do,
    /// “will”, “could”.
    Modal,
    /// “not”.
    Not,
    /// “also”, “strongly”.
    Adverb,
    /// “new”, “public”.
    Adjective,
    /// A number, in letters or digits.
    Number,
    /// “Monday”, “week”.
    Time,
    /// “Sen.”, “spokesman”: whom a name may follow.
    Office,
    /// “people”, “voters”, “reporters”.
    People,
    /// “poll”, “report”.
    Paper,
    /// A capital inside a sentence.
    Name,
    /// A capital at its beginning.
    First,
    /// All in capitals.
    Capitals,
    /// It ends in “-ed”, or is a past form that does not.
    Past,
    /// It ends in “-ing”.
    Ing,
    /// It ends in “-s”.
    S,
    /// It ends in “-ion”, “-ment” and the like.
    Noun,
    /// Another word.
    Word,
    /// `,`
    Comma,
    /// `.`
    Stop,
    /// `?`, `!`
    Question,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `—`, `-`
    Dash,
    /// `…`
    Ellipsis,
    /// `(`
    OpenBracket,
    /// `)`
    CloseBracket,
    /// An opening double mark.
    OpenMark,
    /// A closing double mark.
    CloseMark,
    /// A mark that may do either.
    StraightMark,
    /// `‘`
    OpenSingle,
    /// `’`
    CloseSingle,
    /// Another mark.
    Mark,
}

impl Class {
    /// Whether it is no word.
    pub fn is_mark(self) -> bool {
        self as u8 >= Self::Comma as u8
    }
}

/// The lists, one class a line.
const LISTS: &[(Class, &str)] = &[
    (
        Class::Article,
        "the a an this these those some any each every no another both all many several few most more other such certain \
         either neither",
    ),
    (Class::Subject, "he she they we i"),
    (Class::Object, "him them us me himself herself themselves itself ourselves myself"),
    (Class::Either, "it you one someone somebody everyone everybody anyone nobody none others there"),
    (Class::Possessive, "his her their its our my your whose"),
    (Class::Clitic, "'s"),
    (Class::Of, "of"),
    (Class::By, "by"),
    (Class::To, "to"),
    (Class::As, "as like"),
    (
        Class::Preposition,
        "in on at for with from about into over after before under against between during without through amid among \
         toward towards per via since until across behind beyond despite near off onto outside inside upon within than \
         around above below along regarding concerning up out down",
    ),
    (Class::And, "and or nor &"),
    (Class::But, "but yet"),
    (Class::Because, "if because although though while whether unless so when where"),
    (Class::That, "that"),
    (Class::Who, "who whom which"),
    (Class::What, "what why how whatever whoever"),
    (Class::Be, "is are was were be been being am 'm 're"),
    (Class::Have, "has have had having 've 'd"),
    (Class::Do, "do does did doing done"),
    (Class::Modal, "will would can could may might must shall should 'll ca wo"),
    (Class::Not, "not n't never hardly"),
    (
        Class::Adverb,
        "also just still already now then ever often even only once again later earlier recently soon here too \
         instead perhaps maybe however meanwhile further moreover always sometimes yesterday today tomorrow ago long very \
         quite rather almost else together forward away back",
    ),
    (
        Class::Adjective,
        "new old former own same public private political national federal senior top chief first last next likely clear \
         sure good bad big great strong real possible able willing ready confident concerned worried hopeful aware optimistic \
         presidential general american russian foreign democratic republican conservative liberal black white hispanic latino \
         young little high low many much recent early late different important",
    ),
    (
        Class::Number,
        "two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands million \
         millions billion half percent second third",
    ),
    (
        Class::Time,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september \
         october november december jan. feb. aug. sept. oct. nov. dec. week weeks month months year years day days night \
         morning afternoon evening weekend hour hours minutes time times",
    ),
    (
        Class::Office,
        "sen. sens. rep. reps. gov. govs. mr. mrs. ms. dr. gen. lt. col. president senator senators secretary spokesman spokeswoman \
         spokesperson director chairman chairwoman chair governor congressman congresswoman mayor judge justice attorney \
         manager strategist adviser advisor adviser aide aides leader leaders candidate nominee professor analyst \
         minister ambassador commissioner sheriff editor author lawyer pollster consultant operative executive officer \
         representative lawmaker delegate activist donor official officials speaker prosecutor historian economist \
         host anchor columnist journalist reporter correspondent ceo founder surrogate counsel running-mate mogul \
         billionaire businessman mother father wife husband son daughter brother sister widow veteran superintendent",
    ),
    (
        Class::People,
        "people voters reporters supporters critics democrats republicans americans advisers aides lawmakers experts analysts \
         strategists others men women members delegates leaders observers allies opponents activists conservatives liberals \
         donors sources source staffers prosecutors lawyers attorneys judges officials candidates crowd audience team \
         campaign administration committee party government department house senate court congress group groups company \
         investigators pundits respondents fans friends man woman voter person supporter critic republican democrat student \
         students workers residents protesters journalists pollsters nation public media press city state agency bureau",
    ),
    (
        Class::Paper,
        "poll polls survey surveys study report reports statement article story tweet tweets email emails memo letter \
         newspaper magazine post interview speech remarks video ad ads website book document documents transcript filing \
         release analysis data results evidence numbers headline editorial column polling lawsuit complaint order ruling",
    ),
    (
        Class::Past,
        "said told thought knew wrote spoke felt saw found shown swore heard meant understood held gave took put made went \
         began sought got came left lost won ran led kept brought bought became broke chose drew fell fought grew hit let met paid \
         read rose sent set sold spent stood struck taught threw wore known seen given taken written spoken gone",
    ),
];

static LISTED: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut listed = HashMap::new();
    for (class, words) in LISTS {
        for word in words.split_whitespace() {
            listed.entry(word).or_insert(*class);
        }
    }
    listed
});

/// The part that a word can play; `begins` says that no word stands before it in its sentence.
pub(super) fn class_of(written: &str, small: &str, begins: bool) -> Class {
    let mut letters = written.chars();
    let Some(first) = letters.next() else { return Class::Mark };
    if !first.is_alphanumeric() && !matches!(first, '@' | '#' | '$') && written.chars().count() == 1 {
        return mark(first);
    }
    if matches!(written, "''" | "``") {
        return Class::StraightMark;
    }
    if let Some(class) = LISTED.get(small) {
        let name = matches!(class, Class::Past | Class::Adjective | Class::Paper | Class::People | Class::Adverb);
        if !(name && first.is_uppercase() && !begins) {
            return *class;
        }
    }
    if first.is_ascii_digit() || first == '$' {
        return Class::Number;
    }
    if first.is_uppercase() || matches!(first, '@' | '#') {
        let capitals = written.chars().count() > 1 && written.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        return if capitals {
            Class::Capitals
        } else if begins {
            Class::First
        } else {
            Class::Name
        };
    }
    if first == '.' {
        return Class::Ellipsis;
    }
    if !first.is_alphabetic() {
        return if first == '-' { Class::Dash } else { Class::Mark };
    }
    by_ending(small)
}

fn by_ending(small: &str) -> Class {
    let ends =
        |endings: &[&str]| endings.iter().any(|ending| small.len() > ending.len() + 2 && small.ends_with(ending));
    if ends(&["ly"]) {
        Class::Adverb
    } else if ends(&["ed"]) {
        Class::Past
    } else if ends(&["ing"]) {
        Class::Ing
    } else if ends(&["tion", "sion", "ment", "ness", "ity", "ship", "ism", "ance", "ence"]) {
        Class::Noun
    } else if ends(&["ous", "ful", "able", "ible", "ive", "ical", "less"]) {
        Class::Adjective
    } else if ends(&["s"]) && !small.ends_with("ss") {
        Class::S
    } else {
        Class::Word
    }
}

fn mark(c: char) -> Class {
    match c {
        ',' => Class::Comma,
        '.' => Class::Stop,
        '?' | '!' => Class::Question,
        ':' => Class::Colon,
        ';' => Class::Semicolon,
        '—' | '–' | '-' => Class::Dash,
        '…' => Class::Ellipsis,
        '(' | '[' => Class::OpenBracket,
        ')' | ']' => Class::CloseBracket,
        '“' | '„' | '«' => Class::OpenMark,
        '”' | '»' => Class::CloseMark,
        '"' => Class::StraightMark,
        '‘' => Class::OpenSingle,
        '’' | '\'' => Class::CloseSingle,
        _ => Class::Mark,
    }
}
