-- Events, and what is left of what was sent on, go once they are of no use (plumbing/retention.ts).
alter table care.event add column recorded_at timestamptz not null default care.now();
create index event_by_age on care.event (recorded_at);
create policy pruned_by_the_part on care.event for delete using ((select care.is_system()));
create index outbox_acknowledged on care.outbox (acknowledged_at) where acknowledged_at is not null;
grant delete on care.event, care.outbox to :app;
