//! What the house knows of the archive as a whole, read once for each state of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::civil::Date;

use super::App;
use super::error::Error;
use super::names::{Nameable, Names};
use crate::domain::{Ledger, UtteranceKind};
use crate::search::{Bucket, Facets, Filters, Query};
use crate::store::briefings::{self, Extent};
use crate::store::coverage;
use crate::store::directory::{self, Directory, Family, Meant, Named};

/// The archive as a whole.
#[derive(Debug, Clone)]
pub struct Overview {
    /// How much readers can see.
    pub extent: Extent,
    /// Utterances, reports apart.
    pub utterances: u64,
    /// How they spread over speakers, topics, series, years.
    pub facets: Facets,
    /// The names of everything that is counted.
    pub directory: Directory,
    /// First days of the months of which there is anything.
    pub months: BTreeSet<Date>,
    /// Which days of which series are held, marked and expected.
    pub ledger: Ledger,
    /// Names to complete and to correct by, made when they are first asked for.
    names: OnceLock<Names>,
}

impl Overview {
    /// Everything with a name that readers can see, those with most words first.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let names = &self.directory;
            let facets = &self.facets;
            let speakers = facets.speaker.iter().map(|(id, n)| (Family::Speaker, id.0, names.speakers.get(id), *n));
            let topics = facets.topic.iter().map(|(id, n)| (Family::Topic, id.0.into(), names.topics.get(id), *n));
            let series = facets.series.iter().map(|(id, n)| (Family::Series, id.0.into(), names.series.get(id), *n));
            let all = speakers.chain(topics).chain(series);
            let nameable = |(family, id, named, count): (Family, i64, Option<&Named>, u64)| {
                named.map(|named| Nameable::new(family, id, named.clone(), count))
            };
            Names::new(all.filter_map(nameable).collect())
        })
    }

    /// What has exactly this slug and is counted, without asking the database.
    pub fn named(&self, family: Family, slug: &str) -> Option<Meant<i64>> {
        let names = &self.directory;
        let meant = |id: i64, named: Option<&Named>| {
            named.filter(|named| named.slug == slug).map(|named| Meant { id, named: named.clone() })
        };
        match family {
            Family::Speaker => self.facets.speaker.iter().find_map(|(id, _)| meant(id.0, names.speakers.get(id))),
            Family::Topic => self.facets.topic.iter().find_map(|(id, _)| meant(id.0.into(), names.topics.get(id))),
            Family::Series => self.facets.series.iter().find_map(|(id, _)| meant(id.0.into(), names.series.get(id))),
        }
    }
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
        // The index first: the database, read after it, knows the name of everything that is counted.
        let answer = self.index.search(&Query { limit: 0, ..Query::default() })?;
        let mut conn = self.pool.acquire().await?;
        let extent = briefings::extent(&mut conn).await?;
        let directory = directory::all(&mut conn).await?;
        let months =
            self.index.over_time(&Query::default(), Bucket::Month)?.into_iter().map(|(month, _)| month).collect();
        let kinds = vec![UtteranceKind::Turn];
        let turns = Query { filters: Filters { kinds, ..Filters::default() }, ..Query::default() };
        let ledger = coverage::ledger(&mut conn).await?.with_turns(self.index.briefings(&turns)?);
        let (utterances, facets) = (answer.total, answer.facets);
        let overview =
            Arc::new(Overview { extent, utterances, facets, directory, months, ledger, names: OnceLock::new() });
        *self.overview.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((position, Arc::clone(&overview)));
        Ok(overview)
    }
}
