-- Until people have been resolved with its evidence among the rest, nothing can be said of a transcript's labels: not
-- whom they stand for, and not that nobody is known.

alter table transcript add column resolved boolean not null default false;
update transcript set resolved = true;
create index transcript_unresolved on transcript (id) where not resolved;

create or replace view label_in_doubt as
select l.id as label_id, l.transcript_id, l.label, coalesce(s.name, g.name) as name, l.score, l.reason,
       case when l.speaker_id is null and l.suggested_speaker_id is null then 'unknown'
            when l.speaker_id is null then 'perhaps'
            when l.score < 0.8::real then 'doubtful'
            else 'new' end as why
from transcript_label l join transcript own on own.id = l.transcript_id
  left join speaker s on s.id = l.speaker_id left join speaker g on g.id = l.suggested_speaker_id
where own.resolved and l.origin = 'machine' and l.role is null and l.turns > 0
  and (l.speaker_id is null or l.score < 0.8::real or l.score >= 0.99::real and l.office is null and not exists (
          select from transcript_label o join transcript t on t.id = o.transcript_id join briefing b on b.id = t.briefing_id
          where o.speaker_id = l.speaker_id
            and (o.origin = 'editor' or o.office is not null or o.label <> l.label or b.status <> 'draft')));
