//! `GET /series`: what briefings belong to.

use axum::extract::State;
use jiff::civil::Date;

use crate::store::series::{self, Day, Series};
use crate::web::error::Error;
use crate::web::page::{Frame, Page};
use crate::web::{App, phrase, urls};

/// The page.
#[derive(askama::Template)]
#[template(path = "public/series_list.html")]
pub struct SeriesList {
    frame: Frame,
    all: Vec<(Series, Option<Strip>)>,
}

/// The months in which a series was held, as a picture.
pub struct Strip {
    /// Years from the first to the last on record.
    years: (i16, i16),
    /// Width of the picture: months on record.
    width: usize,
    /// Place and shade of each month held.
    months: Vec<(usize, i64)>,
}

/// The handler.
pub async fn show(frame: Frame, State(app): State<App>) -> Result<Page<SeriesList>, Error> {
    let mut conn = app.pool.acquire().await?;
    let mut held = series::months(&mut conn).await?;
    let all = series::list(&mut conn, None).await?;
    let first = all.iter().filter_map(|series| series.first).min().map_or(0, Date::year);
    let last = all.iter().filter_map(|series| series.last).max().map_or(0, Date::year);
    let strips = |series: Series| {
        let strip = held.remove(&series.id).map(|months| strip(first, last, &months));
        (series, strip)
    };
    Ok(Page(SeriesList { frame, all: all.into_iter().map(strips).collect() }))
}

/// Draws the months of a series on the years of the whole archive, so that series can be compared.
fn strip(first: i16, last: i16, months: &[Day]) -> Strip {
    let most = months.iter().map(|month| month.briefings).max().unwrap_or(1).max(1);
    let place = |month: &Day| ((month.date.year() - first) * 12) as usize + month.date.month() as usize - 1;
    Strip {
        years: (first, last),
        width: ((last - first + 1) * 12) as usize,
        months: months.iter().map(|month| (place(month), (month.briefings * 4 + most - 1) / most)).collect(),
    }
}
