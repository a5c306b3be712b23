//! Small PDFs, written here, with people who do not exist.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};

use super::read;
use crate::transcript::blocks::{Block, Reading, Role, Style};

/// A line of text at a place, in a font and size.
struct Put<'a>(f32, f32, &'a str, f32, &'a str);

/// A PDF of these pages, in Times with `WinAnsiEncoding` and honest widths.
fn pdf(pages: &[Vec<Put<'_>>]) -> Vec<u8> {
    build(pages, |_| {})
}

fn build(pages: &[Vec<Put<'_>>], finish: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let mut font = |name: &str| {
        document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => name, "Encoding" => "WinAnsiEncoding",
            "FirstChar" => 0, "Widths" => vec![Object::Integer(500); 256],
        })
    };
    let fonts = dictionary! { "R" => font("Times-Roman"), "B" => font("Times-Bold"), "I" => font("Times-Italic") };
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let mut operations = vec![Operation::new("BT", vec![])];
        for Put(x, y, font, size, text) in page {
            let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
            operations.push(Operation::new("Tf", vec![Object::Name(font.as_bytes().to_vec()), (*size).into()]));
            operations
                .push(Operation::new("Tm", vec![1.into(), 0.into(), 0.into(), 1.into(), (*x).into(), (*y).into()]));
            operations.push(Operation::new("Tj", vec![Object::string_literal(bytes)]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Stream::new(dictionary! {}, Content { operations }.encode().unwrap());
        let content = document.add_object(content);
        let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources };
        kids.push(document.add_object(page).into());
    }
    let count = kids.len() as i64;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    finish(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// Lines of 60 letters fill the measure: at 12 points each letter is 6 wide, from 72 to 432.
fn full(text: &str) -> String {
    format!("{text} {}", "x".repeat(59 - text.chars().count()))
}

fn texts(reading: &Reading) -> Vec<String> {
    reading.blocks.iter().map(|block| block.text.replace('\n', "|").replace('x', "")).collect()
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

/// Puts lines at these indents, 24 points apart.
fn set(lines: &[(f32, String)]) -> Vec<Put<'_>> {
    lines
        .iter()
        .enumerate()
        .map(|(n, (indent, text))| Put(72.0 + indent, 700.0 - 24.0 * n as f32, "R", 12.0, text))
        .collect()
}

#[test]
fn indented_paragraphs_go_on_over_pages_and_furniture_goes() {
    let mut pages = Vec::new();
    let lines: Vec<Vec<(f32, String)>> = vec![
        vec![
            (36.0, full("MAYOR ROWE.")[..54].into()),
            (0.0, full("one")),
            (0.0, "End.".into()),
            (36.0, full("QUESTION.")[..54].into()),
            (0.0, full("two")),
        ],
        vec![
            (0.0, full("goes on")),
            (0.0, "here.".into()),
            (36.0, full("MAYOR ROWE.")[..54].into()),
            (0.0, full("three")),
        ],
        vec![(0.0, "It ends.".into())],
    ];
    for (number, lines) in lines.iter().enumerate() {
        let mut page =
            vec![Put(72.0, 760.0, "R", 10.0, "May 3, 2031"), Put(330.0, 760.0, "R", 10.0, "Harbour briefing")];
        page.extend(set(lines));
        page.push(Put(300.0, 40.0, "R", 10.0, ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"][number]));
        pages.push(page);
    }
    let reading = read(&pdf(&pages));
    assert_eq!(
        texts(&reading),
        ["MAYOR ROWE. |one |End.", "QUESTION. |two |goes on |here.", "MAYOR ROWE. |three |It ends."]
    );
    assert!(reading.blocks.iter().all(|block| block.wrapped));
    assert_eq!(reading.diagnostics, []);
}

#[test]
fn a_hanging_label_keeps_its_paragraph_and_its_blanks() {
    let mut lines = Vec::new();
    for _ in 0..4 {
        lines.push((0.0, "Q".to_owned()));
        lines.push((0.0, full("MS. ROWE:")));
        lines.push((36.0, full("indented")[..54].to_owned()));
        lines.push((36.0, "and short.".to_owned()));
    }
    let mut page = set(&lines);
    // The words of each question stand beside the Q.
    let questions: Vec<Put<'_>> =
        (0..4).map(|n| Put(108.0, 700.0 - 96.0 * n as f32, "R", 12.0, "Why is that?")).collect();
    page.extend(questions);
    let reading = read(&pdf(&[page]));
    assert_eq!(texts(&reading).len(), 8);
    assert_eq!(reading.blocks[0].text, "Q    Why is that?");
    assert_eq!(texts(&reading)[1], "MS. ROWE: |indented |and short.");
}

#[test]
fn words_are_found_by_their_places_when_there_are_no_spaces() {
    let page = vec![
        Put(72.0, 700.0, "R", 12.0, "Good"),
        Put(100.0, 700.0, "R", 12.0, "after"),
        Put(130.0, 700.0, "R", 12.0, "noon."),
        Put(160.0, 704.0, "R", 7.0, "1"),
        Put(100.0, 676.0, "B", 12.0, "Bold"),
        Put(100.2, 676.0, "B", 12.0, "Bold"),
    ];
    let reading = read(&pdf(&[page]));
    let all: Vec<&Block> = reading.blocks.iter().collect();
    assert_eq!(all[0].text, "Good afternoon.1");
    assert_eq!((all[1].text.as_str(), all[1].spans[0].style), ("Bold", Style::Bold));
    assert_eq!((all[1].spans[0].start, all[1].spans[0].end), (0, 4));
}

#[test]
fn divided_words_are_joined_and_compounds_keep_their_hyphen() {
    let lines = vec![
        (0.0, format!("{} nego-", "x".repeat(54))),
        (0.0, format!("tiation {} long-", "x".repeat(46))),
        (0.0, format!("term {} said--", "x".repeat(48))),
        (0.0, full("and the negotiation goes on over a long-term")),
    ];
    let reading = read(&pdf(&[set(&lines)]));
    assert_eq!(texts(&reading), [" negotiation  long-term  said--and the negotiation goes on over a long-term "]);
}

#[test]
fn centred_lines_and_large_letters_are_heads() {
    let mut page =
        vec![Put(186.0, 760.0, "B", 18.0, "Harbour news"), Put(198.0, 730.0, "R", 12.0, "Tuesday, May 6, 2031")];
    let body = [(0.0, full("text")), (0.0, full("text")), (0.0, full("text")), (0.0, full("text"))];
    page.extend(set(&body));
    let reading = read(&pdf(&[page]));
    assert_eq!((reading.blocks[0].role, reading.blocks[0].text.as_str()), (Role::Heading(2), "Harbour news"));
    assert!(reading.blocks[1].centred && !reading.blocks[2].centred);
}

#[test]
fn the_left_column_is_read_before_the_right_one() {
    let column = |side: &str, n: usize| format!("{side} line {n:02} {}", "x".repeat(21));
    let lines: Vec<(String, String)> = (0..20).map(|n| (column("left", n), column("right", n))).collect();
    let mut page =
        vec![Put(72.0, 740.0, "R", 12.0, "A headline that runs across both of the columns and is quite long, see")];
    for (n, (left, right)) in lines.iter().enumerate() {
        let y = 700.0 - 14.0 * n as f32;
        page.push(Put(72.0, y, "R", 12.0, left));
        page.push(Put(300.0, y, "R", 12.0, right));
    }
    let reading = read(&pdf(&[page]));
    let text = texts(&reading).join("|");
    assert!(text.starts_with("A headline"), "{text}");
    let place = |words: &str| text.find(words).unwrap();
    assert!(place("left line 00") < place("left line 19") && place("left line 19") < place("right line 00"), "{text}");
    // The sentence goes on from the foot of one column to the head of the other.
    assert!(
        reading.blocks.iter().any(|block| block.text.contains("left line 19") && block.text.contains("right line 00"))
    );
}

#[test]
fn numbers_of_lines_in_the_margin_are_no_words() {
    let numbers: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
    let mut page: Vec<Put<'_>> = Vec::new();
    for (n, number) in numbers.iter().enumerate() {
        let y = 700.0 - 24.0 * n as f32;
        page.push(Put(40.0, y, "R", 12.0, number));
        page.push(Put(72.0, y, "R", 12.0, "MR. PELL: In 2031 it was open. Yes it was, wide open, sir."));
    }
    let reading = read(&pdf(&[page]));
    assert!(texts(&reading).iter().all(|text| text.starts_with("MR. PELL")), "{:?}", texts(&reading));
}

#[test]
fn pictures_of_pages_need_text_recognition() {
    let reading = read(&pdf(&[vec![], vec![]]));
    assert_eq!(codes(&reading), ["scanned"]);
    assert!(reading.diagnostics[0].message.contains("text recognition (OCR)"));
}

#[test]
fn letters_that_cannot_be_told_are_not_guessed() {
    let bytes = build(&[set(&[(0.0, "Whatever this may say".to_owned())])], |document| {
        for object in document.objects.values_mut() {
            if let Ok(font) = object.as_dict_mut()
                && font.has_type(b"Font")
            {
                font.set("Subtype", "Type0");
                font.set("Encoding", "Identity-H");
            }
        }
    });
    assert_eq!(codes(&read(&bytes)), ["letters-unknown"]);
}

#[test]
fn truncated_files_say_so_or_yield_what_is_left() {
    let lines = vec![(0.0, full("text")); 20];
    let whole = pdf(&[set(&lines)]);
    assert_eq!(codes(&read(&whole[..200])), ["damaged"]);
    let tail_lost = read(&whole[..whole.len() - 60]);
    assert!(!tail_lost.diagnostics.is_empty());
    assert_eq!(codes(&read(b"%PDF-1.7\n%garbage")), ["damaged"]);
}

#[test]
fn a_locked_file_says_so() {
    let mut document = Document::load_mem(&pdf(&[set(&[(0.0, "Secret words".to_owned())])])).unwrap();
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = lopdf::EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(codes(&read(&bytes)), ["encrypted"]);
}

#[test]
fn forms_that_contain_themselves_end() {
    let bytes = build(&[set(&[(0.0, "Once is enough".to_owned())])], |document| {
        let form = document.new_object_id();
        let dictionary = dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "Resources" => dictionary! { "XObject" => dictionary! { "F" => form } },
        };
        document.objects.insert(form, Stream::new(dictionary, b"/F Do /F Do /F Do".to_vec()).into());
        for object in document.objects.values_mut() {
            if let Ok(resources) = object.as_dict_mut()
                && resources.has(b"Font")
            {
                resources.set("XObject", dictionary! { "F" => form });
            }
            if let Ok(stream) = object.as_stream_mut()
                && stream.content.starts_with(b"BT")
            {
                stream.content.extend_from_slice(b" /F Do");
            }
        }
    });
    assert_eq!(texts(&read(&bytes)), ["Once is enough"]);
}
