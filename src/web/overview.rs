//! What the house knows of the archive as a whole, read once for each state of it.

use std::sync::{Arc, Mutex, PoisonError};

use super::App;
use super::error::Error;
use crate::search::{Facets, Query};
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
        let overview = Arc::new(Overview { extent, utterances: answer.total, facets: answer.facets });
        *self.overview.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((position, Arc::clone(&overview)));
        Ok(overview)
    }
}
