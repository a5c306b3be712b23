-- What editors say beside drafts and turns: a problem is open again, two people are not the same, a topic is of another
-- kind; and batches that are read in turn.

-- What had become of a problem before an editor opened it again, and why it was opened.
create table problem_reopened (
    id bigint generated always as identity primary key,
    problem_id bigint not null references problem (id) on delete cascade,
    outcome text not null check (outcome in ('corrected', 'note-added', 'declined')),
    -- The sentence about the outcome that everybody read.
    settled_reason text check (settled_reason <> ''),
    settled_at timestamptz not null,
    -- Why it is open again: everybody reads it.
    reason text not null check (reason <> ''),
    account_id bigint references account (id),
    reopened_at timestamptz not null
);
create index problem_reopened_problem on problem_reopened (problem_id, id);

-- People of like names of whom an editor says that they are not the same. The one with the lower row stands first.
create table not_same (
    one_id bigint not null references speaker (id) on delete cascade,
    other_id bigint not null references speaker (id) on delete cascade,
    account_id bigint references account (id),
    created_at timestamptz not null,
    primary key (one_id, other_id),
    check (one_id < other_id)
);
create index not_same_other on not_same (other_id);

-- What a topic of the gazetteer is, an editor says otherwise.
alter table topic add column kind_by_editor boolean not null default false;

-- The next upload of the next batch.
drop index upload_waiting;
create index upload_waiting on upload (batch_id, id) where state = 'waiting';

-- What stands at an address was redacted here.
alter table retrieval drop constraint retrieval_outcome_check;
alter table retrieval add constraint retrieval_outcome_check
    check (outcome in ('same', 'same-words', 'changed', 'gone', 'failed', 'redacted'));
