//! SubRip files as they come.

use super::read;

fn texts(text: &str) -> Vec<String> {
    read(text).blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn a_tidy_file() {
    let reading = read(
        "1\n00:00:01,000 --> 00:00:04,000\nMS. ROWE: Good afternoon,\neveryone.\n\n2\n00:00:04,500 --> 00:00:06,000\n<i>The harbour is open.</i>\n\n\
         3\n01:00:00,250 --> 01:00:02,000\nQ: {\\an8}Since when?\n",
    );
    let texts: Vec<_> = reading.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["MS. ROWE: Good afternoon, everyone. The harbour is open.", "Q: Since when?"]);
    assert_eq!(reading.blocks[1].starts_at_ms, Some(3_600_250));
    assert_eq!(reading.diagnostics, []);
}

#[test]
fn missing_numbers_blank_lines_and_odd_timings_do_no_harm() {
    let text = "00:00:01.5-->00:00:02,000\nOne 1\n2\n0:00:02,000 --> 0:00:03,000\n2\n\nTwo, after a blank line\n3\n00:00:03 -> x\n\
                4\n00:00:0x,000 --> 00:00:05,000\nThree.";
    assert_eq!(texts(text), ["One 1 2 Two, after a blank line 3 00:00:03 -> x 4 Three.".replace(" 4 Three", " Three")]);
    let reading = read(text);
    assert_eq!(reading.blocks[0].starts_at_ms, Some(1500));
    assert_eq!(reading.diagnostics[0].code, "timing");
}

#[test]
fn dashes_in_a_cue_are_two_speakers() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\n- Is it open?\n- It is.\n\n2\n00:00:02,000 --> 00:00:03,000\nFully open.\n\n\
                3\n00:00:03,000 --> 00:00:04,000\nWe said so\n- and so it is.\n";
    assert_eq!(texts(text), ["- Is it open?", "- It is. Fully open. We said so - and so it is."]);
}

#[test]
fn an_empty_file_says_so() {
    assert_eq!(read("1\n00:00:01,000 --> 00:00:02,000\n\n").diagnostics[0].code, "empty");
}
