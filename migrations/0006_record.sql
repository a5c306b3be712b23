-- The record: why each revision was made, and the hashes that make it a chain. What goes into them, byte by byte, is
-- written down at `domain::chain`, which recomputes what the functions here compute.

-- Of an utterance: SHA-256 over its salt and what it says. The same words keep salt and hash from revision to revision.
create function utterance_hash(salt bytea, number integer, kind text, label text, goes_on boolean, words text,
                               marks jsonb, asked_by jsonb, starts_at_ms bigint)
returns bytea language sql stable parallel safe return
    sha256(salt || convert_to(
        coalesce(number::text, '') || E'\n' || kind || E'\n' || goes_on::text || E'\n'
        || coalesce(starts_at_ms::text, '') || E'\n' || coalesce(marks::text, '') || E'\n'
        || coalesce(asked_by::text, '') || E'\n' || octet_length(coalesce(label, '')) || E'\n'
        || coalesce(label, '') || words, 'UTF8'));

-- Of a revision: SHA-256 over the hash before it, what it is, its salted words (who, why, and the facts of the
-- briefing), and the hashes of its utterances in order.
create function revision_hash(before bytea, number integer, kind text, created_at timestamptz, account_id bigint,
                              salt bytea, actor text, reason text, facts json, utterances bytea)
returns bytea language sql stable parallel safe return
    sha256(before || convert_to(
        number || E'\n' || kind || E'\n' || (extract(epoch from created_at) * 1000000)::bigint || E'\n'
        || coalesce(account_id::text, '') || E'\n', 'UTF8')
    || sha256(salt || convert_to(
        octet_length(actor) || E'\n' || actor || octet_length(reason) || E'\n' || reason || facts::text, 'UTF8'))
    || utterances);

-- What a revision says of its briefing beside the words: title, date, series and so on, and whom editors put behind
-- labels.
create function revision_facts(title text, date date, date_origin text, series_id integer, place text, language text,
                               speakers json)
returns json language sql stable return
    json_build_object('title', title, 'date', date, 'date_origin', date_origin,
                      'series', (select name from series where id = series_id), 'place', place, 'language', language,
                      'speakers', speakers);

-- A random UUID has 122 random bits: enough that nobody guesses words from their hash.
create function new_salt() returns bytea language sql volatile parallel safe return uuid_send(gen_random_uuid());

alter table utterance add column salt bytea check (octet_length(salt) = 16);
alter table utterance add column hash bytea check (octet_length(hash) = 32);
alter table revision add column kind text not null default 'imported' check (kind in
    ('imported', 'ours', 'issuer', 'speaker', 'metadata', 'withdrawn', 'republished'));
alter table revision alter column kind drop default;
-- Whose act it was; none: the machine or the command line.
alter table revision add column account_id bigint references account (id);
alter table revision add column facts json;
alter table revision add column salt bytea check (octet_length(salt) = 16);
alter table revision add column hash bytea check (octet_length(hash) = 32);

update utterance set salt = new_salt();
update utterance u
set hash = utterance_hash(u.salt, u.number, u.kind, (select l.label from transcript_label l where l.id = u.label_id),
                          u.goes_on, u.text, u.marks, u.asked_by, u.starts_at_ms);
update revision r
set salt = new_salt(),
    facts = (select revision_facts(b.title, b.date, b.date_origin, b.series_id, b.place, b.language, '{}'::json)
             from transcript t join briefing b on b.id = t.briefing_id where t.id = r.transcript_id);
-- Until now a transcript had one revision, so each is the first of its chain.
update revision r
set hash = revision_hash(
    (select s.sha256 from transcript t join source s on s.id = t.source_id where t.id = r.transcript_id),
    r.number, r.kind, r.created_at, r.account_id, r.salt, r.actor, r.reason, r.facts,
    (select coalesce(string_agg(u.hash, '' order by u.position), '') from utterance u where u.revision_id = r.id));

alter table utterance alter column salt set not null, alter column hash set not null;
alter table revision alter column facts set not null, alter column salt set not null, alter column hash set not null;
-- What readers are told of corrections, newest first.
create index revision_correction on revision (created_at desc, id desc) where kind <> 'imported';

-- The highest number ever given to an utterance of a briefing: none is given twice.
alter table briefing add column last_number integer not null default 0;
update briefing b
set last_number = coalesce((select max(u.number) from transcript t join revision r on r.transcript_id = t.id
                            join utterance u on u.revision_id = r.id where t.briefing_id = b.id), 0);

-- Numbers of turns that were joined to others: their addresses lead on.
create table number_redirect (
    briefing_id bigint not null references briefing (id) on delete cascade,
    number integer not null,
    leads_to integer not null,
    primary key (briefing_id, number)
);
