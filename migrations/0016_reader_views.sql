-- The rule of who is named, once, and views that are planned quickly: every page asks them.

-- Whether readers are told whom a label names: what is said of the label, else of its briefing; whoever asks is named.
create function label_attribution(of_label text, role text, of_briefing text) returns text language sql immutable parallel safe
return coalesce(of_label, case when role in ('questioner', 'audience') then 'named' else of_briefing end);

create or replace view reader_label as
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
  cross join lateral (select label_attribution(l.attribution, l.role, b.attribution) as attribution) h;

create or replace view reader_speaker as
select s.id, s.slug, s.name, s.sort_name from speaker s
where exists (
    select from transcript_label l
      join transcript t on t.id = l.transcript_id and t.is_main
      join briefing b on b.id = t.briefing_id
    where l.speaker_id = s.id and b.status = 'published'
      and label_attribution(l.attribution, l.role, b.attribution) = 'named');
