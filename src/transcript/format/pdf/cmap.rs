//! Character maps of fonts: from the codes in a content stream to Unicode.

use std::collections::HashMap;

/// More entries than any writing system needs.
const MAX_ENTRIES: usize = 200_000;

/// A character map.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// Lengths of codes in bytes with the first and last code of that length.
    spaces: Vec<(usize, u32, u32)>,
    texts: HashMap<u32, String>,
    ranges: Vec<(u32, u32, String)>,
}

/// What a map is written in, as far as it matters.
enum Token {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(String),
}

impl CMap {
    /// Reads a map; what cannot be understood is left out.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut section: Vec<Token> = Vec::new();
        for token in tokens(bytes) {
            match token {
                Token::Word(word) => {
                    match word.as_str() {
                        "endcodespacerange" => map.spaces(&section),
                        "endbfchar" => map.characters(&section),
                        "endbfrange" => map.ranges(section),
                        _ => {}
                    }
                    section = Vec::new();
                }
                token => section.push(token),
            }
        }
        map
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.texts.get(&code) {
            return Some(text.clone());
        }
        let (first, _, text) = self.ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&code))?;
        // Only the last character counts up.
        let mut chars: Vec<char> = text.chars().collect();
        let last = chars.pop()?;
        chars.push(char::from_u32(u32::from(last).checked_add(code - first)?)?);
        Some(chars.into_iter().collect())
    }

    /// How many bytes the next code takes.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        (1..=bytes.len().min(4)).find(|&length| {
            let code = bytes.get(..length).map_or(0, number);
            self.spaces.iter().any(|&(size, first, last)| size == length && (first..=last).contains(&code))
        })
    }

    fn spaces(&mut self, section: &[Token]) {
        for pair in section.chunks_exact(2) {
            if let [Token::Hex(first), Token::Hex(last)] = pair
                && self.spaces.len() < 100
            {
                self.spaces.push((first.len(), number(first), number(last)));
            }
        }
    }

    fn characters(&mut self, section: &[Token]) {
        for pair in section.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair
                && self.texts.len() < MAX_ENTRIES
            {
                self.texts.insert(number(code), utf_16(text));
            }
        }
    }

    fn ranges(&mut self, section: Vec<Token>) {
        let mut tokens = section.into_iter();
        while let (Some(Token::Hex(first)), Some(Token::Hex(last))) = (tokens.next(), tokens.next()) {
            let (first, last) = (number(&first), number(&last));
            match tokens.next() {
                Some(Token::Hex(text)) if self.ranges.len() < MAX_ENTRIES => {
                    self.ranges.push((first, last, utf_16(&text)));
                }
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.next() {
                        if self.texts.len() < MAX_ENTRIES {
                            self.texts.insert(code, utf_16(&text));
                        }
                        code = code.saturating_add(1);
                    }
                }
                _ => {}
            }
        }
    }
}

fn tokens(bytes: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        let delimiter = |byte: &u8| byte.is_ascii_whitespace() || b"<>[]()/%".contains(byte);
        match byte {
            b'%' => {
                let end = after.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(after.len());
                rest = after.get(end..).unwrap_or_default();
            }
            b'<' if after.first() == Some(&b'<') => rest = after.get(1..).unwrap_or_default(),
            b'<' => {
                let end = after.iter().position(|b| *b == b'>').unwrap_or(after.len());
                tokens.push(Token::Hex(hexadecimal(after.get(..end).unwrap_or_default())));
                rest = after.get(end + 1..).unwrap_or_default();
            }
            b'[' | b']' => {
                tokens.push(if byte == b'[' { Token::Open } else { Token::Close });
                rest = after;
            }
            b'a'..=b'z' => {
                let end = rest.iter().position(delimiter).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                tokens.push(Token::Word(String::from_utf8_lossy(word).into_owned()));
                rest = after;
            }
            byte if delimiter(&byte) => rest = after,
            _ => rest = rest.get(rest.iter().position(delimiter).unwrap_or(rest.len())..).unwrap_or_default(),
        }
    }
    tokens
}

fn hexadecimal(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0)).collect()
}

/// Bytes, most significant first, as one number.
pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number: u32, byte| number << 8 | u32::from(*byte))
}

/// Text in UTF-16, most significant byte first.
pub(super) fn utf_16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        [only] => u16::from(*only),
        _ => 0,
    });
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
