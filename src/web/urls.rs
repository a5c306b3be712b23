//! Every address of the site, in one place: routes, templates and JSON agree because they ask here.

use jiff::civil::Date;
use url::form_urlencoded::Serializer;

use super::phrase::Given;
use crate::domain::{BatchId, ClaimId, ExchangeId, FollowUpId, ProblemId, ProblemKind, ProposalId, ResolutionId};

/// The front page.
pub const HOME: &str = "/";
/// All briefings.
pub const BRIEFINGS: &str = "/briefings";
/// All series.
pub const SERIES: &str = "/series";
/// All years.
pub const DATES: &str = "/dates";
/// Briefings without a date.
pub const UNDATED: &str = "/dates/undated";
/// All speakers.
pub const SPEAKERS: &str = "/speakers";
/// All topics.
pub const TOPICS: &str = "/topics";
/// The search page.
pub const SEARCH: &str = "/search";
/// Whether somebody said it.
pub const CHECK: &str = "/check";
/// What was asserted that can be checked.
pub const CLAIMS: &str = "/claims";
/// How to search.
pub const SEARCH_HELP: &str = "/help/search";
/// Results of a search as a table.
pub const SEARCH_CSV: &str = "/search.csv";
/// The newest results of a search as a feed.
pub const SEARCH_FEED: &str = "/feeds/search.atom";
/// The newest briefings as a feed.
pub const BRIEFINGS_FEED: &str = "/feeds/briefings.atom";
/// How programs search here.
pub const OPENSEARCH: &str = "/opensearch.xml";
/// What search engines read.
pub const SITEMAP: &str = "/sitemap.xml";
/// Names completed while they are typed.
pub const SUGGEST: &str = "/api/v1/suggest";
/// Questions, and whether they were answered.
pub const QUESTIONS: &str = "/questions";
/// How answer labels are made, and how good they are.
pub const ANSWERS: &str = "/about/answers";

/// A question that was asked again, every time in order.
pub fn thread(id: &ExchangeId) -> String {
    format!("{QUESTIONS}?thread={}", id.0)
}

/// Where a reader says that an answer label is wrong (the address of question and response).
pub fn contest(path: &str) -> String {
    format!("{}?kind={}", problem_form(path), ProblemKind::AnswerLabel.as_str())
}

/// How often something is said, over time.
pub const TRENDS: &str = "/trends";
/// The figures of that as a table.
pub const TRENDS_CSV: &str = "/trends.csv";
/// Promises to come back to a question, and what became of them.
pub const FOLLOW_UPS: &str = "/follow-ups";
/// What was held on this day of other years.
pub const ON_THIS_DAY: &str = "/on-this-day";
/// What this is.
pub const ABOUT: &str = "/about";

/// How programs use the archive.
pub const PROGRAMS: &str = "/api";
/// The same as a document that programs read.
pub const OPENAPI: &str = "/api/v1/openapi.json";

/// Where a kind of problem is explained.
pub fn problem(name: &str) -> String {
    format!("{PROGRAMS}#{name}")
}

/// What the archive holds and what it does not.
pub const COVERAGE: &str = "/about/coverage";
/// The same as a table for programs.
pub const COVERAGE_CSV: &str = "/about/coverage.csv";
/// The same as JSON.
pub const COVERAGE_JSON: &str = "/about/coverage.json";

/// Where the audit log ends, and how to check the record.
pub const INTEGRITY: &str = "/about/integrity";
/// What was corrected.
pub const CORRECTIONS: &str = "/corrections";
/// The same as a feed.
pub const CORRECTIONS_FEED: &str = "/feeds/corrections.atom";

/// What editors see.
pub const EDITOR: &str = "/editor";
/// Where a one-time link leads.
pub const EDITOR_ENTER: &str = "/editor/enter";
/// Where an editor signs in.
pub const SIGN_IN: &str = "/editor/sign-in";
/// Where an editor leaves for a provider.
pub const PROVIDER: &str = "/editor/sign-in/provider";
/// Where an editor comes back from it.
pub const PROVIDER_BACK: &str = "/editor/sign-in/provider/back";
/// Where an editor signs out.
pub const SIGN_OUT: &str = "/editor/sign-out";
/// An editor's own account.
pub const ACCOUNT: &str = "/editor/account";
/// Where an editor changes the password.
pub const PASSWORD: &str = "/editor/account/password";
/// Where an editor signs out everywhere.
pub const SIGN_OUT_EVERYWHERE: &str = "/editor/account/sign-out-everywhere";
/// The tokens of an editor's programs.
pub const TOKENS: &str = "/editor/account/tokens";
/// All accounts.
pub const ACCOUNTS: &str = "/editor/accounts";
/// What was done, by whom.
pub const AUDIT: &str = "/editor/audit";

/// What readers say is wrong.
pub const EDITOR_PROBLEMS: &str = "/editor/problems";

/// What a reader says is wrong.
pub fn editor_problem(id: &ProblemId) -> String {
    format!("{EDITOR_PROBLEMS}/{}", id.0)
}

/// Forms of correction (by their address) from which the way leads back to a problem.
pub fn correcting(path: &str, id: &ProblemId) -> String {
    format!("{path}?problem={}", id.0)
}

/// Where the number of a problem is typed.
pub const PROBLEMS: &str = "/problems";

/// How a problem stands; letters to readers say so too.
pub fn problem_page(reference: impl std::fmt::Display) -> String {
    format!("/problems/{reference}")
}

/// Where a problem with words is reported (the address of the words).
pub fn problem_form(path: &str) -> String {
    format!("{path}/problem")
}
/// The same as a table.
pub const AUDIT_CSV: &str = "/editor/audit.csv";
/// The same for programs.
pub const AUDIT_JSON: &str = "/editor/audit.json";

/// Where an editor signs in, to go on at an address.
pub fn sign_in(next: &str) -> String {
    with_query(SIGN_IN, &[("next", if next == EDITOR { "" } else { next })])
}

/// An act on an account: role, link, disable, enable.
pub fn account_act(id: impl std::fmt::Display, act: &str) -> String {
    format!("{ACCOUNTS}/{id}/{act}")
}

/// Where a token is revoked.
pub fn revoke_token(id: impl std::fmt::Display) -> String {
    format!("{TOKENS}/{id}/revoke")
}

/// Newer versions by their issuers, put before editors.
pub const PROPOSALS: &str = "/editor/proposals";
/// What is published and no editor has checked.
pub const UNCHECKED: &str = "/editor/unchecked";
/// What the machine suggests and no editor has decided.
pub const REVIEW: &str = "/editor/review";

/// One exchange, for an editor to decide.
pub fn editor_review_exchange(id: impl Given<ExchangeId>) -> String {
    format!("{REVIEW}?exchange={}", id.given().0)
}

/// One claim, for an editor to decide.
pub fn editor_review_claim(id: impl Given<ClaimId>) -> String {
    format!("{REVIEW}?claim={}", id.given().0)
}

/// One promise, for an editor to decide.
pub fn editor_review_follow_up(id: impl Given<FollowUpId>) -> String {
    format!("{REVIEW}?follow-up={}", id.given().0)
}

/// Later words that seem to keep a promise, for an editor to decide.
pub fn editor_review_resolution(id: impl Given<ResolutionId>) -> String {
    format!("{REVIEW}?resolution={}", id.given().0)
}

/// Names of speakers completed while editors type them.
pub const EDITOR_SUGGEST: &str = "/editor/suggest";

/// Where an editor says that a briefing was checked.
pub fn editor_checked(slug: &str) -> String {
    format!("/editor/briefings/{slug}/checked")
}

/// Where editors upload.
pub const EDITOR_UPLOAD: &str = "/editor/upload";

/// What was uploaded at once, for programs.
pub fn api_batch(id: &BatchId) -> String {
    format!("/api/v1/batches/{}", id.0)
}

/// What was uploaded at once.
pub fn editor_batch(id: &BatchId) -> String {
    format!("/editor/batches/{}", id.0)
}

/// Where somebody is put behind a label in all drafts of a batch.
pub fn editor_batch_settle(id: &BatchId) -> String {
    format!("/editor/batches/{}/settle", id.0)
}

/// Where a finding about drafts of a batch is said to be right as it stands.
pub fn editor_batch_looked(id: &BatchId) -> String {
    format!("/editor/batches/{}/looked", id.0)
}

/// Where everything of a batch that readers see is withdrawn.
pub fn editor_batch_withdraw(id: &BatchId) -> String {
    format!("/editor/batches/{}/withdraw", id.0)
}

/// Where the drafts of a batch about which there is no doubt are published.
pub fn editor_batch_publish(id: &BatchId) -> String {
    format!("/editor/batches/{}/publish", id.0)
}

/// One claim.
pub fn claim(id: &ClaimId) -> String {
    format!("{CLAIMS}/{}", id.0)
}

/// Where an editor says more about a claim.
pub fn editor_claim(id: &ClaimId) -> String {
    format!("/editor/claims/{}", id.0)
}

/// Speakers, for editors.
pub const EDITOR_SPEAKERS: &str = "/editor/speakers";

/// One speaker, for editors.
pub fn editor_speaker(slug: &str) -> String {
    format!("{EDITOR_SPEAKERS}/{slug}")
}

/// Something done to a speaker: merge, split, undo.
pub fn editor_speaker_act(slug: &str, act: &str) -> String {
    format!("{EDITOR_SPEAKERS}/{slug}/{act}")
}

/// Topics, for editors.
pub const EDITOR_TOPICS: &str = "/editor/topics";

/// One topic, for editors.
pub fn editor_topic(slug: &str) -> String {
    format!("{EDITOR_TOPICS}/{slug}")
}

/// A draft.
pub fn editor_draft(slug: &str) -> String {
    format!("/editor/drafts/{slug}")
}

/// An act on a draft: save, settle, looked.
pub fn editor_draft_act(slug: &str, act: &str) -> String {
    format!("/editor/drafts/{slug}/{act}")
}

/// Where it is set when a draft is published.
pub fn editor_schedule(slug: &str) -> String {
    format!("/editor/drafts/{slug}/schedule")
}

/// Where a draft is published.
pub fn editor_publish(slug: &str) -> String {
    format!("/editor/drafts/{slug}/publish")
}

/// Where the days of a series are marked; with a day, ready to mark it.
pub fn editor_days(slug: &str) -> String {
    format!("/editor/series/{slug}/days")
}

/// What editors say of labels for a whole series.
pub fn editor_series_labels(slug: &str) -> String {
    format!("/editor/series/{slug}/labels")
}

/// The days of a series for programs.
pub fn api_series_coverage(slug: &str) -> String {
    format!("/api/v1/series/{slug}/coverage")
}

/// One briefing.
pub fn briefing(slug: &str) -> String {
    format!("/briefings/{slug}")
}

/// The place of one utterance on the page of its briefing.
pub fn place(slug: &str, number: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}#{number}")
}

/// One utterance in its context: the permanent link.
pub fn utterance(slug: &str, number: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}/{number}")
}

/// What was said about the same before and after an utterance or a range.
pub fn chronology(slug: &str, numbers: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}/{numbers}/chronology")
}

/// Words as they stood in one revision of a briefing.
pub fn pinned(path: &str, revision: impl std::fmt::Display) -> String {
    format!("{path}?revision={revision}")
}

/// A briefing as it stood in one revision.
pub fn revision(slug: &str, revision: impl std::fmt::Display) -> String {
    pinned(&briefing(slug), revision)
}

/// What a report quotes, beside the record.
pub fn quotations(slug: &str) -> String {
    format!("/briefings/{slug}/quotations")
}

/// Every revision of a briefing.
pub fn history(slug: &str) -> String {
    format!("/briefings/{slug}/history")
}

/// What changed from one revision to another.
pub fn changes(slug: &str, before: impl std::fmt::Display, after: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}/changes/{before}..{after}")
}

/// Another transcript of a briefing.
pub fn transcript(slug: &str, number: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}/transcripts/{number}")
}

/// How two transcripts of a briefing differ.
pub fn compare(slug: &str, first: impl std::fmt::Display, second: impl std::fmt::Display) -> String {
    format!("/briefings/{slug}/compare/{first}..{second}")
}

/// Where an editor says what a draft is that seems to be of an event that is here already.
pub fn editor_same_event(slug: &str) -> String {
    format!("/editor/drafts/{slug}/same-event")
}

/// The transcripts of a briefing, and where they come from.
pub fn editor_transcripts(slug: &str) -> String {
    format!("/editor/briefings/{slug}/transcripts")
}

/// An act on a transcript of a briefing: main, fetch.
pub fn editor_transcript_act(slug: &str, act: &str) -> String {
    format!("/editor/briefings/{slug}/transcripts/{act}")
}

/// A newer version put before editors.
pub fn editor_proposal(id: &ProposalId) -> String {
    format!("{PROPOSALS}/{}", id.0)
}

/// An act on it: adopt, decline.
pub fn editor_proposal_act(id: &ProposalId, act: &str) -> String {
    format!("{PROPOSALS}/{}/{act}", id.0)
}

/// Where a briefing is corrected.
pub fn editor_briefing(slug: &str) -> String {
    format!("/editor/briefings/{slug}")
}

/// Where one utterance is corrected.
pub fn editor_turn(slug: &str, number: impl std::fmt::Display) -> String {
    format!("/editor/briefings/{slug}/{number}")
}

/// Where an admin redacts a briefing.
pub fn editor_redact(slug: &str) -> String {
    format!("/editor/briefings/{slug}/redact")
}

/// Where it is said what readers may see of a briefing.
pub fn editor_rights(slug: &str) -> String {
    format!("/editor/briefings/{slug}/rights")
}

/// Where it is said who stands behind a label of a briefing.
pub fn editor_settle(slug: &str) -> String {
    format!("/editor/briefings/{slug}/settle")
}

/// The original file of a text of a briefing, by its SHA-256.
pub fn source(slug: &str, sha256: &[u8]) -> String {
    format!("/briefings/{slug}/sources/{}", hex::encode(sha256))
}

/// Where corrections are sent.
pub fn editor_correct(slug: &str) -> String {
    format!("/editor/briefings/{slug}/correct")
}

/// Where a range of a briefing is chosen to be cited; with a format behind it, the citation of the whole briefing.
pub fn cite(slug: &str) -> String {
    format!("/briefings/{slug}/cite")
}

/// The citation of a briefing or of words of it (the address of either) in a format.
pub fn citation(path: &str, format: &str) -> String {
    format!("{path}/cite/{format}")
}

/// The picture of a briefing or of words of it (the address of either).
pub fn card(path: &str) -> String {
    format!("{path}/card.png")
}

/// One series.
pub fn series(slug: &str) -> String {
    format!("/series/{slug}")
}

/// One speaker.
pub fn speaker(slug: &str) -> String {
    format!("/speakers/{slug}")
}

/// Everything a speaker said about a topic.
pub fn speaker_topic(speaker: &str, topic: &str) -> String {
    format!("/speakers/{speaker}/topics/{topic}")
}

/// One topic.
pub fn topic(slug: &str) -> String {
    format!("/topics/{slug}")
}

/// A year.
pub fn year(year: impl Given<i16>) -> String {
    let year = year.given();
    format!("/dates/{year:04}")
}

/// A month.
pub fn month(date: impl Given<Date>) -> String {
    let date = date.given();
    format!("/dates/{:04}/{:02}", date.year(), date.month())
}

/// A day.
pub fn day(date: impl Given<Date>) -> String {
    let date = date.given();
    format!("/dates/{:04}/{:02}/{:02}", date.year(), date.month(), date.day())
}

/// A day of any year.
pub fn on_this_day(date: impl Given<Date>) -> String {
    let date = date.given();
    format!("{ON_THIS_DAY}/{:02}/{:02}", date.month(), date.day())
}

/// An address with these query fields, empty ones left out.
pub fn with_query(path: &str, fields: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    let mut any = false;
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
        any = true;
    }
    if any { format!("{path}?{}", query.finish()) } else { path.to_owned() }
}

/// The address of a list with some of its fields changed: an empty value takes a field out, and `page` is left out unless it
/// is one of the changes, since any other change begins anew.
pub fn changed(path: &str, fields: &[(&str, &str)], changes: &[(&str, &str)]) -> String {
    let mut pairs: Vec<_> = fields.iter().filter(|field| field.0 != "page").copied().collect();
    for change in changes {
        match pairs.iter_mut().find(|pair| pair.0 == change.0) {
            Some(pair) => pair.1 = change.1,
            None => pairs.push(*change),
        }
    }
    with_query(path, &pairs)
}

/// A search with these fields.
pub fn search(fields: &[(&str, &str)]) -> String {
    with_query(SEARCH, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_fields_leave_no_trace_in_an_address() {
        assert_eq!(search(&[("q", ""), ("speaker", "")]), "/search");
        assert_eq!(search(&[("q", "\"a b\" & c"), ("speaker", "x")]), "/search?q=%22a+b%22+%26+c&speaker=x");
    }
}
