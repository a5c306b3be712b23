//! Stories about what readers and programs see.

mod accounts;
mod api;
mod briefings;
mod browser;
mod check;
mod chronology;
mod cite;
mod claims;
mod correct;
mod coverage;
mod document;
mod draft;
mod editing;
pub mod editor;
mod errors;
mod feeds;
mod find;
mod follow_ups;
mod hidden;
mod hostile_words;
mod labels;
mod mail;
pub mod people;
mod problems;
mod program_errors;
mod programs;
mod provider;
mod questions;
mod reading;
mod refetch;
mod reports;
mod review;
mod rights;
mod routes;
mod search;
mod sign_in;
mod speakers;
mod topics;
mod transcripts;
mod unchecked;
pub mod upload;

use crate::world::World;

/// Two briefings, a statement, a report; two people, a country.
pub async fn small_archive() -> World {
    filled(World::new().await).await
}

/// The same where mail can be sent.
pub async fn small_archive_with_mail() -> World {
    filled(World::with_mail().await).await
}

async fn filled(world: World) -> World {
    world
        .briefing("Harbour briefing by Minister Ada Lind")
        .held_on("2026-03-10")
        .in_series("Harbour Ministry briefing")
        .person("MS. LIND", "Ada Lind", "Harbour Minister")
        .heading("Harbour Ministry")
        .turn("MS. LIND", "Good morning. The water in Norlund is rising again.")
        .about("Norlund")
        .turn("Q", "Is the dam in Norlund safe?")
        .about("Norlund")
        .turn("MS. LIND", "The dam in Norlund is safe. (Laughter.) We measured the levels twice.")
        .about("Norlund")
        .marked("stage-direction", "(Laughter.)")
        .heading("The budget")
        .turn("Q", "And the money?")
        .turn("MS. LIND", "Forty millions, not forty thousands.")
        .marked("strike", "thousands")
        .note("END")
        .create()
        .await;
    world
        .briefing("Weekly briefing by Omar Vesk")
        .held_on("2025-11-04")
        .in_series("Weekly briefing")
        .person("MR. VESK", "Omar Vesk", "Spokesman")
        .person("MS. LIND", "Ada Lind", "Deputy Harbour Minister")
        .perhaps("MR. VESC", "Omar Vesk", "one letter differs")
        .turn("MR. VESK", "We were asked about Norlund.")
        .about("Norlund")
        .turn("MS. LIND", "The negotiations go on.")
        .turn("MR. VESC", "That is all.")
        .create()
        .await;
    world
        .briefing("Readout of a call")
        .of_kind("statement")
        .paragraph("The ministers spoke about the dam.")
        .create()
        .await;
    world
        .briefing("Minister calms Norlund")
        .of_kind("report")
        .held_on("2026-03-11")
        .paragraph("The dam is safe, the minister said.")
        .create()
        .await;
    world
}
