-- Whether the router was told that a delivery was seen: for as long as it may come back, the router then keeps the child.
alter table care.delivery add column seen boolean not null default false;
-- The owner is held by row-level security, too.
select set_config('app.claims', '{"party":"system"}', true);
update care.delivery set seen = true from care.signal where signal.id = delivery.signal_id and signal.seen_at is not null;
