//! Small documents, written here, with people who do not exist.

use std::io::{Cursor, Write};

use super::read;
use crate::transcript::blocks::{Block, Reading, Role, Style};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="mc"><w:body>"#;

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A document whose words are this many blanks: not packed, as packing takes long and makes no difference.
fn bomb_of(bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).unwrap();
    zip.write_all(&vec![b' '; bytes]).unwrap();
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("{HEAD}{body}</w:body></w:document>")
}

fn reading(body: &str) -> Reading {
    read(&docx(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document(body))]))
}

fn texts(reading: &Reading) -> Vec<&str> {
    reading.blocks.iter().map(|block| block.text.as_str()).collect()
}

fn marked(block: &Block, style: Style) -> Vec<&str> {
    block.spans.iter().filter(|span| span.style == style).map(|span| &block.text[span.start..span.end]).collect()
}

#[test]
fn paragraphs_keep_breaks_tabs_and_entities() {
    let found = reading(
        "<w:p><w:r><w:t xml:space=\"preserve\">MS. ROWE: </w:t></w:r><w:r><w:t>Salt &amp; water &#8212; \nno more.</w:t><w:br/><w:t>Next</w:t></w:r></w:p>\
         <w:p/><w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Q</w:t><w:tab/><w:t>Why?</w:t></w:r></w:p>",
    );
    assert_eq!(texts(&found), ["MS. ROWE: Salt & water —  no more.\nNext", "Q\tWhy?"]);
    assert!(!found.blocks[0].wrapped);
}

#[test]
fn struck_inserted_and_bold_words_are_marked() {
    let found = reading(
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>MR.</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> PELL: </w:t></w:r>\
         <w:r><w:rPr><w:b w:val=\"0\"/><w:strike/></w:rPr><w:t>ten</w:t></w:r><w:r><w:t xml:space=\"preserve\"> eleven </w:t></w:r>\
         <w:del><w:r><w:delText>boats</w:delText></w:r></w:del><w:ins><w:r><w:t>ships</w:t></w:r></w:ins></w:p>",
    );
    let block = &found.blocks[0];
    assert_eq!(block.text, "MR. PELL: ten eleven boatsships");
    assert_eq!(marked(block, Style::Bold), ["MR. PELL: "]);
    assert_eq!(marked(block, Style::Strike), ["ten", "boats"]);
    assert_eq!(marked(block, Style::Insertion), ["ships"]);
    assert_eq!(found.diagnostics[0].code, "tracked-changes");
}

#[test]
fn styles_make_headings_and_bold() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="U1"><w:name w:val="heading 2"/></w:style>
        <w:style w:styleId="U2"><w:name w:val="Own"/><w:basedOn w:val="U1"/><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;
    let body = document(
        "<w:p><w:pPr><w:pStyle w:val=\"U2\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>The harbour</w:t></w:r></w:p>\
         <w:p><w:r><w:rPr><w:rStyle w:val=\"S\"/></w:rPr><w:t>Q:</w:t></w:r><w:r><w:t xml:space=\"preserve\"> Why?</w:t></w:r></w:p>",
    );
    let found = read(&docx(&[("word/document.xml", &body), ("word/styles.xml", styles)]));
    assert_eq!((found.blocks[0].role, found.blocks[0].centred), (Role::Heading(2), true));
    assert_eq!(marked(&found.blocks[0], Style::Bold), ["The harbour"]);
    assert_eq!(marked(&found.blocks[1], Style::Bold), ["Q:"]);
}

#[test]
fn footnotes_come_at_the_end_with_their_number() {
    let body = document(
        "<w:p><w:r><w:t>Ten boats.</w:t></w:r><w:r><w:footnoteReference w:id=\"7\"/></w:r></w:p><w:p><w:r><w:t>The end.</w:t></w:r></w:p>",
    );
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
                 <w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Eleven.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let found = read(&docx(&[("word/document.xml", &body), ("word/footnotes.xml", notes)]));
    assert_eq!(texts(&found), ["Ten boats.¹", "The end.", "¹ Eleven."]);
    assert_eq!(found.blocks[2].role, Role::Note);
}

#[test]
fn tables_of_labels_and_words_are_read_row_by_row() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let long = "A long sentence that is certainly no label at all, because labels are short.";
    let found = reading(&format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p><w:r><w:t>After.</w:t></w:r></w:p>",
        cell("MS. ROWE:"),
        cell("Good afternoon."),
        cell(long),
        cell("Beside it.")
    ));
    assert_eq!(texts(&found), ["MS. ROWE:\tGood afternoon.", long, "Beside it.", "After."]);
}

#[test]
fn what_is_not_shown_is_not_read() {
    let found = reading(
        "<w:p><w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>\
         <w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>Shown.</w:t></w:r></w:p>",
    );
    assert_eq!(texts(&found), ["In a box.", "Shown."]);
}

#[test]
fn the_title_is_taken_and_the_dates_of_the_file_are_not() {
    let core =
        "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>Harbour briefing</dc:title></cp:coreProperties>";
    let body = document("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>");
    let found = read(&docx(&[("word/document.xml", &body), ("docProps/core.xml", core)]));
    assert_eq!(found.metadata.title.as_deref(), Some("Harbour briefing"));
    assert_eq!((found.metadata.date, found.metadata.published), (None, None));
}

#[test]
fn hostile_and_broken_documents_have_a_line_each() {
    let code = |reading: Reading| reading.diagnostics[0].code.clone();
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>{}", document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"));
    assert_eq!(code(read(&docx(&[("word/document.xml", &bomb)]))), "document-type");
    assert_eq!(code(read(&bomb_of(60 << 20))), "too-much-text");
    assert_eq!(code(reading("")), "empty");
    assert_eq!(code(read(b"PK\x03\x04 word/ nothing else")), "damaged");
    let cut = format!("{HEAD}<w:p><w:r><w:t>All that is left</w:t></w:r></w:p><w:p <<<");
    let left = read(&docx(&[("word/document.xml", &cut)]));
    assert_eq!((texts(&left), code(left.clone())), (vec!["All that is left"], "damaged".to_owned()));
}
