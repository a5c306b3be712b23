-- What editors know of days on which the archive holds no briefing of a series. A mark that is taken back stays, so that
-- it is on record who said what and when.
create table series_day (
    id bigint generated always as identity primary key,
    series_id integer not null references series (id) on delete cascade,
    day date not null,
    -- none: no briefing took place; missing: one took place, and the archive lacks it.
    state text not null check (state in ('none', 'missing')),
    note text,
    actor text not null,
    created_at timestamptz not null,
    taken_back_by text,
    taken_back_at timestamptz,
    check (note <> ''),
    -- Who says that something is missing says how they know.
    check (state = 'none' or note is not null),
    check ((taken_back_by is null) = (taken_back_at is null))
);
create unique index series_day_in_force on series_day (series_id, day) where taken_back_at is null;
