//! Decodes the character references that turn up in Markdown and captions.

/// The character at the beginning of `text` (which begins with `&`) and the length of its reference.
pub fn decode(text: &str) -> Option<(String, usize)> {
    let end = text.get(..text.len().min(12)).or_else(|| text.get(..text.char_indices().nth(8)?.0))?.find(';')?;
    let name = text.get(1..end)?;
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?.to_string()
    } else {
        named(name)?.to_owned()
    };
    Some((decoded, end + 1))
}

fn named(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "lrm" | "rlm" | "shy" | "zwnj" | "zwj" => "",
        "eacute" => "é",
        "aacute" => "á",
        "iacute" => "í",
        "oacute" => "ó",
        "uacute" => "ú",
        "ntilde" => "ñ",
        "Ntilde" => "Ñ",
        "uuml" => "ü",
        "ouml" => "ö",
        "auml" => "ä",
        "pound" => "£",
        "euro" => "€",
        "frac12" => "½",
        "frac14" => "¼",
        "frac34" => "¾",
        "deg" => "°",
        "sect" => "§",
        "bull" => "•",
        "iquest" => "¿",
        "iexcl" => "¡",
        _ => return None,
    })
}
