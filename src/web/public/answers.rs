//! `GET /about/answers`: how answer labels are made, how good they are, and how to contest one.

use crate::analysis::answers::{VERSION, measured};
use crate::domain::{AnswerLabel, ProblemKind};
use crate::web::page::{Frame, Page};
use crate::web::{answers, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/answers.html")]
pub struct Answers {
    frame: Frame,
}

/// The handler.
pub async fn show(frame: Frame) -> Page<Answers> {
    Page(Answers { frame })
}

impl Answers {
    fn percent(&self, part: &f32) -> String {
        format!("{:.0} %", *part * 100.0)
    }

    fn sample(&self, sample: measured::Sample) -> String {
        let [low, high] = sample.interval().map(|bound| bound * 100.0);
        format!("{} of {} (with 95 % probability between {low:.0} and {high:.0} %)", sample.right, sample.of)
    }
}
