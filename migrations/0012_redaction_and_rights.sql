-- Words that are destroyed by order of law, and what readers may see of words and names that stay.

-- A redaction. Why, by whom and when it was ordered stands in the revision that it made, which the chain commits to;
-- what it covers stands as one hash in its entry of the audit log.
create table redaction (
    id bigint generated always as identity primary key,
    briefing_id bigint not null references briefing (id) on delete cascade,
    revision_id bigint references revision (id) on delete cascade deferrable initially deferred,
    -- Where the feed stood when it was made, so that an index knows when it must forget.
    position bigint not null,
    -- When the space that the words had taken in the tables was given back.
    swept_at timestamptz
);
create index redaction_briefing on redaction (briefing_id);
create index redaction_to_sweep on redaction (id) where swept_at is null;

-- What a redaction destroyed: words and salt are gone, the hash stays.
alter table utterance add column redaction_id bigint references redaction (id) deferrable initially deferred;
alter table utterance alter column salt drop not null;
alter table utterance add check ((salt is null) = (redaction_id is not null));
alter table utterance add check (redaction_id is null or (text = '' and marks is null and asked_by is null));
create index utterance_redaction on utterance (redaction_id) where redaction_id is not null;

alter table revision add column redaction_id bigint references redaction (id) deferrable initially deferred;
-- Of a revision whose own words are gone: what its hash holds of them.
alter table revision add column words_hash bytea check (octet_length(words_hash) = 32);
alter table revision alter column salt drop not null;
alter table revision add check ((salt is null) = (redaction_id is not null));
alter table revision add check ((words_hash is null) = (redaction_id is null));
alter table revision drop constraint revision_kind_check;
alter table revision add constraint revision_kind_check check (kind in
    ('imported', 'ours', 'issuer', 'speaker', 'metadata', 'withdrawn', 'republished', 'redacted'));

-- Of a revision: what its hash holds of who made it, why, and what it says of the briefing.
create function revision_words_hash(salt bytea, actor text, reason text, facts json)
returns bytea language sql stable parallel safe return
    sha256(salt || convert_to(
        octet_length(actor) || E'\n' || actor || octet_length(reason) || E'\n' || reason || facts::text, 'UTF8'));

alter table source add column redaction_id bigint references redaction (id) deferrable initially deferred;
alter table source add check (redaction_id is null or (bytes = '' and source_text = ''));

-- full: readers see every word. quotations: only what stands in quotation marks, in the sentence that has it.
alter table briefing add column rights text not null default 'full' check (rights in ('full', 'quotations'));
-- named: readers are told who speaks. background, not-for-attribution: only as what. A mark is on a whole briefing or on
-- a label of it, never on a turn: whoever is named beside unnamed turns of the same voice is found out.
alter table briefing add column attribution text not null default 'named'
    check (attribution in ('named', 'background', 'not-for-attribution'));
-- As what whoever is not named is shown, where the text prints no such label itself.
alter table briefing add column attributed_to text check (attributed_to <> '');
-- None: as the briefing.
alter table transcript_label add column attribution text
    check (attribution in ('named', 'background', 'not-for-attribution'));
alter table transcript_label add column attributed_to text check (attributed_to <> '');

-- Labels as readers may know them. Everything that readers reach reads this and not `transcript_label`.
create view reader_label as
select l.id, l.transcript_id, l.turns, l.origin, h.attribution,
       case when h.attribution = 'named' then l.label
            else coalesce(l.attributed_to, case when l.role is not null and l.speaker_id is null then l.label end,
                          b.attributed_to, 'OFFICIAL') end as label,
       case when h.attribution = 'named' then l.role else coalesce(l.role, 'official') end as role,
       case when h.attribution = 'named' then l.speaker_id end as speaker_id,
       case when h.attribution = 'named' then l.office end as office,
       case when h.attribution = 'named' then l.suggested_speaker_id end as suggested_speaker_id,
       case when h.attribution = 'named' then l.reason end as reason
from transcript_label l
  join transcript t on t.id = l.transcript_id
  join briefing b on b.id = t.briefing_id
  cross join lateral (
    select coalesce(l.attribution, case when l.role in ('questioner', 'audience') then 'named' else b.attribution end)
           as attribution) h;

-- Speakers whom readers may know: named for a turn of the main text of something published.
create view reader_speaker as
select s.id, s.slug, s.name, s.sort_name from speaker s
where exists (
    -- The table for its index, the view for its rule.
    select from transcript_label l join reader_label r on r.id = l.id and r.speaker_id is not null
      join transcript t on t.id = l.transcript_id and t.is_main join briefing b on b.id = t.briefing_id
    where l.speaker_id = s.id and b.status = 'published');
