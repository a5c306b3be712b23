//! Recognises the format of a source by its content and decodes its text; the name is only a hint.

use super::diagnostic::{Diagnostic, Severity};
use super::model::{Format, Input};

/// Text sources larger than this are refused: no transcript is a hundredth of it.
pub const MAX_TEXT_BYTES: usize = 10 * 1024 * 1024;

/// What a source turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The format.
    pub format: Format,
    /// The decoded text, for formats that are text.
    pub text: Option<String>,
    /// Why it cannot be read, or what was odd about the encoding.
    pub diagnostics: Vec<Diagnostic>,
}

/// Recognises the format and decodes text.
pub fn detect(input: Input<'_>) -> Detected {
    let bytes = input.bytes;
    if bytes.is_empty() {
        return unreadable("empty", "The file is empty. Check the download and import it again.");
    }
    if let Some((code, message)) = binary(bytes) {
        return unreadable(code, message);
    }
    if is_pdf(bytes) {
        return Detected { format: Format::Pdf, text: None, diagnostics: Vec::new() };
    }
    if is_zip(bytes) {
        return zip(bytes);
    }
    text(input)
}

/// Why a source that begins so and goes on past [`MAX_TEXT_BYTES`] cannot be read, known before the rest of it is there;
/// `None` for what may be so long because it is packed or has pictures.
pub fn too_long(beginning: &[u8]) -> Option<Diagnostic> {
    if is_pdf(beginning) || is_zip(beginning) {
        return None;
    }
    let (code, message) = binary(beginning).unwrap_or((
        "too-large",
        "This text is larger than 10 MB, far more than any transcript. Split it into one file per briefing.",
    ));
    Some(Diagnostic::new(Severity::Error, code, message))
}

fn is_pdf(bytes: &[u8]) -> bool {
    find(bytes.get(..1024).unwrap_or(bytes), b"%PDF-")
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn unreadable(code: &str, message: &str) -> Detected {
    refused(Diagnostic::new(Severity::Error, code, message))
}

fn refused(diagnostic: Diagnostic) -> Detected {
    Detected { format: Format::Unreadable, text: None, diagnostics: vec![diagnostic] }
}

/// Binary formats that are recognised only to say what to do.
fn binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"{\\rtf", "This is an RTF file. Open it in a word processor, save it as DOCX or PDF, and import that."),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "This is an old binary Office file (.doc). Open it in a word processor, save it as DOCX or PDF, and import \
             that.",
        ),
        (b"\x89PNG", IMAGE),
        (b"\xFF\xD8\xFF", IMAGE),
        (b"GIF8", IMAGE),
        (b"II*\0", IMAGE),
        (b"MM\0*", IMAGE),
        (b"BM", ""),
        (b"ID3", RECORDING),
        (b"OggS", RECORDING),
        (b"fLaC", RECORDING),
        (b"\x1A\x45\xDF\xA3", RECORDING),
        (b"\x1F\x8B", "This is a gzip archive. Unpack it and import what is inside."),
        (b"7z\xBC\xAF\x27\x1C", "This is a 7-Zip archive. Unpack it and import what is inside."),
        (b"Rar!", "This is a RAR archive. Unpack it and import what is inside."),
    ];
    const IMAGE: &str = "This is an image. Recognise its text (OCR), save that as PDF or plain text, and import it.";
    const RECORDING: &str = "This is a recording. Import a transcript or the captions (WebVTT, SubRip) of it instead.";
    for (magic, message) in KNOWN {
        if bytes.starts_with(magic) && !message.is_empty() {
            return Some(("unreadable-format", message));
        }
    }
    let riff = bytes.starts_with(b"RIFF");
    let mp4 = bytes.get(4..8) == Some(b"ftyp".as_slice());
    if riff && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
        return Some(("unreadable-format", IMAGE));
    }
    if riff && bytes.contains(&0) || mp4 {
        return Some(("unreadable-format", RECORDING));
    }
    None
}

/// A zip file that is not a DOCX is something else of the same family, or an archive.
fn zip(bytes: &[u8]) -> Detected {
    if find(bytes, b"word/document") || find(bytes, b"word/") {
        return Detected { format: Format::Docx, text: None, diagnostics: Vec::new() };
    }
    if find(bytes, b"application/vnd.oasis.opendocument") {
        return unreadable(
            "unreadable-format",
            "This is an OpenDocument file. Open it in a word processor, save it as DOCX or PDF, and import that.",
        );
    }
    if find(bytes, b"[Content_Types].xml") {
        return unreadable(
            "unreadable-format",
            "This is an Office file, but no word processing document. Save its text as DOCX or PDF and import that.",
        );
    }
    unreadable("archive", "This is a zip archive. Import it as an archive, or unpack it and import what is inside.")
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    needle.first().is_some_and(|first| {
        let mut rest = haystack;
        while let Some(at) = rest.iter().position(|byte| byte == first) {
            rest = rest.get(at..).unwrap_or_default();
            if rest.starts_with(needle) {
                return true;
            }
            rest = rest.get(1..).unwrap_or_default();
        }
        false
    })
}

/// Text: decode it, then look at the words.
fn text(input: Input<'_>) -> Detected {
    if let Some(diagnostic) = too_long(input.bytes).filter(|_| input.bytes.len() > MAX_TEXT_BYTES) {
        return refused(diagnostic);
    }
    let (text, mut diagnostics) = match decode(input.bytes) {
        Ok(decoded) => decoded,
        Err(message) => return unreadable("binary", message),
    };
    if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
        return unreadable("empty", "The file holds no words. Check the download and import it again.");
    }
    let format = of_text(&text, input.name);
    diagnostics.shrink_to_fit();
    Detected { format, text: Some(text), diagnostics }
}

/// Decodes text by its byte order mark, as UTF-8, by the pattern of zeroes of UTF-16, or by statistics.
fn decode(bytes: &[u8]) -> Result<(String, Vec<Diagnostic>), &'static str> {
    const BINARY: &str = "This is binary data of an unknown kind. Save the text as PDF, DOCX, HTML or plain text and \
                          import that.";
    let encoding = if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding
    } else if bytes.contains(&0) {
        utf_16(bytes).ok_or(BINARY)?
    } else if std::str::from_utf8(bytes).is_ok() {
        encoding_rs::UTF_8
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        // Mostly UTF-8 with a few broken bytes is UTF-8 all the same: anything else would garble every other letter.
        if mostly_utf_8(bytes) { encoding_rs::UTF_8 } else { detector.guess(None, chardetng::Utf8Detection::Allow) }
    };
    let (text, encoding, broken) = encoding.decode(bytes);
    let sample = text.chars().take(20_000);
    let (mut all, mut odd) = (0usize, 0usize);
    for c in sample {
        all += 1;
        odd += usize::from(c == '\u{FFFD}' || (c.is_control() && !c.is_whitespace()));
    }
    if odd * 20 > all {
        return Err(BINARY);
    }
    let mut diagnostics = Vec::new();
    if encoding != encoding_rs::UTF_8 {
        let message =
            format!("The text is encoded as {}; check that accents and quotation marks are right.", encoding.name());
        diagnostics.push(Diagnostic::new(Severity::Info, "encoding", message));
    }
    if broken {
        let message = "Some bytes are not valid text and show as \u{FFFD}. Compare with the original.";
        diagnostics.push(Diagnostic::new(Severity::Warning, "encoding-broken", message));
    }
    Ok((clean(&text), diagnostics))
}

/// Line ends become `\n`; control characters, byte order marks and invisible joiners that carry no word go.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{0B}' => clean.push('\n'),
            '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{AD}' => {}
            '\n' | '\t' | '\u{0C}' => clean.push(c),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// UTF-16 without a byte order mark: nearly every other byte is zero, always on the same side.
fn utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = bytes.get(..4096.min(bytes.len()) & !1)?;
    let pairs = sample.len() / 2;
    let zeroes = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeroes(0), zeroes(1));
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

/// The format of decoded text.
fn of_text(text: &str, name: Option<&str>) -> Format {
    let start = text.trim_start();
    if start.starts_with("WEBVTT") {
        return Format::WebVtt;
    }
    if is_subrip(start) {
        return Format::SubRip;
    }
    let extension = name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    if is_html(start) {
        return Format::Html;
    }
    let front_matter = front_matter(start);
    let markdown = matches!(extension, "md" | "markdown" | "mdown") || front_matter || looks_like_markdown(start);
    if markdown { Format::Markdown } else { Format::Plain }
}

/// `1` / `00:00:01,000 --> 00:00:04,000`, the number sometimes missing.
fn is_subrip(text: &str) -> bool {
    text.lines().filter(|line| !line.trim().is_empty()).take(2).any(|line| {
        line.split_once("-->").is_some_and(|(from, to)| {
            [from, to].iter().all(|time| time.trim().starts_with(|c: char| c.is_ascii_digit()) && time.contains(':'))
        })
    })
}

/// HTML begins with a tag, or has block tags throughout.
fn is_html(text: &str) -> bool {
    let head: String = text.chars().take(4000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<?xml") {
        return true;
    }
    let tags = [
        "<p>", "<p ", "<div", "<br", "<h1", "<h2", "<h3", "<body", "<head>", "<table", "<section", "<article", "<main",
    ];
    let count: usize = tags.iter().map(|tag| head.matches(tag).count()).sum();
    let starts =
        head.starts_with('<') && head.get(1..2).is_some_and(|c| c.chars().all(|c| c.is_ascii_alphabetic() || c == '!'));
    (starts && count >= 1) || count >= 3
}

/// YAML between two `---` lines, with at least one `key:`.
fn front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next().is_some_and(|line| line.trim_end() == "---")
        && lines.take(60).take_while(|line| !matches!(line.trim_end(), "---" | "...")).any(|line| {
            line.split_once(':').is_some_and(|(key, _)| {
                !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
            })
        })
}

fn looks_like_markdown(text: &str) -> bool {
    text.lines()
        .take(200)
        .filter(|line| {
            line.starts_with("# ") || line.starts_with("## ") || line.starts_with("**") && line.contains(":**")
        })
        .count()
        >= 1
}
