//! Pages for readers: one file a page, with its query, its template and its handler.

pub mod about;
pub mod briefing;
pub mod briefings;
mod calendar;
pub mod card;
mod cite;
pub mod cite_files;
mod cite_view;
pub mod dates;
mod glance;
pub mod home;
mod listing;
pub mod not_found;
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
