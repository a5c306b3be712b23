-- The archive: series, briefings, sources, transcripts, revisions, utterances, speakers, topics, and the feed.
-- Words: see docs. Every `text` column with a fixed set of values is checked here and is an enum in `src/domain`.

create table series (
    id integer generated always as identity primary key,
    slug text not null unique,
    name text not null unique,
    office text,
    time_zone text,
    language text
);

create table briefing (
    id bigint generated always as identity primary key,
    slug text not null unique,
    title text not null check (title <> ''),
    briefing_kind text not null check (briefing_kind in ('transcript', 'statement', 'report')),
    status text not null default 'draft' check (status in ('draft', 'published', 'withdrawn')),
    series_id integer references series (id),
    date date,
    -- Where the date comes from: given, head, title, sidecar, front-matter, file-name, address.
    date_origin text,
    starts time,
    ends time,
    -- The zone as printed beside the time ("EDT").
    zone text,
    place text,
    language text,
    -- Part of the sample archive: removed by the first real import.
    fiction boolean not null default false,
    -- A line that restricts publication, as printed, and until when.
    embargo_text text,
    embargo_until timestamptz,
    withdrawn_reason text,
    withdrawn_at timestamptz,
    published_at timestamptz,
    created_at timestamptz not null,
    -- Position in the feed of the last act that changed what readers can find; null while never published.
    position bigint,
    check (status <> 'published' or published_at is not null),
    check ((date is null) = (date_origin is null))
);
create index briefing_position on briefing (position) where position is not null;
create index briefing_date on briefing (date, id) where status = 'published';
create index briefing_series_date on briefing (series_id, date) where status = 'published';

-- The bytes as received. Large and compressed at their origin more often than not: stored out of line, as they are.
create table source (
    id bigint generated always as identity primary key,
    sha256 bytea not null unique check (octet_length(sha256) = 32),
    bytes bytea not null,
    media_type text not null,
    file_name text,
    url text,
    publisher text,
    retrieved_at timestamptz not null,
    source_text text not null
);
alter table source alter column bytes set storage external;

create table transcript (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    source_id bigint not null unique references source (id),
    is_main boolean not null,
    issuer text,
    status text not null check (status in ('provisional', 'official', 'revised')),
    format text not null,
    diagnostics jsonb not null,
    -- Names, offices and labels found in the text: what people are resolved from, over the whole archive at once.
    evidence jsonb not null,
    -- The current revision; set once the revision is written.
    revision_id bigint
);
create unique index transcript_main on transcript (briefing_id) where is_main;

create table revision (
    id bigint generated always as identity primary key,
    transcript_id bigint not null references transcript (id) on delete cascade,
    number integer not null check (number >= 1),
    reason text not null,
    actor text not null,
    created_at timestamptz not null,
    unique (transcript_id, number)
);
alter table transcript add foreign key (revision_id) references revision (id) deferrable initially deferred;

create table speaker (
    id bigint generated always as identity primary key,
    slug text not null unique,
    name text not null check (name <> ''),
    -- For alphabetical lists: family name first.
    sort_name text not null
);

-- Addresses that a speaker had before; they redirect.
create table speaker_slug (
    slug text primary key,
    speaker_id bigint not null references speaker (id) on delete cascade
);

create table speaker_name (
    speaker_id bigint not null references speaker (id) on delete cascade,
    name text not null,
    primary key (speaker_id, name)
);

create table office (
    speaker_id bigint not null references speaker (id) on delete cascade,
    title text not null,
    -- First and last date on which the archive saw it held.
    from_date date,
    to_date date,
    origin text not null check (origin in ('machine', 'editor')),
    primary key (speaker_id, title, origin)
);

-- Who a label of one transcript stands for. Utterances point here, so that a better answer touches one row.
create table transcript_label (
    id bigint generated always as identity primary key,
    transcript_id bigint not null references transcript (id) on delete cascade,
    label text not null,
    turns integer not null,
    role text check (role in ('questioner', 'moderator', 'official', 'staff', 'audience')),
    speaker_id bigint references speaker (id),
    -- The office held at the date of the briefing.
    office text,
    origin text not null default 'machine' check (origin in ('machine', 'editor')),
    -- What stays doubtful: a person suggested but not linked.
    suggested_speaker_id bigint references speaker (id) on delete set null,
    score real,
    reason text,
    unique (transcript_id, label)
);
create index transcript_label_speaker on transcript_label (speaker_id) where speaker_id is not null;

create table utterance (
    id bigint generated always as identity primary key,
    revision_id bigint not null references revision (id) on delete cascade,
    -- From 0, in order of the text.
    position integer not null,
    -- The permanent number within the briefing, from 1; given at first publication.
    number integer,
    kind text not null check (kind in ('turn', 'heading', 'note', 'paragraph')),
    label_id bigint references transcript_label (id),
    -- The label is not printed here: the speaker goes on after a heading.
    goes_on boolean not null default false,
    text text not null,
    marks jsonb,
    asked_by jsonb,
    starts_at_ms bigint,
    topic_ids integer[] not null default '{}',
    unique (revision_id, position),
    check ((kind = 'turn') = (label_id is not null))
);
create index utterance_label on utterance (label_id) where label_id is not null;

create table topic (
    id integer generated always as identity primary key,
    slug text not null unique,
    name text not null,
    kind text not null check (kind in ('country', 'organisation', 'issue'))
);

-- One row: the last position given out. Incremented by the last statement of every publishing transaction, so that
-- positions are gapless and in commit order (a sequence is neither).
create table feed (
    only_row boolean primary key default true check (only_row),
    position bigint not null,
    -- How often evidence about people has changed, and up to which change people were resolved over the whole archive.
    evidence_version bigint not null,
    people_version bigint not null
);
insert into feed (position, evidence_version, people_version) values (0, 0, 0);

-- Briefings that are gone altogether (the sample archive, once real ones come), so that indexes forget them too.
create table removal (
    briefing_id bigint primary key,
    -- Given by the last statement of the removing transaction.
    position bigint
);
create index removal_position on removal (position);

-- Links that sign an editor in once, and the sessions they open. Only hashes are kept.
create table one_time_link (
    token_sha256 bytea primary key,
    expires_at timestamptz not null
);
create table session (
    token_sha256 bytea primary key,
    expires_at timestamptz not null
);
