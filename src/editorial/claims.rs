//! Claims: an editor's word on what they are, how they stand to each other, and what fact-checkers found.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};
use url::Url;

use super::correct::clean;
use crate::domain::{Actor, ClaimId, ClaimKind, ClaimLinkId, ClaimLinkKind, ClaimReviewId};
use crate::store::claim_desk::{self as rows, Finding};
use crate::store::{self, Connection, audit, feed};

/// What an editor says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimWord {
    /// It is one, of this kind.
    Is(ClaimKind),
    /// It is none: readers do not see it, and it is not suggested again.
    Rejected,
    /// The editor's word holds no longer: it is the machine's again. Not as long as links or reviews hang on it.
    Back,
}

/// Says it; says whether anything is different from before. Must be the last act of its transaction.
pub async fn decide_claim(
    conn: &mut Connection,
    id: ClaimId,
    word: ClaimWord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, store::Error> {
    let (changed, act) = match word {
        ClaimWord::Is(kind) => (rows::decide(conn, id, Some(kind), actor.account, now).await?, "claim.kind"),
        ClaimWord::Rejected => (rows::decide(conn, id, None, actor.account, now).await?, "claim.rejected"),
        ClaimWord::Back => (rows::undecide(conn, id).await?, "claim.back"),
    };
    if !changed {
        return Ok(false);
    }
    let kind = match word {
        ClaimWord::Is(kind) => Some(kind),
        ClaimWord::Rejected | ClaimWord::Back => None,
    };
    finish(conn, act, &json!({ "claim": id, "kind": kind }), actor, now).await?;
    Ok(true)
}

/// Longest verdict and name of a publisher, in characters.
const LONGEST: usize = 200;
/// Longest address, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// Why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimRefused {
    /// There is no such claim, or it was rejected.
    NoSuchClaim,
    /// There is no such other claim, or it was rejected.
    NoSuchOther,
    /// Both are the same claim.
    Itself,
    /// They are linked so already.
    LinkedAlready,
    /// There is no verdict, or it is too long.
    NoVerdict,
    /// There is no publisher, or the name is too long.
    NoPublisher,
    /// Not an address of the web.
    NoAddress,
    /// Not a day, or one that has not come yet.
    NoDay,
    /// The claim has a review with this address.
    ReviewedAlready,
    /// It was taken back already.
    TakenBack,
}

/// Links one claim to another, which makes both of them an editor's word. Must be the last act of its transaction; returns its position in the feed.
pub async fn link_claims(
    conn: &mut Connection,
    (claim, kind, other): (ClaimId, ClaimLinkKind, ClaimId),
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, ClaimRefused>, store::Error> {
    if claim == other {
        return Ok(Err(ClaimRefused::Itself));
    }
    // In the order of their numbers, so that two editors who link the same two do not wait for each other.
    for id in [claim.min(other), claim.max(other)] {
        if !rows::hold(conn, id).await? {
            return Ok(Err(if id == claim { ClaimRefused::NoSuchClaim } else { ClaimRefused::NoSuchOther }));
        }
    }
    let Some(link) = rows::link(conn, (claim, kind, other), actor.account, now).await? else {
        return Ok(Err(ClaimRefused::LinkedAlready));
    };
    for id in [claim, other] {
        confirm(conn, id, actor, now).await?;
    }
    let refs = json!({ "claim": claim, "kind": kind, "to": other, "link": link });
    finish(conn, "claim.linked", &refs, actor, now).await.map(Ok)
}

/// Takes a link of a claim back, from either side. Must be the last act of its transaction; returns its position in the
/// feed.
pub async fn unlink_claims(
    conn: &mut Connection,
    claim: ClaimId,
    link: ClaimLinkId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, ClaimRefused>, store::Error> {
    let Some((claim, other)) = rows::unlink(conn, claim, link, now).await? else {
        return Ok(Err(ClaimRefused::TakenBack));
    };
    let refs = json!({ "claim": claim, "to": other, "link": link });
    finish(conn, "claim.unlinked", &refs, actor, now).await.map(Ok)
}

/// A review as an editor types it.
#[derive(Debug, Clone, Copy)]
pub struct ReviewWanted<'a> {
    /// What was found, in the fact-checker's words.
    pub verdict: &'a str,
    /// Who found it.
    pub publisher: &'a str,
    /// Where it can be read.
    pub url: &'a str,
    /// On which day it was published; empty if that is not known.
    pub day: &'a str,
}

impl ReviewWanted<'_> {
    fn read(&self, today: Date) -> Result<Finding, ClaimRefused> {
        let words = |text: &str| Some(clean(text)).filter(|text| !text.is_empty() && text.chars().count() <= LONGEST);
        let day = self.day.trim();
        let reviewed_on = match day.parse::<Date>() {
            Ok(day) if day <= today => Some(day),
            Err(_) if day.is_empty() => None,
            _ => return Err(ClaimRefused::NoDay),
        };
        Ok(Finding {
            verdict: words(self.verdict).ok_or(ClaimRefused::NoVerdict)?,
            publisher: words(self.publisher).ok_or(ClaimRefused::NoPublisher)?,
            url: address(self.url).ok_or(ClaimRefused::NoAddress)?,
            reviewed_on,
        })
    }
}

/// An address of the web that a reader can follow, without anybody's password in it.
fn address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains('.'));
    let open = url.username().is_empty() && url.password().is_none();
    Some(url.to_string()).filter(|url| web && open && url.len() <= LONGEST_ADDRESS)
}

/// Writes down what a fact-checker found about a claim, which makes it an editor's word; `today` is the last day that has begun anywhere. Must be the last
/// act of its transaction; returns its position in the feed.
pub async fn review_claim(
    conn: &mut Connection,
    claim: ClaimId,
    wanted: ReviewWanted<'_>,
    today: Date,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, ClaimRefused>, store::Error> {
    let found = match wanted.read(today) {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    if !rows::hold(conn, claim).await? {
        return Ok(Err(ClaimRefused::NoSuchClaim));
    }
    let Some(review) = rows::add_review(conn, claim, &found, actor.account, now).await? else {
        return Ok(Err(ClaimRefused::ReviewedAlready));
    };
    confirm(conn, claim, actor, now).await?;
    finish(conn, "claim.reviewed", &json!({ "claim": claim, "review": review }), actor, now).await.map(Ok)
}

/// Takes a review of a claim back. Must be the last act of its transaction; returns its position in the feed.
pub async fn take_back_review(
    conn: &mut Connection,
    claim: ClaimId,
    review: ClaimReviewId,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<i64, ClaimRefused>, store::Error> {
    if !rows::remove_review(conn, claim, review, now).await? {
        return Ok(Err(ClaimRefused::TakenBack));
    }
    let refs = json!({ "claim": claim, "review": review });
    finish(conn, "claim.review-taken-back", &refs, actor, now).await.map(Ok)
}

/// What something hangs on must outlive every reading.
async fn confirm(conn: &mut Connection, id: ClaimId, actor: &Actor, now: Timestamp) -> Result<(), store::Error> {
    if rows::confirm(conn, id, actor.account, now).await? {
        audit::append(conn, actor, "claim.confirmed", &json!({ "claim": id }), now).await?;
    }
    Ok(())
}

async fn finish(
    conn: &mut Connection,
    act: &str,
    refs: &Value,
    actor: &Actor,
    now: Timestamp,
) -> Result<i64, store::Error> {
    audit::append(conn, actor, act, refs, now).await?;
    feed::advance_public(conn, &[]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(verdict: &str, publisher: &str, url: &str, day: &str) -> Result<Finding, ClaimRefused> {
        ReviewWanted { verdict, publisher, url, day }.read(date(2026, 11, 22))
    }

    #[test]
    fn a_review_has_a_verdict_a_publisher_and_an_address_of_the_web() {
        let fine = read(" Mostly  false", "Harbour Checks", " https://checks.example/41 ", "2026-03-14").unwrap();
        assert_eq!((fine.verdict.as_str(), fine.reviewed_on), ("Mostly false", Some(date(2026, 3, 14))));
        assert_eq!(read("False", "Checks", "https://checks.example", "").unwrap().reviewed_on, None);
        assert_eq!(read(" ", "Checks", "https://checks.example", ""), Err(ClaimRefused::NoVerdict));
        assert_eq!(read("False", "", "https://checks.example", ""), Err(ClaimRefused::NoPublisher));
        for day in ["14 March", "2026-11-23", "2026-02-30"] {
            assert_eq!(read("False", "Checks", "https://checks.example", day), Err(ClaimRefused::NoDay), "{day}");
        }
    }

    #[test]
    fn what_a_reader_could_not_follow_is_no_address() {
        for wrong in [
            "",
            "checks.example/41",
            "javascript:alert(1)",
            "ftp://checks.example",
            "https://",
            "https://a:b@c.example",
            "https://localhost/41",
        ] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        assert_eq!(address(&format!("https://checks.example/{}", "a".repeat(LONGEST_ADDRESS))), None);
    }
}
