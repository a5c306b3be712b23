//! Briefings held on the same day of other years.

use super::{Connection, Error};
use crate::domain::BriefingId;

/// Published briefings, reports apart, that were held on this day of any year.
pub async fn held_on(conn: &mut Connection, month: i8, day: i8) -> Result<Vec<BriefingId>, Error> {
    sqlx::query_scalar!(
        r#"select id as "id: BriefingId" from briefing
           where status = 'published' and briefing_kind <> 'report' and date is not null
             and extract(month from date)::int = $1 and extract(day from date)::int = $2
           order by date desc, id desc"#,
        i32::from(month),
        i32::from(day),
    )
    .fetch_all(conn)
    .await
}
