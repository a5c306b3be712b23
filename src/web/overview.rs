//! What the house knows of the archive as a whole, read once for each state of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::App;
use super::error::Error;
use crate::search::{Bucket, Facets, Query};
use crate::store::briefings::{self, Extent};

/// The archive as a whole.
#[derive(Debug, Clone)]
pub struct Overview {
    /// How much readers can see.
    pub extent: Extent,
    /// Utterances, reports apart.
    pub utterances: u64,
    /// How they spread over speakers, topics, series, years.
    pub facets: Facets,
    /// First days of the months of which there is anything.
    pub months: BTreeSet<Date>,
}

/// The last overview, with the position of the index it belongs to.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Option<(u64, Arc<Overview>)>>);

impl App {
    /// The archive as a whole, as of the present position of the index.
    pub async fn overview(&self) -> Result<Arc<Overview>, Error> {
        let position = self.index.position();
        let held = self.overview.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((of, overview)) = held
            && of == position
        {
            return Ok(overview);
        }
        let mut conn = self.pool.acquire().await?;
        let extent = briefings::extent(&mut conn).await?;
        let answer = self.index.search(&Query::default())?;
        let months =
            self.index.over_time(&Query::default(), Bucket::Month)?.into_iter().map(|(month, _)| month).collect();
        let overview = Arc::new(Overview { extent, utterances: answer.total, facets: answer.facets, months });
        *self.overview.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((position, Arc::clone(&overview)));
        Ok(overview)
    }
}
