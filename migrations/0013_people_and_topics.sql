-- What editors say of people, kept apart from what the machine says, and laid over it.

-- Whom the machine, or an editor for this transcript, named for a label, and the office held then: before merges,
-- splits and what editors say of offices. `speaker_id` and `office` are what comes of it.
alter table transcript_label add column named_id bigint references speaker (id);
alter table transcript_label add column named_office text;
-- The last merge or split when an editor named somebody for this transcript: only later ones bear on that.
alter table transcript_label add column named_after bigint not null default 0;
update transcript_label set named_id = speaker_id, named_office = office;
create index transcript_label_named on transcript_label (named_id) where named_id is not null;

-- The machine's own name and address for somebody; none for whom editors brought in. Where editors named nobody
-- otherwise, they are the ones shown.
alter table speaker add column machine_name text;
alter table speaker add column machine_slug text;
update speaker set machine_name = name, machine_slug = slug;
alter table speaker add column named_by_editor boolean not null default false;
-- Item of Wikidata.
alter table speaker add column wikidata text check (wikidata ~ '^Q[1-9][0-9]{0,11}$');
-- Who they are, where a merge is in force; follows from `speaker_act`.
alter table speaker add column merged_into bigint references speaker (id) on delete set null;
create index speaker_merged_into on speaker (merged_into) where merged_into is not null;
-- A split is in force: their offices are those of the turns that they have. Follows from `speaker_act`.
alter table speaker add column divided boolean not null default false;

alter table speaker_name add column origin text not null default 'machine' check (origin in ('machine', 'editor'));
alter table speaker_name drop constraint speaker_name_pkey, add primary key (speaker_id, name, origin);

-- Names and offices of the machine that an editor says are not theirs.
create table speaker_denied (
    speaker_id bigint not null references speaker (id) on delete cascade,
    what text not null check (what in ('name', 'office')),
    text text not null,
    primary key (speaker_id, what, text)
);

-- Merges and splits. Those that are not taken back are applied one after the other to whoever is named for a label.
create table speaker_act (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('merge', 'split')),
    from_id bigint not null references speaker (id) on delete cascade,
    to_id bigint not null references speaker (id) on delete cascade,
    -- Of a split without a list: labels of briefings of this series, from and to these days, also those to come.
    series_id integer references series (id) on delete cascade,
    from_date date,
    to_date date,
    -- The split is of the labels in its list.
    listed boolean not null default false,
    account_id bigint references account (id),
    created_at timestamptz not null,
    undone_by bigint references account (id),
    undone_at timestamptz,
    check (from_id <> to_id),
    check (kind = 'split' or (series_id is null and from_date is null and to_date is null and not listed)),
    check (kind = 'merge' or listed or num_nonnulls(series_id, from_date, to_date) > 0)
);
create index speaker_act_from on speaker_act (from_id);
create index speaker_act_to on speaker_act (to_id);
create table speaker_act_label (
    act_id bigint not null references speaker_act (id) on delete cascade,
    label_id bigint not null references transcript_label (id) on delete cascade,
    primary key (act_id, label_id)
);
create index speaker_act_label_label on speaker_act_label (label_id);

-- An editor may know of several terms of one office.
alter table office drop constraint office_pkey;
alter table office add column id bigint generated always as identity primary key;
create unique index office_machine on office (speaker_id, title) where origin = 'machine';
create index office_speaker on office (speaker_id);

-- Topics that editors look after, beside those of the gazetteer that is compiled in.

-- Its name in the gazetteer; none for an editor's own topic.
alter table topic add column gazetteer_slug text unique;
update topic set gazetteer_slug = slug;
alter table topic add column named_by_editor boolean not null default false;
alter table topic add column removed_at timestamptz;

-- Addresses that a topic had before; they redirect.
create table topic_slug (
    slug text primary key,
    topic_id integer not null references topic (id) on delete cascade
);

-- Words and phrases of editors that point to a topic.
create table topic_term (
    topic_id integer not null references topic (id) on delete cascade,
    language text not null check (language in ('en', 'es')),
    text text not null check (text <> ''),
    -- Words none of which may stand in the same passage.
    unless text[] not null default '{}',
    primary key (topic_id, language, text)
);

-- Terms of the gazetteer that editors have switched off.
create table topic_term_off (
    topic_id integer not null references topic (id) on delete cascade,
    language text not null check (language in ('en', 'es')),
    text text not null,
    primary key (topic_id, language, text)
);

-- How often editors have changed terms, and with which of those a briefing was tagged. What is behind is tagged anew.
alter table feed add column terms_version bigint not null default 0;
alter table briefing add column terms_version bigint not null default 0;
create index briefing_terms_version on briefing (terms_version, id);
