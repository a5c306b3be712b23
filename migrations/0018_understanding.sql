-- What the machine suggests about the words of what is published, and what editors say of it.
--
-- None of these tables holds a word of a transcript: places in utterances do ([number, start, end], in Unicode scalar
-- values), so that what is redacted there is gone here too. An editor's row (origin 'editor') outlives every reading; a
-- rejected one is kept so that it is not suggested again, and readers never see it.

-- The revision that was read last, and by which version of the analysis.
alter table transcript
    add column analysed_revision_id bigint references revision (id) on delete set null,
    add column analysis_version integer not null default 0;
create index transcript_to_analyse on transcript (id)
    where is_main and analysed_revision_id is distinct from revision_id;
create index transcript_analysis_version on transcript (analysis_version) where is_main;

-- Main texts whose words were read as they stand now, and may be shown in full.
create view analysed_transcript as
select t.id, t.briefing_id, t.revision_id, b.date, b.series_id
from transcript t join briefing b on b.id = t.briefing_id
where t.is_main and t.analysed_revision_id = t.revision_id and b.status = 'published' and b.rights = 'full';

create table exchange (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    -- The utterance in which the question begins; none once it no longer stands in the text. Its number.
    question_id bigint references utterance (id) on delete set null,
    number integer not null,
    -- The utterance in which the response begins; none where nobody responded.
    response_id bigint references utterance (id) on delete set null,
    -- Lists of places.
    question jsonb not null,
    response jsonb not null,
    -- The exchange that began the chain of follow-up questions.
    follows_id bigint references exchange (id) on delete set null,
    -- The first exchange in which this was asked, on an earlier day, and how like it this one is, from 0 to 1.
    thread_id bigint references exchange (id) on delete set null,
    likeness real,
    -- The answer label that is shown, and the machine's.
    label text,
    suggested text,
    score real,
    -- The place of the words that gave it away.
    because jsonb,
    origin text not null default 'machine' check (origin in ('machine', 'editor')),
    rejected boolean not null default false,
    decided_at timestamptz,
    decided_by bigint references account (id) on delete set null,
    check (origin = 'editor' or not rejected),
    check ((origin = 'editor') = (decided_at is not null))
);
create index exchange_briefing on exchange (briefing_id);
create index exchange_question on exchange (question_id);
create index exchange_response on exchange (response_id);
create index exchange_follows on exchange (follows_id) where follows_id is not null;
create index exchange_thread on exchange (thread_id) where thread_id is not null;
create index exchange_label on exchange (label) where not rejected;

create table claim (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    -- None once its words no longer stand in the text.
    utterance_id bigint references utterance (id) on delete set null,
    number integer not null,
    starts integer not null,
    ends integer not null check (ends > starts),
    -- The kind that is shown, and the machine's; none where an editor found the claim.
    kind text not null check (kind in ('fact', 'figure', 'denial', 'accusation', 'prediction', 'commitment', 'position')),
    suggested text,
    -- How much it deserves a check, from 0 to 1.
    score real,
    origin text not null default 'machine' check (origin in ('machine', 'editor')),
    rejected boolean not null default false,
    decided_at timestamptz,
    decided_by bigint references account (id) on delete set null,
    check (origin = 'editor' or not rejected),
    check ((origin = 'editor') = (decided_at is not null))
);
create index claim_briefing on claim (briefing_id);
create index claim_utterance on claim (utterance_id);
create index claim_score on claim (score desc) where not rejected;

-- How two claims stand to each other: editors only.
create table claim_link (
    id bigint generated always as identity primary key,
    claim_id bigint not null references claim (id) on delete cascade,
    kind text not null check (kind in ('repeats', 'narrows', 'contradicts', 'corrected-by')),
    other_id bigint not null references claim (id) on delete cascade check (other_id <> claim_id),
    account_id bigint references account (id) on delete set null,
    created_at timestamptz not null,
    taken_back_at timestamptz
);
create unique index claim_link_once on claim_link (claim_id, kind, other_id) where taken_back_at is null;
create index claim_link_other on claim_link (other_id);

-- What fact-checkers found.
create table claim_review (
    id bigint generated always as identity primary key,
    claim_id bigint not null references claim (id) on delete cascade,
    verdict text not null check (verdict <> ''),
    publisher text not null check (publisher <> ''),
    url text not null,
    reviewed_on date,
    account_id bigint references account (id) on delete set null,
    created_at timestamptz not null,
    taken_back_at timestamptz
);
create index claim_review_claim on claim_review (claim_id);

-- Promises to come back to a question.
create table follow_up (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    -- The exchange whose question is owed.
    exchange_id bigint references exchange (id) on delete set null,
    utterance_id bigint references utterance (id) on delete set null,
    number integer not null,
    starts integer not null,
    ends integer not null check (ends > starts),
    kind text not null check (kind in ('taken-question', 'get-back', 'provide', 'check', 'more-later')),
    origin text not null default 'machine' check (origin in ('machine', 'editor')),
    rejected boolean not null default false,
    decided_at timestamptz,
    decided_by bigint references account (id) on delete set null,
    check (origin = 'editor' or not rejected),
    check ((origin = 'editor') = (decided_at is not null))
);
create index follow_up_briefing on follow_up (briefing_id);
create index follow_up_exchange on follow_up (exchange_id);
create index follow_up_utterance on follow_up (utterance_id);

-- Later words that seem to keep a promise (machine), or keep it (editor).
create table follow_up_resolution (
    id bigint generated always as identity primary key,
    follow_up_id bigint not null references follow_up (id) on delete cascade,
    briefing_id bigint not null references briefing (id) on delete cascade,
    utterance_id bigint references utterance (id) on delete set null,
    number integer not null,
    score real,
    -- What speaks for it beside shared words: they say that they come back to something; the same reporter asked.
    says_so boolean not null default false,
    same_asker boolean not null default false,
    origin text not null default 'machine' check (origin in ('machine', 'editor')),
    rejected boolean not null default false,
    decided_at timestamptz,
    decided_by bigint references account (id) on delete set null,
    unique (follow_up_id, briefing_id, number),
    check (origin = 'editor' or not rejected),
    check ((origin = 'editor') = (decided_at is not null))
);
create index follow_up_resolution_utterance on follow_up_resolution (utterance_id);
create index follow_up_resolution_briefing on follow_up_resolution (briefing_id);
