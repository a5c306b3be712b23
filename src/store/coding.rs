//! Samples of exchanges that people code without seeing what the machine says.

use jiff::civil::Date;

use super::{Connection, Error};
use crate::domain::ExchangeId;

/// An exchange drawn at random, with its words.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Its row.
    pub id: ExchangeId,
    /// The address of its briefing.
    pub slug: String,
    /// The date of that.
    pub date: Option<Date>,
    /// The number of the utterance in which the question begins.
    pub number: i32,
    /// The parts of the question.
    pub question: Vec<String>,
    /// The parts of the response.
    pub response: Vec<String>,
}

/// Exchanges with a response, drawn from all that readers may see: the same ones for the same seed.
pub async fn drawn(conn: &mut Connection, seed: i64, most: i64) -> Result<Vec<Drawn>, Error> {
    let rows = sqlx::query!(
        r#"select e.id as "id: ExchangeId", b.slug, b.date, e.number,
                  array(select substr(u.text, (p.place ->> 1)::int + 1, (p.place ->> 2)::int - (p.place ->> 1)::int)
                        from jsonb_array_elements(e.question) with ordinality p (place, at)
                          join utterance u on u.revision_id = t.revision_id and u.number = (p.place ->> 0)::int
                        order by p.at) as "question!",
                  array(select substr(u.text, (p.place ->> 1)::int + 1, (p.place ->> 2)::int - (p.place ->> 1)::int)
                        from jsonb_array_elements(e.response) with ordinality p (place, at)
                          join utterance u on u.revision_id = t.revision_id and u.number = (p.place ->> 0)::int
                        order by p.at) as "response!"
           from (select e.* from exchange e join analysed_transcript t on t.briefing_id = e.briefing_id
                 where not e.rejected and e.question_id is not null and e.response_id is not null
                 order by hashtextextended(e.id::text, $1), e.id limit $2) e
             join briefing b on b.id = e.briefing_id join analysed_transcript t on t.briefing_id = e.briefing_id
           order by hashtextextended(e.id::text, $1), e.id"#,
        seed,
        most
    )
    .fetch_all(conn)
    .await?;
    let drawn = rows.into_iter().map(|row| Drawn {
        id: row.id,
        slug: row.slug,
        date: row.date.map(jiff_sqlx::Date::to_jiff),
        number: row.number,
        question: row.question,
        response: row.response,
    });
    Ok(drawn.collect())
}
