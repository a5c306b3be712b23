-- Search results go from an utterance to its briefing by the revision that is shown.
create index transcript_revision on transcript (revision_id) where is_main;
