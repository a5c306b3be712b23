//! Pages for readers: one file a page, with its query, its template and its handler.

pub mod about;
pub mod briefing;
pub mod briefings;
mod calendar;
pub mod dates;
pub mod home;
pub mod not_found;
pub mod series;
pub mod series_list;
mod turns;
pub mod utterance;
