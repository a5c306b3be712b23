//! Files made to do harm, or broken by accident: a line for each within ten seconds, and nothing else is lost.

use std::io::{Cursor, Write};

use super::*;

/// Less patient than usual, as tests are: where the reader itself does not notice, the pool does.
fn impatient() -> Pool {
    Pool::with_limits(1, worker("parse"), Limits { time: Duration::from_secs(2), ..Limits::default() })
}

/// Reads all with the real reader in one child; returns the codes, each within the time that people wait.
async fn read(sources: &[(&str, Vec<u8>)]) -> Vec<(String, Vec<String>)> {
    let pool = impatient();
    let mut all = Vec::new();
    for (name, bytes) in sources {
        let begun = Instant::now();
        let parsed = pool.parse(Some(name), bytes.clone()).await;
        assert!(begun.elapsed() < Duration::from_secs(10), "{name} took {:?}", begun.elapsed());
        all.push(((*name).to_owned(), parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.clone()).collect()));
        let next = pool
            .parse(Some("next.txt"), b"MS. ROWE: Good afternoon.\n\nQ: Is it open?\n\nMS. ROWE: It is.".to_vec())
            .await;
        assert!(next.source_text.contains("Is it open?"), "after {name}");
    }
    all
}

/// Every source has a diagnostic.
async fn all_told(sources: &[(&str, Vec<u8>)]) -> Vec<(String, Vec<String>)> {
    let found = read(sources).await;
    for (name, codes) in &found {
        assert!(!codes.is_empty(), "{name} is not told");
    }
    found
}

/// A zlib stream of this many megabytes of zeroes, about a kilobyte each: the same piece again and again.
fn zeroes(megabytes: usize) -> Vec<u8> {
    use flate2::{Compress, Compression, FlushCompress};
    let mut piece = Vec::with_capacity(1 << 20);
    let mut compress = Compress::new(Compression::best(), false);
    compress.compress_vec(&vec![0; 1 << 20], &mut piece, FlushCompress::Full).unwrap();
    let mut stream = vec![0x78, 0x9C];
    for _ in 0..megabytes {
        stream.extend_from_slice(&piece);
    }
    stream
}

fn pdf(content: &[u8], filter: &str) -> Vec<u8> {
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut offsets = Vec::new();
    let mut add = |pdf: &mut Vec<u8>, object: &[u8]| {
        offsets.push(pdf.len());
        let number = offsets.len();
        pdf.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        pdf.extend_from_slice(object);
        pdf.extend_from_slice(b"\nendobj\n");
    };
    add(&mut pdf, b"<</Type/Catalog/Pages 2 0 R>>");
    add(&mut pdf, b"<</Type/Pages/Kids[3 0 R]/Count 1>>");
    add(&mut pdf, b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>");
    let mut stream = format!("<</Length {}{filter}>>\nstream\n", content.len()).into_bytes();
    stream.extend_from_slice(content);
    stream.extend_from_slice(b"\nendstream");
    add(&mut pdf, &stream);
    add(&mut pdf, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    let start = pdf.len();
    pdf.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        pdf.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    pdf.extend_from_slice(
        format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", offsets.len() + 1).as_bytes(),
    );
    pdf
}

#[tokio::test]
async fn broken_files_are_told() {
    let good = pdf(b"BT /F 12 Tf 72 700 Td (The harbour is open.) Tj ET", "");
    let binary: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let mut invalid = b"MS. ROWE: Caf".to_vec();
    invalid.extend_from_slice(&[0xE9, b' ', 0xFF, 0xC3, b' ']);
    invalid.extend_from_slice(
        "na\u{EF}ve \u{2014} d\u{E9}j\u{E0} vu \u{2014} \u{E9}t\u{E9} \u{2014} \u{FC}ber and so on for a while."
            .repeat(9)
            .as_bytes(),
    );
    all_told(&[
        ("truncated.pdf", good[..good.len() / 2].to_vec()),
        ("renamed.txt", binary),
        ("empty.txt", Vec::new()),
        ("invalid.txt", invalid),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on".to_vec()),
        ("rich.rtf", b"{\\rtf1 words}".to_vec()),
    ])
    .await;
}

#[tokio::test]
async fn bombs_are_told() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![b' '; 50 << 20]).unwrap();
    let docx = zip.finish().unwrap().into_inner();
    let many = b"BT /F 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET ".repeat(100_000);
    let found = all_told(&[
        ("huge-stream.pdf", pdf(&zeroes(2000), "/Filter/FlateDecode")),
        ("twice.pdf", pdf(&zeroes(300), "/Filter[/FlateDecode/FlateDecode]")),
        ("many-glyphs.pdf", pdf(&many, "")),
        ("bomb.docx", docx),
    ])
    .await;
    let bounded = ["too-much-text", "too-slow"];
    assert!(found.iter().all(|(_, codes)| codes.iter().all(|code| bounded.contains(&code.as_str()))), "{found:?}");
}

#[tokio::test]
async fn deep_nesting_is_told() {
    let deep = |open: &str, close: &str| format!("{}words{}", open.repeat(100_000), close.repeat(100_000)).into_bytes();
    let mut arrays = b"%PDF-1.5\n1 0 obj\n".to_vec();
    arrays.extend_from_slice(&deep("[", "]"));
    arrays.extend_from_slice(b"\nendobj\ntrailer\n<</Root 1 0 R>>");
    all_told(&[
        ("nested.html", deep("<div>", "</div>")),
        ("unclosed.html", deep("<b><p>", "")),
        ("nested.pdf", arrays),
    ])
    .await;
    // XML is read as events: depth costs nothing, and the words are there.
    read(&[("quotes.md", deep("> ", "")), ("brackets.txt", deep("(", ")"))]).await;
}

#[tokio::test]
async fn endless_lines_are_told() {
    let pool = impatient();
    for megabytes in [200, 60, 15] {
        let begun = Instant::now();
        let parsed = pool.parse(Some("line.txt"), b"word ".repeat(megabytes * 200_000)).await;
        assert!(begun.elapsed() < Duration::from_secs(10), "{megabytes} MB took {:?}", begun.elapsed());
        assert!(!parsed.diagnostics.is_empty(), "{megabytes} MB");
    }
}
