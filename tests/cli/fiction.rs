//! Briefings about people and places that do not exist.

/// A small HTML body as press offices publish it, in words that no other has in this order. Each has one turn with the word "lighthouse", and `turns` turns.
pub fn briefing(number: usize, turns: usize) -> String {
    let day = jiff::civil::date(2019, 1, 1).saturating_add(jiff::Span::new().days(number as i64));
    let mut body = format!(
        "<p>For Immediate Release</p>\n<p>{}</p>\n<h1>Press Briefing by Press Secretary Mara Voss, No. {number}</h1>\n\
         <p>Harbour House</p>\n<p>1:04 P.M. EST</p>\n<p>MS. VOSS: On day {number} the lighthouse fund of district \
         {number} opens.</p>\n",
        day.strftime("%B %-d, %Y")
    );
    for turn in 1..turns {
        let line = if turn % 2 == 1 {
            format!(
                "<p>Q On day {number}, Mara, were {} boats at pier {} counted on {number}?</p>\n",
                number * 7 + turn,
                number + turn
            )
        } else {
            format!(
                "<p>MS. VOSS: We counted {} boats on {number} there, and {} of them left.</p>\n",
                turn * 3 + number,
                number * 5
            )
        };
        body.push_str(&line);
    }
    body + "<p>END 1:40 P.M. EST</p>\n"
}

/// A transcript in plain text with lines put in front of it.
pub fn text(before: &str, title: &str, day: &str, words: &str) -> String {
    format!(
        "{before}{title}\nHarbour House\n{day}\n\n1:04 P.M. EST\n\nMS. VOSS: Good afternoon. {words}\n\n\
         Q: Can you say more about that?\n\nMS. VOSS: Not today. Thank you all.\n\nEND 1:20 P.M. EST\n"
    )
}

/// A news report in which the weekdays cannot all be right.
pub const REPORT: &str = "\
A ferry line to the outer islands will not reopen this year, the government of Tarvenia indicated on Monday.

Government spokeswoman Mara Voss said Wednesday that repairs to the pier at Kallenport had turned out to be \
“more than anybody had bargained for.”

“We will not send a ferry to a pier that may not hold it,” Voss told reporters at a daily press briefing.

Opposition leader Piet Harlan said Friday that the government had “slept through two winters” and demanded an inquiry.

Voss rejected the charge. “Nobody slept,” she said, adding that the engineers’ report would be published.

A reporter from the Island Gazette asked whether the islanders would be compensated. “I have no figure for you,” Voss \
said.
";
