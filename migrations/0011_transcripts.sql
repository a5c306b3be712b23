-- Several transcripts of a briefing, newer versions by their issuers, and sources that are fetched again.
--
-- For whoever must destroy words of a briefing. Every text of it is a row of `transcript`, whatever its standing: other
-- transcripts, proposals, and versions that were taken over or declined too. Their words stand in `utterance`,
-- `transcript_label`, `revision` (reason, facts), `transcript` (diagnostics, evidence) and, as received, in `source`, to
-- which `transcript.source_id` and `revision.source_id` lead. Beside these only `proposal.reason` holds words.
-- `fingerprint` holds hashes of words in fours; its rows of a transcript go with the words. `same_event`, `refetch` and
-- `retrieval` hold none.

alter table transcript
    -- shown: a transcript of the briefing. The others are newer versions of one: proposed, or adopted as a revision of
    -- it, or declined.
    add column standing text not null default 'shown' check (standing in ('shown', 'proposed', 'adopted', 'declined')),
    -- Its place among the transcripts of its briefing, in addresses, from 1.
    add column number integer default 1,
    -- Whether its fingerprint is taken.
    add column fingerprinted boolean not null default false,
    add check ((number is null) = (standing <> 'shown')),
    add check (standing = 'shown' or not is_main);
-- A publisher may go back to bytes that were there before.
alter table transcript drop constraint transcript_source_id_key;
create unique index transcript_source on transcript (source_id) where standing = 'shown';
create index transcript_any_source on transcript (source_id);
create unique index transcript_number on transcript (briefing_id, number) where number is not null;

alter table revision
    -- Whether it was the main text of its briefing when it was written. These are numbered through the briefing, so that
    -- a link to one means it for ever, whichever transcript is the main one now.
    add column of_main boolean not null default true,
    -- The bytes from which the words of this revision were read, if others than those of the revision before.
    add column source_id bigint references source (id);
create index revision_source on revision (source_id) where source_id is not null;

-- The facts of a revision that has another source than the one before: its SHA-256 too.
create function revision_facts(title text, date date, date_origin text, series_id integer, place text, language text,
                               speakers json, source bytea)
returns json language sql stable return
    json_build_object('title', title, 'date', date, 'date_origin', date_origin,
                      'series', (select name from series where id = series_id), 'place', place, 'language', language,
                      'speakers', speakers, 'source', encode(source, 'hex'));

-- A newer version of a transcript, put before an editor.
create table proposal (
    id bigint generated always as identity primary key,
    -- The newer version.
    transcript_id bigint not null unique references transcript (id) on delete cascade,
    -- What it is a newer version of.
    of_transcript_id bigint not null references transcript (id) on delete cascade,
    created_at timestamptz not null,
    decided_at timestamptz,
    -- Who decided; none: the machine or the command line.
    account_id bigint references account (id),
    -- Why it was declined.
    reason text,
    -- Once adopted: the permanent numbers of its utterances, in their order.
    numbers integer[]
);
create index proposal_open on proposal (created_at) where decided_at is null;
create index proposal_of on proposal (of_transcript_id, decided_at);

-- Two numbers of a transcript that are equal in another one say that much of the words is the same.
create table fingerprint (
    part integer not null,
    -- No reference: rows of a transcript that is gone mean nothing.
    transcript_id bigint not null,
    primary key (part, transcript_id)
);

-- The address without what makes no difference.
create function address_key(url text) returns text language sql immutable parallel safe return
    regexp_replace(regexp_replace(url, '^[a-z]+://(www\.)?', ''), '/?(#.*)?$', '');
create index source_address on source (address_key(url)) where url is not null;

-- A draft that seems to be of an event that the archive has already. It is not published before an editor has said what
-- it is.
create table same_event (
    briefing_id bigint not null references briefing (id) on delete cascade,
    -- The briefing that was here first.
    other_id bigint not null references briefing (id) on delete cascade,
    -- By what it was found: the address, the day in its series, or the words alone.
    found_by text not null check (found_by in ('address', 'day', 'words')),
    -- Share of the draft's words that stand in the other in the same order.
    alike real not null check (alike between 0 and 1),
    -- When an editor said that it is a briefing of its own, and who.
    settled_at timestamptz,
    account_id bigint references account (id),
    primary key (briefing_id, other_id)
);
create index same_event_other on same_event (other_id);
create index briefing_day on briefing (series_id, date);

-- Sources that came from an address: when they are fetched again.
create table refetch (
    transcript_id bigint primary key references transcript (id) on delete cascade,
    url text not null,
    host text not null,
    -- When it was fetched first: the steps count from here.
    began_at timestamptz not null,
    -- None: it was fetched for the last time.
    due_at timestamptz,
    -- Times in a row that the publisher could not be reached.
    failures integer not null default 0,
    -- Since when there is nothing at the address any more.
    gone_since timestamptz,
    -- The bytes that were there last.
    source_id bigint not null references source (id)
);
create index refetch_due on refetch (due_at) where due_at is not null;

-- What came of it, each time.
create table retrieval (
    id bigint generated always as identity primary key,
    transcript_id bigint not null references transcript (id) on delete cascade,
    at timestamptz not null,
    -- same: the very bytes; same-words: other bytes that read the same; changed: put before an editor; gone: nothing is
    -- there any more; failed: not reached or not readable.
    outcome text not null check (outcome in ('same', 'same-words', 'changed', 'gone', 'failed')),
    -- Of the bytes that came, if any did.
    sha256 bytea check (octet_length(sha256) = 32)
);
create index retrieval_transcript on retrieval (transcript_id, id);

alter table upload drop constraint upload_state_check;
alter table upload add constraint upload_state_check
    -- joined: it became another transcript, or a newer version, of a briefing that was there.
    check (state in ('waiting', 'draft', 'known', 'failed', 'unfolded', 'joined'));
