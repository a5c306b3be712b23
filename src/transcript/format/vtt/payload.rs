//! The words of one line of a cue, without tags and entities; a voice tag names who speaks.

/// Words of a line that one voice says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::transcript::format) struct Words {
    /// The name in the voice tag before them.
    pub(in crate::transcript::format) voice: Option<String>,
    /// The words, as printed.
    pub(in crate::transcript::format) text: String,
}

/// Reads a line with its tags. A line without words yields nothing.
pub(in crate::transcript::format) fn read(line: &str) -> Vec<Words> {
    let mut all = vec![Words::default()];
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{', '&']) {
        let (before, from) = rest.split_at(at);
        push(&mut all, before);
        rest = if let Some((tag, after)) = tag(from) {
            if let Some(voice) = voice(tag) {
                all.push(Words { voice: Some(voice), text: String::new() });
            }
            after
        } else if let Some((character, after)) = entity(from) {
            push(&mut all, character.encode_utf8(&mut [0; 4]));
            after
        } else {
            let mut chars = from.chars();
            let character = chars.next().unwrap_or_default();
            push(&mut all, character.encode_utf8(&mut [0; 4]));
            chars.as_str()
        };
    }
    push(&mut all, rest);
    for words in &mut all {
        words.text = words.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    all.retain(|words| !words.text.is_empty() || words.voice.is_some());
    all
}

fn push(all: &mut [Words], text: &str) {
    if let Some(words) = all.last_mut() {
        words.text.push_str(text);
    }
}

/// `<...>` that looks like a tag or a time, and `{\an8}`; returns what is between the brackets and what follows.
fn tag(from: &str) -> Option<(&str, &str)> {
    if let Some(inner) = from.strip_prefix("{\\") {
        return inner.split_once('}');
    }
    let inner = from.strip_prefix('<')?;
    let looks_like_one = inner.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
    let (tag, after) = inner.split_once('>')?;
    (looks_like_one && !tag.contains('<') && tag.chars().count() < 200).then_some((tag, after))
}

/// The name in `v.loud Ann Rowe`.
fn voice(tag: &str) -> Option<String> {
    let (_, annotation) = tag.split_once(|c: char| c.is_whitespace())?;
    let name = annotation.trim().strip_suffix(':').unwrap_or(annotation.trim()).trim().to_owned();
    let is_voice = matches!(tag.split(['.', ' ', '\t']).next(), Some("v" | "V"));
    (is_voice && !name.is_empty()).then_some(name)
}

fn entity(from: &str) -> Option<(char, &str)> {
    let (name, after) = from.strip_prefix('&')?.split_once(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "lrm" | "rlm" | "shy" => '\u{200B}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|character| !character.is_control())?
        }
    };
    Some((character, after))
}
