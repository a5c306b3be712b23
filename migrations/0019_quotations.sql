-- Words that reports attribute to somebody, as the machine reads them.
--
-- Places are in the whole text of the report: texts of its utterances joined by blank lines, in Unicode scalar values. The
-- name is the only word of the text that is kept here; a redaction of the report removes these rows with it.

create table quotation (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    mode text not null check (mode in ('direct', 'indirect', 'mixed')),
    -- [start, end] of the words that say that it is said, and of the mention of whose words they are.
    cue jsonb,
    mention jsonb,
    -- [[start, end], ...] of what is said.
    content jsonb not null,
    -- Whose words they are, as fully as the report names them.
    named text
);
create index quotation_briefing on quotation (briefing_id);
