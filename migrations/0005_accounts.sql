-- Who may edit, how they come in, and what was done: accounts, sessions, links, tokens, the audit log.

create table account (
    id bigint generated always as identity primary key,
    -- Lower-case; what people sign in with.
    email text not null unique check (email = lower(email) and email like '_%@_%'),
    role text not null check (role in ('editor', 'admin')),
    -- Argon2id in PHC form; none before an invitation is accepted.
    password_hash text,
    created_at timestamptz not null,
    disabled_at timestamptz
);

-- Sessions and links of before belong to nobody: whoever was signed in signs in again.
drop table session;
create table session (
    token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
    account_id bigint not null references account (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index session_account on session (account_id);

-- Links that can be used once, to choose the account's password. Without an account: whoever uses it makes the first
-- account, an admin's.
drop table one_time_link;
create table one_time_link (
    token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
    account_id bigint references account (id) on delete cascade,
    expires_at timestamptz not null
);

-- Bearer tokens of programs.
create table api_token (
    id bigint generated always as identity primary key,
    account_id bigint not null references account (id) on delete cascade,
    -- What it is for, in the words of whoever made it.
    name text not null check (name <> ''),
    token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
    -- read: drafts too; upload: also bring in drafts; edit: also publish, correct, withdraw.
    scope text not null check (scope in ('read', 'upload', 'edit')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_at timestamptz
);

-- Attempts to sign in that have not succeeded: counted for each address, and for each account and address together,
-- never for an account alone, so that nobody locks an owner out.
create table sign_in_failure (
    -- As it was tried, of an account or not; empty if it could be of none.
    email text not null,
    -- Of IPv6 the network.
    address text not null,
    at timestamptz not null
);
create index sign_in_failure_by on sign_in_failure (address, email, at);
create index sign_in_failure_at on sign_in_failure (at);

-- What was done, by whom, in order. References only, never words: a redaction must not have to touch it.
create table audit_entry (
    -- Gapless, from 1.
    id bigint primary key,
    -- Position of the feed when it was done.
    position bigint not null,
    at timestamptz not null,
    -- Who did it; none: the machine itself or the command line.
    account_id bigint references account (id),
    act text not null check (act <> ''),
    -- What it was done to: ids and fixed words. `json`, not `jsonb`: its very text is hashed.
    refs json not null,
    -- SHA-256 over the hash before it and this entry; see `store::audit`.
    hash bytea not null check (octet_length(hash) = 32)
);
create index audit_entry_account on audit_entry (account_id, id);

alter table feed add column audit_length bigint not null default 0;
alter table feed add column audit_head bytea not null default sha256('onrecord audit');
