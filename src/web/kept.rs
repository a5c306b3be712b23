//! Answers that are kept as they went out: while the archive stays as it is, the same question has the same answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::cache::Stamp;
use super::error::Error;

/// Bytes of all answers that are kept.
const ROOM: u64 = 48 << 20;
/// Bytes of the largest answer that is kept.
const LARGEST: usize = 1 << 20;
/// Answers are about so large, for the first size of the table.
const USUAL: usize = 16 << 10;
/// Characters of the longest address, and of the longest list of encodings, under which something is kept.
const LONGEST: usize = 500;
/// After so long without an answer that was made anew, the next one is: so that a database that is away is noticed.
const TRUSTED: Duration = Duration::from_secs(1);

/// What an answer depends on besides the archive: the address, and the encodings that the client takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    address: String,
    encodings: String,
}

impl Question {
    /// The question of a request; `None` if its answer is not one to keep.
    pub fn of(request: &Request) -> Option<Self> {
        if request.method() != Method::GET {
            return None;
        }
        let address = request.uri().path_and_query()?.as_str();
        let encodings = request.headers().get(header::ACCEPT_ENCODING).map_or("", |value| value.to_str().unwrap_or(""));
        let short = address.len() <= LONGEST && encodings.len() <= LONGEST;
        short.then(|| Self { address: address.to_owned(), encodings: encodings.to_owned() })
    }
}

/// An answer and the state of the archive that it belongs to.
#[derive(Clone)]
struct Answer {
    stamp: Stamp,
    response: Response<Bytes>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Question, Answer> for Weight {
    fn weight(&self, question: &Question, answer: &Answer) -> u64 {
        // Headers are about so long.
        const REST: usize = 1000;
        (question.address.len() + question.encodings.len() + answer.response.body().len() + REST) as u64
    }
}

/// The answers kept by a server.
pub struct Kept {
    answers: Cache<Question, Answer, Weight>,
    began: Instant,
    /// Milliseconds since then at which an answer was last made anew.
    made: AtomicU64,
}

impl Kept {
    /// The answer to this question, if it was given in this very state of the archive.
    pub fn get(&self, question: &Question, stamp: Stamp) -> Option<Response> {
        let made = Duration::from_millis(self.made.load(Ordering::Relaxed));
        if self.began.elapsed().saturating_sub(made) > TRUSTED {
            return None;
        }
        let answer = self.answers.get(question).filter(|answer| answer.stamp == stamp)?;
        Some(answer.response.map(Body::from))
    }

    /// Forgets every answer: something in them was destroyed.
    pub fn clear(&self) {
        self.answers.clear();
    }

    /// Keeps an answer if it is small enough, and gives it back.
    pub async fn keep(&self, question: Question, stamp: Stamp, response: Response) -> Response {
        let (head, body) = response.into_parts();
        // Pages and JSON are whole in memory before this: nothing is read here that was not there.
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Error::Internal("an answer ended early".into()).into_response();
        };
        let response = Response::from_parts(head, body);
        if response.body().len() <= LARGEST {
            self.answers.insert(question, Answer { stamp, response: response.clone() });
        }
        let made = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.made.store(made, Ordering::Relaxed);
        response.map(Body::from)
    }
}

impl Default for Kept {
    fn default() -> Self {
        let items = ROOM as usize / USUAL;
        Self { answers: Cache::with_weighter(items, ROOM, Weight), began: Instant::now(), made: AtomicU64::new(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &str) -> Question {
        Question::of(&Request::get(address).body(Body::empty()).unwrap()).unwrap()
    }

    fn page(words: &'static str) -> Response {
        Response::new(Body::from(words))
    }

    #[tokio::test]
    async fn an_answer_is_given_again_until_the_archive_changes() {
        let kept: Kept = Kept::default();
        kept.keep(asked("/search?q=water"), (7, 1, 0), page("two turns")).await;
        let again = kept.get(&asked("/search?q=water"), (7, 1, 0)).expect("kept");
        assert_eq!(to_bytes(again.into_body(), 100).await.unwrap(), "two turns");
        assert!(kept.get(&asked("/search?q=water"), (8, 1, 0)).is_none(), "the archive has changed");
        assert!(kept.get(&asked("/search?q=fire"), (7, 1, 0)).is_none(), "another question");
    }

    #[tokio::test]
    async fn answers_for_one_encoding_are_not_given_to_another() {
        let gzip = Request::get("/").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
        let kept: Kept = Kept::default();
        kept.keep(Question::of(&gzip).unwrap(), (7, 1, 0), page("packed")).await;
        assert!(kept.get(&asked("/"), (7, 1, 0)).is_none());
        assert!(kept.get(&Question::of(&gzip).unwrap(), (7, 1, 0)).is_some());
    }

    #[test]
    fn writes_and_endless_addresses_are_not_kept() {
        let post = Request::post("/editor/enter").body(Body::empty()).unwrap();
        let long = Request::get(format!("/search?q={}", "a".repeat(LONGEST))).body(Body::empty()).unwrap();
        assert!(Question::of(&post).is_none() && Question::of(&long).is_none());
    }
}
