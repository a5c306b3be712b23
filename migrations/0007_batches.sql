-- What editors upload: files, archives, texts, addresses. Kept first, read then, so that a stop in between loses nothing.

create table batch (
    id bigint generated always as identity primary key,
    account_id bigint references account (id),
    created_at timestamptz not null,
    -- What the form says of everything in it, as sidecars do of one file.
    described json not null,
    -- A program that asks again with the same key gets the same batch.
    idempotency_key text,
    unique (account_id, idempotency_key)
);

create table upload (
    id bigint generated always as identity primary key,
    batch_id bigint not null references batch (id) on delete cascade,
    -- The path of a file, of an entry behind its archive's, or an address.
    name text not null,
    -- What a sidecar says of it.
    described json,
    -- The bytes until they are read; none of an address that was not fetched yet.
    bytes bytea,
    -- waiting: to be read; draft: became one; known: its bytes came before; failed: could not be read;
    -- unfolded: an archive, whose entries are uploads of their own.
    state text not null default 'waiting' check (state in ('waiting', 'draft', 'known', 'failed', 'unfolded')),
    briefing_id bigint references briefing (id) on delete set null,
    -- Why it failed, as a sentence.
    reason text,
    check (state = 'waiting' or bytes is null),
    check ((state = 'failed') = (reason is not null))
);
alter table upload alter column bytes set storage external;
create index upload_batch on upload (batch_id, id);
create index upload_waiting on upload (id) where state = 'waiting';
create index upload_briefing on upload (briefing_id) where briefing_id is not null;
