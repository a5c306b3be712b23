-- What the lists of questions are narrowed by, and how far questions asked again have been looked for.

create index utterance_topics on utterance using gin (topic_ids);
create index utterance_asked_by on utterance (id) where asked_by is not null;

-- The position of the feed at which threads of questions were found last, and of which questions.
alter table feed add column threads_position bigint not null default 0;
alter table feed add column threads_of bigint not null default 0;

-- A reader may say that an answer label is wrong.
alter table problem drop constraint problem_kind_check;
alter table problem add constraint problem_kind_check
    check (kind in ('words', 'speaker', 'facts', 'answer-label', 'other'));
