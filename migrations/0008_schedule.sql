-- Drafts that are to be published at a set time, and who said so.
alter table briefing add column publish_at timestamptz;
alter table briefing add column scheduled_by bigint references account (id);
create index briefing_scheduled on briefing (publish_at) where status = 'draft' and publish_at is not null;
