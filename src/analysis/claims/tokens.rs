//! The words of a sentence, and the marks between them that mean something.

/// Tokens of one sentence that are looked at: what is longer is no sentence.
pub(super) const MOST: usize = 400;
/// Letters of a word that are looked at.
const LONGEST: usize = 32;

/// A word, a number, or one mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In small letters, with plain apostrophes.
    pub(super) text: String,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Where it stands, in characters.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphanumeric)
    }
}

/// Cuts a text into its first tokens. Hyphens part words; figures keep their commas and points, initials their points.
pub(super) fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().map(plain).enumerate().peekable();
    while let Some((start, letter)) = letters.next() {
        if tokens.len() == most {
            break;
        }
        if letter.is_whitespace() {
            continue;
        }
        let mut token = Token { text: String::new(), capital: letter.is_uppercase(), start, end: start + 1 };
        token.text.extend(letter.to_lowercase());
        let mut before = letter;
        let mut length = 1;
        while letter.is_alphanumeric()
            && let Some(&(at, next)) = letters.peek()
        {
            if !(next.is_alphanumeric() || joins(next, before, length)) {
                break;
            }
            letters.next();
            if length < LONGEST {
                token.text.extend(next.to_lowercase());
            }
            (before, length, token.end) = (next, length + 1, at + 1);
        }
        take_back(&mut token);
        tokens.push(token);
    }
    tokens
}

/// Whether a mark holds a word together: "didn't", "3,000", "1.5", "U.S.".
fn joins(mark: char, before: char, length: usize) -> bool {
    match mark {
        '\'' => before.is_alphanumeric(),
        ',' => before.is_ascii_digit(),
        '.' => before.is_ascii_digit() || (before.is_alphabetic() && length == 1),
        _ => false,
    }
}

/// A mark at the end of a word is none of it.
fn take_back(token: &mut Token) {
    while token.text.len() > 1 && token.text.ends_with(['\'', ',', '.']) {
        token.text.pop();
        token.end -= 1;
    }
}

fn plain(letter: char) -> char {
    match letter {
        '’' | '‘' | 'ʼ' => '\'',
        '–' | '—' | '―' | '‐' | '‑' => '-',
        '“' | '”' => '"',
        '…' => '.',
        other => other,
    }
}
