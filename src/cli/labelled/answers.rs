//! Questions and answers that people judged, as they lie in files.

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::analysis::answers::train::Pair;

/// An exchange of a news conference or an interview, with its class of the CLARITY taxonomy.
#[derive(Debug, Deserialize)]
struct Conference {
    interview_question: String,
    interview_answer: String,
    question: String,
    clarity_label: String,
}

/// An exchange of a hearing, with what each of several people said of it.
#[derive(Debug, Deserialize)]
struct Hearing {
    question: String,
    response: String,
    votes: Vec<String>,
}

/// Reads exchanges of news conferences.
pub(crate) fn conferences(file: &Path) -> anyhow::Result<Vec<Pair>> {
    lines(file, |line: Conference| {
        let votes = match line.clarity_label.to_lowercase().as_str() {
            "direct reply" | "clear reply" => [1.0, 0.0, 0.0],
            "ambivalent" | "ambivalent reply" => [0.0, 1.0, 0.0],
            "direct non-reply" | "clear non-reply" => [0.0, 0.0, 1.0],
            other => {
                return Err(anyhow!(
                    "clarity_label is \"{other}\", and not one of Direct Reply, Ambivalent, Direct Non-Reply"
                ));
            }
        };
        Ok(Pair { question: line.interview_question, answer: line.interview_answer, asked: line.question, votes })
    })
}

/// Reads exchanges of hearings. Who said too much to sway others answered, and did not.
pub(crate) fn hearings(file: &Path) -> anyhow::Result<Vec<Pair>> {
    lines(file, |line: Hearing| {
        let mut votes = [0.0_f32; 3];
        let share = 1.0 / line.votes.len().max(1) as f32;
        for vote in &line.votes {
            let said = match vote.as_str() {
                "answer" => [1.0, 0.0, 0.0],
                vote if vote.starts_with("answer") => [0.5, 0.5, 0.0],
                vote if vote.starts_with("shift") => [0.0, 1.0, 0.0],
                vote if vote.starts_with("cant-answer") => [0.0, 0.0, 1.0],
                other => return Err(anyhow!("\"{other}\" is no vote that is known")),
            };
            votes.iter_mut().zip(said).for_each(|(votes, said)| *votes += said * share);
        }
        Ok(Pair { question: line.question, answer: line.response, asked: String::new(), votes })
    })
}

fn lines<Line: DeserializeOwned>(
    file: &Path,
    read: impl Fn(Line) -> anyhow::Result<Pair>,
) -> anyhow::Result<Vec<Pair>> {
    let text = fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?;
    let line = |(number, line): (usize, &str)| {
        let pair = serde_json::from_str(line).map_err(anyhow::Error::from).and_then(&read);
        pair.with_context(|| format!("Cannot read line {} of {}", number + 1, file.display()))
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(line).collect()
}
