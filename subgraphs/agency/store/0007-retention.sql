-- Receipts go once a repeat of their report could take no effect any more (store/retention.ts).
create index receipt_by_age on care.receipt (received_at);
grant delete on care.receipt to :app;
-- By the part itself, on nobody's behalf.
create policy delete_as_system on care.receipt as restrictive for delete using ((select care.is_system()));
