//! Claims as readers see them: of main texts that were read as they stand now, not those of reports, and none that an
//! editor rejected.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx;

use super::{Connection, Error};
use crate::domain::{
    BriefingId, ClaimId, ClaimKind, ClaimLinkId, ClaimLinkKind, ClaimReviewId, Origin, Place, SeriesId, SpeakerId,
    TopicId, UtteranceId,
};

/// A sentence that asserts something, by its place.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its row, and the end of its address.
    pub id: ClaimId,
    /// Its briefing.
    pub briefing_id: BriefingId,
    /// The utterance in which it stands.
    pub utterance_id: UtteranceId,
    /// Where it stands there.
    pub place: Place,
    /// Of what kind it is.
    pub kind: ClaimKind,
    /// Who says so.
    pub origin: Origin,
    /// How much it deserves a check, from 0 to 1: the machine's word.
    pub score: Option<f32>,
}

/// Which claims are wanted. An empty list restricts nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of this kind.
    pub kind: Option<ClaimKind>,
    /// By these speakers, where readers are told that they speak.
    pub speakers: Vec<SpeakerId>,
    /// In utterances about these topics.
    pub topics: Vec<TopicId>,
    /// In briefings of these series.
    pub series: Vec<SeriesId>,
    /// Not before; claims without a date are then left out.
    pub from: Option<Date>,
    /// Not after; the same.
    pub to: Option<Date>,
    /// Only those of which a review by fact-checkers is known.
    pub reviewed: bool,
}

/// Asks for claims that are wanted, in briefings of which `$of` says the rest.
macro_rules! wanted {
    ($wanted:expr, $head:literal, $of:literal $(, $argument:expr)*) => {{
        let wanted: &Wanted = $wanted;
        let speakers: Vec<i64> = wanted.speakers.iter().map(|id| id.0).collect();
        let topics: Vec<i32> = wanted.topics.iter().map(|id| id.0).collect();
        sqlx::query!(
            $head + r#"
             from claim c
             where not c.rejected and c.utterance_id is not null
               and ($1::text is null or c.kind = $1)
               and ($2::bigint[] = '{}' or exists (
                 select from utterance u join reader_label l on l.id = u.label_id
                 where u.id = c.utterance_id and l.speaker_id = any($2)))
               and ($3::int[] = '{}' or exists (
                 select from utterance u where u.id = c.utterance_id and u.topic_ids && $3))
               and (not $4::bool or exists (
                 select from claim_review r where r.claim_id = c.id and r.taken_back_at is null)) "# + $of,
            wanted.kind.map(ClaimKind::as_str),
            &speakers,
            &topics,
            wanted.reviewed
            $(, $argument)*
        )
    }};
}

/// Makes a row of a query a claim.
macro_rules! claim {
    ($row:ident) => {
        Claim {
            id: $row.id,
            briefing_id: $row.briefing_id,
            utterance_id: $row.utterance_id,
            place: Place { number: $row.number, start: $row.starts as usize, end: $row.ends as usize },
            kind: $row.kind,
            origin: $row.origin,
            score: $row.score,
        }
    };
}

/// How many of the wanted claims each briefing has, the latest first.
#[derive(Debug, Clone, Default)]
pub struct Spread(Vec<(BriefingId, i64)>);

impl Spread {
    /// How many there are in all.
    pub fn total(&self) -> i64 {
        self.0.iter().map(|(_, claims)| claims).sum()
    }

    /// The briefings in which those stand that follow after `skip` others, and how many of the first of them to skip still.
    fn stretch(&self, mut skip: i64, take: i64) -> (Vec<BriefingId>, i64) {
        let (mut found, mut briefings) = (0, Vec::new());
        for (id, claims) in &self.0 {
            if briefings.is_empty() && skip >= *claims {
                skip -= claims;
            } else if found < skip + take {
                briefings.push(*id);
                found += claims;
            }
        }
        (briefings, skip)
    }
}

/// Counts the wanted claims by briefing.
pub async fn spread(conn: &mut Connection, of: &Wanted) -> Result<Spread, Error> {
    let speakers: Vec<i64> = of.speakers.iter().map(|id| id.0).collect();
    let topics: Vec<i32> = of.topics.iter().map(|id| id.0).collect();
    let series: Vec<i32> = of.series.iter().map(|id| id.0).collect();
    // All claims are read through once; what restricts them is looked up before that, in sets.
    let rows = sqlx::query!(
        r#"with seen as materialized (
             select t.briefing_id, t.date
             from analysed_transcript t join briefing b on b.id = t.briefing_id
             where b.briefing_kind <> 'report' and ($5::int[] = '{}' or t.series_id = any($5))
               and ($6::date is null or t.date >= $6) and ($7::date is null or t.date <= $7)),
           counted as materialized (
             select c.briefing_id, count(*) as claims
             from claim c
             where not c.rejected and c.utterance_id is not null
               and ($1::text is null or c.kind = $1)
               and ($2::bigint[] = '{}' or c.utterance_id in (
                 select u.id from utterance u join reader_label l on l.id = u.label_id where l.speaker_id = any($2)))
               and ($3::int[] = '{}' or c.utterance_id in (select u.id from utterance u where u.topic_ids && $3))
               and (not $4::bool or c.id in (select r.claim_id from claim_review r where r.taken_back_at is null))
             group by c.briefing_id)
           select seen.briefing_id as "briefing_id!: BriefingId", claims as "claims!"
           from counted join seen using (briefing_id)
           order by seen.date desc nulls last, seen.briefing_id desc"#,
        of.kind.map(ClaimKind::as_str),
        &speakers,
        &topics,
        of.reviewed,
        &series,
        of.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        of.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>
    )
    .fetch_all(conn)
    .await?;
    Ok(Spread(rows.into_iter().map(|row| (row.briefing_id, row.claims)).collect()))
}

/// Some of those that are wanted: the latest briefing first, within it as they were said.
pub async fn newest(
    conn: &mut Connection,
    of: &Wanted,
    spread: &Spread,
    skip: i64,
    take: i64,
) -> Result<Vec<Claim>, Error> {
    let (briefings, skip) = spread.stretch(skip, take);
    let ids: Vec<i64> = briefings.iter().map(|id| id.0).collect();
    let rows = wanted!(
        of,
        r#"select c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", c.number, c.starts, c.ends, c.score,
                  c.utterance_id as "utterance_id!: UtteranceId", c.kind as "kind: ClaimKind", c.origin as "origin: Origin""#,
        "and c.briefing_id = any($5)
         order by array_position($5, c.briefing_id), c.number, c.starts offset $6 limit $7",
        &ids,
        skip,
        take
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| claim!(row)).collect())
}

/// Some of those that are wanted: what most deserves a check first.
pub async fn worthiest(conn: &mut Connection, of: &Wanted, skip: i64, take: i64) -> Result<Vec<Claim>, Error> {
    let series: Vec<i32> = of.series.iter().map(|id| id.0).collect();
    let rows = wanted!(
        of,
        r#"select c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", c.number, c.starts, c.ends, c.score,
                  c.utterance_id as "utterance_id!: UtteranceId", c.kind as "kind: ClaimKind", c.origin as "origin: Origin""#,
        r#"and (select true from analysed_transcript t join briefing b on b.id = t.briefing_id
                where t.briefing_id = c.briefing_id and b.briefing_kind <> 'report'
                  and ($5::int[] = '{}' or t.series_id = any($5))
                  and ($6::date is null or t.date >= $6) and ($7::date is null or t.date <= $7))
           order by c.score desc, c.id desc offset $8 limit $9"#,
        &series,
        of.from.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        of.to.map(ToSqlx::to_sqlx) as Option<jiff_sqlx::Date>,
        skip,
        take
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| claim!(row)).collect())
}

/// These claims, or those in these utterances, as far as readers see them; the latest first.
async fn known(
    conn: &mut Connection,
    claims: &[ClaimId],
    utterances: &[UtteranceId],
    most: i64,
) -> Result<Vec<Claim>, Error> {
    let claims: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let utterances: Vec<i64> = utterances.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select c.id as "id: ClaimId", c.briefing_id as "briefing_id: BriefingId", c.number, c.starts, c.ends, c.score,
                  c.utterance_id as "utterance_id!: UtteranceId", c.kind as "kind: ClaimKind", c.origin as "origin: Origin"
           from claim c
           where (c.id = any($1) or c.utterance_id = any($2)) and not c.rejected and c.utterance_id is not null
             and (select true from analysed_transcript t join briefing b on b.id = t.briefing_id
                  where t.briefing_id = c.briefing_id and b.briefing_kind <> 'report')
           order by c.briefing_id desc, c.number, c.starts limit $3"#,
        &claims,
        &utterances,
        most
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| claim!(row)).collect())
}

/// These claims, as far as readers see them.
pub async fn some(conn: &mut Connection, ids: &[ClaimId]) -> Result<Vec<Claim>, Error> {
    known(conn, ids, &[], ids.len() as i64).await
}

/// The claims in these utterances, as far as readers see them.
pub async fn of_utterances(conn: &mut Connection, ids: &[UtteranceId], most: i64) -> Result<Vec<Claim>, Error> {
    known(conn, &[], ids, most).await
}

/// One claim, if readers see it.
pub async fn find(conn: &mut Connection, id: ClaimId) -> Result<Option<Claim>, Error> {
    Ok(some(conn, &[id]).await?.pop())
}

/// What a fact-checker found about a claim, as an editor wrote it down.
#[derive(Debug, Clone)]
pub struct Review {
    /// Its row.
    pub id: ClaimReviewId,
    /// The claim.
    pub claim_id: ClaimId,
    /// What was found, in the fact-checker's words.
    pub verdict: String,
    /// Who found it.
    pub publisher: String,
    /// Where it can be read.
    pub url: String,
    /// On which day it was published.
    pub reviewed_on: Option<Date>,
    /// When an editor wrote it down.
    pub created_at: Timestamp,
}

/// The reviews of some claims, the latest first.
pub async fn reviews(conn: &mut Connection, claims: &[ClaimId]) -> Result<Vec<Review>, Error> {
    let ids: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ClaimReviewId", claim_id as "claim_id: ClaimId", verdict, publisher, url, reviewed_on,
                  created_at
           from claim_review where claim_id = any($1) and taken_back_at is null
           order by reviewed_on desc nulls last, id desc"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Review {
            id: row.id,
            claim_id: row.claim_id,
            verdict: row.verdict,
            publisher: row.publisher,
            url: row.url,
            reviewed_on: row.reviewed_on.map(jiff_sqlx::Date::to_jiff),
            created_at: row.created_at.to_jiff(),
        })
        .collect())
}

/// How one claim stands to another: "this one repeats that one".
#[derive(Debug, Clone)]
pub struct Link {
    /// Its row.
    pub id: ClaimLinkId,
    /// This one ...
    pub claim_id: ClaimId,
    /// ... does this to ...
    pub kind: ClaimLinkKind,
    /// ... that one.
    pub other_id: ClaimId,
    /// When an editor said so.
    pub created_at: Timestamp,
}

/// The links from and to some claims, the latest first. Readers may not see what they lead to.
pub async fn links(conn: &mut Connection, claims: &[ClaimId]) -> Result<Vec<Link>, Error> {
    let ids: Vec<i64> = claims.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select id as "id: ClaimLinkId", claim_id as "claim_id: ClaimId", kind as "kind: ClaimLinkKind",
                  other_id as "other_id: ClaimId", created_at
           from claim_link where taken_back_at is null and (claim_id = any($1) or other_id = any($1))
           order by id desc"#,
        &ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Link {
            id: row.id,
            claim_id: row.claim_id,
            kind: row.kind,
            other_id: row.other_id,
            created_at: row.created_at.to_jiff(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_and_ends_within_briefings() {
        let spread = Spread([(9, 3), (8, 2), (7, 4)].map(|(id, claims)| (BriefingId(id), claims)).to_vec());
        let stretch = |skip, take| {
            let (briefings, skip) = spread.stretch(skip, take);
            (briefings.iter().map(|id| id.0).collect::<Vec<_>>(), skip)
        };
        assert_eq!(spread.total(), 9);
        assert_eq!(stretch(0, 2), (vec![9], 0));
        assert_eq!(stretch(2, 2), (vec![9, 8], 2));
        assert_eq!(stretch(3, 2), (vec![8], 0));
        assert_eq!(stretch(4, 20), (vec![8, 7], 1));
        assert_eq!(stretch(9, 20).0, Vec::<i64>::new());
        assert_eq!(Spread::default().stretch(5, 20), (Vec::new(), 5));
    }
}
