//! Files that are damaged, hostile or no transcripts at all: a line for each, and nothing else is lost.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::fiction;
use super::import::zip;
use super::world::World;

/// A PDF of one page with this content stream, as it stands in the file.
pub fn pdf(filter: &str, stream: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    let objects: [Vec<u8>; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>".to_vec(),
        [format!("<< /Length {} {filter} >>\nstream\n", stream.len()).as_bytes(), stream, b"\nendstream"].concat(),
    ];
    for (number, object) in (1..).zip(&objects) {
        offsets.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n").as_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").as_bytes());
    }
    bytes.extend(format!("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    bytes
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// Zeros packed twice: little in the file, very much when it is unfolded.
pub fn pdf_bomb() -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let chunk = vec![b' '; 1 << 20];
    for _ in 0..200 {
        packer.write_all(&chunk).unwrap();
    }
    let twice = packed(&packer.finish().unwrap());
    pdf("/Filter [/FlateDecode /FlateDecode]", &twice)
}

#[test]
fn a_line_for_each_bad_file_and_the_good_one_comes_in() {
    let world = World::new("malformed");
    let scanned = pdf("/Filter /FlateDecode", &packed(b"q 612 0 0 792 0 0 cm /Im1 Do Q"));
    let old_word = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[7; 4000]].concat();
    let binary: Vec<u8> = (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let bad: [(&str, Vec<u8>); 11] = [
        ("truncated.pdf", scanned[..scanned.len() / 2].to_vec()),
        ("binary.txt", binary),
        ("zip-bomb.zip", zip(&[("bomb.txt", &vec![b'a'; 8 << 20])])),
        ("damaged.zip", zip(&[("a.txt", b"Some words.")])[..40].to_vec()),
        ("pdf-bomb.pdf", pdf_bomb()),
        ("empty.txt", Vec::new()),
        ("nested.html", [vec![b' '], "<div>".repeat(100_000).into_bytes()].concat()),
        ("rich.rtf", br"{\rtf1\ansi MS. VOSS: Good afternoon.\par Q Why?}".to_vec()),
        ("old.doc", old_word),
        ("scanned.pdf", scanned),
        ("huge.txt", Vec::new()),
    ];
    for (name, bytes) in &bad {
        world.file(&format!("all/{name}"), bytes);
    }
    // 200 MB in one line, that need no room: a file of zeros would be binary.
    let line = "words and more words without an end ".repeat(30_000);
    let mut huge = std::fs::File::create(world.path("all/huge.txt")).unwrap();
    for _ in 0..200 {
        huge.write_all(line.as_bytes()).unwrap();
    }
    drop(huge);
    world.file("all/good.html", fiction::briefing(1, 6));
    // Bytes that are not UTF-8 are some older encoding, and read.
    let latin = fiction::text("", "Press Briefing by Mara Voss", "May 6, 2020", "The caf# of the works will close.");
    let latin: Vec<u8> = latin.bytes().map(|byte| if byte == b'#' { 0xE9 } else { byte }).collect();
    world.file("all/latin.txt", latin);

    let outcome = world.import(&["--publish", &world.path("all")]);
    outcome.assert_counts(2, 0, bad.len() as u64);
    for (name, _) in &bad {
        let reason = outcome.reason(name);
        println!("{name}: {reason}");
        assert!(reason.len() > 20 && reason.len() < 400, "{name}: {reason}");
        assert!(!reason.contains("failed unexpectedly"), "{name}: {reason}");
    }
    // Two readers share them, each within 10 s; it is far less in practice.
    assert!(outcome.seconds < 55.0, "{} s", outcome.seconds);
    println!("all of them took {:.1} s", outcome.seconds);
    let server = world.serve();
    assert_eq!((server.total("lighthouse"), server.total("café")), (1, 1));
}
