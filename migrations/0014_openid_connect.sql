-- Programs that ask again get the answer of the first time; editors may come in through a provider of OpenID Connect.

-- Answers that were given to programs. A row without an answer is of a request under way, and seen by nobody else.
create table answer (
    account_id bigint not null references account (id) on delete cascade,
    -- Chosen by the program.
    key text not null check (key <> ''),
    created_at timestamptz not null,
    -- SHA-256 over what was asked: the same key with something else is a mistake.
    asked_sha256 bytea check (octet_length(asked_sha256) = 32),
    status smallint,
    -- Ids, addresses and numbers, never anybody's text: what a redaction destroys must not be in here.
    body json,
    primary key (account_id, key)
);
create index answer_created on answer (created_at);

-- Keys of uploads are kept with all others now.
alter table batch drop column idempotency_key;

-- Whose account somebody at a provider has: bound at the first sign-in through it, by a verified address.
create table identity (
    issuer text not null,
    -- Who it is there, for ever.
    subject text not null,
    account_id bigint not null references account (id) on delete cascade,
    created_at timestamptz not null,
    primary key (issuer, subject),
    unique (account_id, issuer)
);

-- Sign-ins through a provider that are under way: each is good for one return of the browser that began it.
create table sign_in_begun (
    state_sha256 bytea primary key check (octet_length(state_sha256) = 32),
    browser_sha256 bytea not null check (octet_length(browser_sha256) = 32),
    nonce text not null,
    -- Of PKCE (RFC 7636).
    verifier text not null,
    -- Where to go on.
    next text not null,
    expires_at timestamptz not null
);
create index sign_in_begun_expires on sign_in_begun (expires_at);
