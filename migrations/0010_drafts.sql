-- Drafts that editors complete where they stand, labels settled for a whole series, and what an editor has checked.

-- How often editors have saved what a draft is beside its words, when last and who: two at once see each other by it.
alter table briefing add column saves integer not null default 0;
alter table briefing add column saved_at timestamptz;
alter table briefing add column saved_by bigint references account (id);

-- An editor has looked at what readers see; none: it was read and published by machine alone.
alter table briefing add column checked_at timestamptz;
alter table briefing add column checked_by bigint references account (id);
create index briefing_unchecked on briefing (published_at desc, id desc) where status = 'published' and checked_at is null;

-- What the machine was in doubt about and an editor has looked at: it is right as it stands.
create table doubt_settled (
    briefing_id bigint not null references briefing (id) on delete cascade,
    -- The code of a finding; `embargo`: a line that restricts publication.
    code text not null check (code <> ''),
    account_id bigint references account (id),
    settled_at timestamptz not null,
    primary key (briefing_id, code)
);

-- Whom a label stands for in a series from some day on, on the word of an editor. One that was taken back stays, so that
-- it is on record who said what and when.
create table series_label (
    id bigint generated always as identity primary key,
    series_id integer not null references series (id) on delete cascade,
    label text not null check (label <> ''),
    from_date date not null,
    -- Neither: nobody who is known.
    role text check (role in ('questioner', 'moderator', 'official', 'staff', 'audience')),
    speaker_id bigint references speaker (id) on delete cascade,
    account_id bigint references account (id),
    created_at timestamptz not null,
    taken_back_by bigint references account (id),
    taken_back_at timestamptz,
    check (role is null or speaker_id is null)
);
create unique index series_label_in_force on series_label (series_id, label, from_date) where taken_back_at is null;

-- The decision for the series that an editor's word about a label follows from; none: it was said of this transcript.
alter table transcript_label add column series_label_id bigint references series_label (id) on delete set null;
create index transcript_label_series on transcript_label (series_label_id) where series_label_id is not null;

-- What the machine cannot say for certain of whoever speaks, and no editor has said. `unknown`: nobody is known;
-- `perhaps`: somebody is suggested; `doubtful`: somebody is linked with a low score; `new`: somebody has become a
-- person by nothing but the label itself, which no office and no other text supports.
create view label_in_doubt as
select l.id as label_id, l.transcript_id, l.label, coalesce(s.name, g.name) as name, l.score, l.reason,
       case when l.speaker_id is null and l.suggested_speaker_id is null then 'unknown'
            when l.speaker_id is null then 'perhaps'
            when l.score < 0.8::real then 'doubtful'
            else 'new' end as why
from transcript_label l left join speaker s on s.id = l.speaker_id left join speaker g on g.id = l.suggested_speaker_id
where l.origin = 'machine' and l.role is null and l.turns > 0
  and (l.speaker_id is null or l.score < 0.8::real or l.score >= 0.99::real and l.office is null and not exists (
          select from transcript_label o join transcript t on t.id = o.transcript_id join briefing b on b.id = t.briefing_id
          where o.speaker_id = l.speaker_id
            and (o.origin = 'editor' or o.office is not null or o.label <> l.label or b.status <> 'draft')));
