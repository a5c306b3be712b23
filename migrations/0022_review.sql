-- What the machine suggests and no editor has decided, in the order of its scores; what editors decided, and when; and up
-- to where later words were looked for that keep promises.

create index exchange_waits on exchange (score, id) where origin = 'machine' and label is not null;
create index claim_waits on claim (score, id) where origin = 'machine';

create index exchange_decided on exchange (decided_by, decided_at) where decided_at is not null;
create index claim_decided on claim (decided_by, decided_at) where decided_at is not null;
create index follow_up_decided on follow_up (decided_by, decided_at) where decided_at is not null;
create index follow_up_resolution_decided on follow_up_resolution (decided_by, decided_at) where decided_at is not null;

-- The position of the feed up to which changes were looked through, and by which version promises were read then.
alter table feed add column resolutions_position bigint not null default 0;
alter table feed add column resolutions_version integer not null default 0;
