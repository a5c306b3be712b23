-- Problems: what readers say is wrong with a passage, what became of it, and the mail about it.

create table problem (
    id bigint generated always as identity primary key,
    -- What the reader keeps. Random, so that nobody reads one after another.
    reference text not null unique check (reference ~ '^P-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$'),
    -- The passage: numbers of utterances, in the revision that the reader was looking at.
    revision_id bigint not null references revision (id) on delete cascade,
    first_number integer not null check (first_number >= 1),
    last_number integer not null check (last_number >= first_number),
    kind text not null check (kind in ('words', 'speaker', 'facts', 'other')),
    -- In the reader's words: for editors only.
    text text not null check (text <> ''),
    -- Where the reply goes. Taken out once it has gone there, and after 90 days.
    email text,
    created_at timestamptz not null,
    -- Counts the acts of editors, so that the second of two is told.
    version integer not null default 1,
    owner_id bigint references account (id),
    outcome text check (outcome in ('corrected', 'note-added', 'declined')),
    -- The sentence about the outcome that everybody reads.
    reason text check (reason <> ''),
    -- The revision that put it right.
    outcome_revision_id bigint references revision (id) on delete cascade,
    settled_at timestamptz,
    check ((outcome is null) = (settled_at is null)),
    check (outcome is not null or (reason is null and outcome_revision_id is null)),
    check (outcome <> 'declined' or reason is not null),
    check ((outcome in ('corrected', 'note-added')) = (outcome_revision_id is not null))
);
create index problem_open on problem (created_at, id) where settled_at is null;
create index problem_settled on problem (settled_at, id) where settled_at is not null;
create index problem_email on problem (email, created_at) where email is not null;

-- Problems sent from an address within the last hour: counted, and linked to none of them.
create table problem_sent (
    -- Of IPv6 the network.
    address text not null,
    at timestamptz not null
);
create index problem_sent_by on problem_sent (address, at);

-- Mail to readers, until it has been sent. It is written when it is sent; where to stands at the problem only.
create table outbox (
    id bigint generated always as identity primary key,
    problem_id bigint not null references problem (id) on delete cascade,
    letter text not null check (letter in ('receipt', 'reply')),
    created_at timestamptz not null,
    attempts integer not null default 0,
    next_at timestamptz not null,
    -- What the mail server last said against it.
    failure text,
    sent_at timestamptz,
    given_up_at timestamptz,
    check (sent_at is null or given_up_at is null),
    unique (problem_id, letter)
);
create index outbox_due on outbox (next_at, id) where sent_at is null and given_up_at is null;
