//! Captions as people and machines make them.

use std::fmt::Write;

use super::read;
use crate::transcript::blocks::{Block, Reading};

fn texts(reading: &Reading) -> Vec<&str> {
    reading.blocks.iter().map(|block| block.text.as_str()).collect()
}

fn label(block: &Block) -> Option<&str> {
    block.label.clone().map(|range| &block.text[range])
}

#[test]
fn a_voice_tag_names_the_speaker_until_the_next_one() {
    let reading = read(
        "WEBVTT - Harbour briefing\nLanguage: en\n\nNOTE made by hand\nand checked\n\nintro\n00:01.000 --> 00:04.000 align:start\n\
         <v.loud Ann Rowe>Good afternoon.\n\n00:04.000 --> 00:06.000\n<v Ann Rowe>The ferry sails <i>today</i>.</v>\n\n\
         00:06.000 --> 00:07.500\n<v Tom Pell>At &lt;noon&gt; &amp; again later?\n",
    );
    assert_eq!(
        texts(&reading),
        ["Ann Rowe: Good afternoon. The ferry sails today.", "Tom Pell: At <noon> & again later?"]
    );
    assert_eq!(reading.blocks.iter().map(label).collect::<Vec<_>>(), [Some("Ann Rowe"), Some("Tom Pell")]);
    assert_eq!(reading.blocks[1].starts_at_ms, Some(6000));
    assert_eq!(reading.metadata.title.as_deref(), Some("Harbour briefing"));
    assert_eq!(reading.metadata.language.as_deref(), Some("en"));
}

#[test]
fn words_of_rolling_captions_appear_once() {
    let reading = read(
        "WEBVTT\nKind: captions\nLanguage: en\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n\
         good<00:00:00.400><c> evening</c><00:00:00.900><c> everyone</c>\n\n00:00:02.000 --> 00:00:02.010\ngood evening everyone\n \n\n\
         00:00:02.010 --> 00:00:04.000\ngood evening everyone\nno<00:00:02.500><c> no</c>\n\n00:00:04.000 --> 00:00:04.010\nno no\n \n\n\
         00:00:04.010 --> 00:00:06.000\nno no\nno<00:00:04.500><c> no</c>\n\n00:00:06.000 --> 00:00:06.010\nno no\n \n\n\
         00:00:06.010 --> 00:00:08.000\nno no\nthe harbour is open\n",
    );
    assert_eq!(texts(&reading), ["good evening everyone no no no no the harbour is open"]);
}

#[test]
fn people_may_say_the_same_twice_where_captions_do_not_roll() {
    let cue = |at: u32, text: &str| format!("00:0{at}.000 --> 00:0{}.000\n{text}\n\n", at + 1);
    let text = format!(
        "WEBVTT\n\n{}{}{}{}",
        cue(1, "Thank you."),
        cue(2, "Thank you."),
        cue(3, "Next question."),
        cue(4, "Go on.")
    );
    assert_eq!(texts(&read(&text)), ["Thank you. Thank you. Next question. Go on."]);
}

#[test]
fn captions_that_grow_word_by_word_are_read_once() {
    let mut text = "WEBVTT\n\n".to_owned();
    let lines = [
        "GOOD",
        "GOOD AFTERNOON",
        "GOOD AFTERNOON EVERYONE.",
        "GOOD AFTERNOON EVERYONE.\nTHE",
        "GOOD AFTERNOON EVERYONE.\nTHE FERRY",
    ];
    for (at, line) in lines.iter().enumerate() {
        write!(text, "00:0{at}.000 --> 00:0{}.000\n{line}\n\n", at + 1).unwrap();
    }
    assert_eq!(texts(&read(&text)), ["GOOD AFTERNOON EVERYONE. THE FERRY"]);
}

#[test]
fn arrows_of_broadcast_captions_change_the_speaker() {
    let reading = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n>>> GOOD EVENING.\n\n00:02.000 --> 00:03.000\n&gt;&gt; MAYOR ROWE: THE HARBOUR\nIS OPEN.\n\n\
         00:03.000 --> 00:04.000\n>> SINCE WHEN?\n",
    );
    assert_eq!(texts(&reading), [">>> GOOD EVENING.", "MAYOR ROWE: THE HARBOUR IS OPEN.", ">> SINCE WHEN?"]);
    assert_eq!(reading.blocks.iter().map(label).collect::<Vec<_>>(), [Some(">>>"), Some("MAYOR ROWE"), Some(">>")]);
}

#[test]
fn speech_without_speakers_becomes_paragraphs_of_sensible_size() {
    let mut text = "WEBVTT\n\n".to_owned();
    for cue in 0..100 {
        let (minute, second) = (cue / 30, cue % 30 * 2);
        write!(
            text,
            "{minute:02}:{second:02}.000 --> {minute:02}:{:02}.000\nwords that somebody says in cue number {cue} unpunctuated\n\n",
            second + 2
        )
        .unwrap();
    }
    let reading = read(&text);
    let sizes: Vec<_> = reading.blocks.iter().map(|block| block.text.split(' ').count()).collect();
    assert_eq!(sizes, [144, 144, 144, 144, 144, 144, 36]);
    assert_eq!(reading.blocks[1].starts_at_ms, Some(32_000));
}

#[test]
fn a_long_silence_ends_a_paragraph() {
    let words = "fifteen words are enough for a paragraph of its own when a long silence follows them";
    let reading = read(&format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{words}\n\n00:09.000 --> 00:11.000\nThen more.\n"));
    assert_eq!(texts(&reading), [words, "Then more."]);
}
