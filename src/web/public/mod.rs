//! Pages for readers: one file a page, with its query, its template and its handler.

pub mod about;
pub mod briefing;
pub mod briefings;
pub mod calendar;
pub mod chronology;
mod citation;
pub mod coverage;
pub mod dates;
mod glance;
pub mod home;
mod listing;
pub mod not_found;
mod reading;
mod results;
pub mod search;
pub mod search_help;
pub mod series;
pub mod series_list;
pub mod speaker;
pub mod speaker_topic;
pub mod speakers;
mod spread;
mod timeline;
pub mod topic;
pub mod topics;
pub mod turns;
pub mod utterance;
