-- As in 0003, on the part's clock: what is to be sent on is due at the moment at which it was written. Where that clock
-- is ahead of the database's, it is due now: the queue would else let it lie until then.
create or replace function care.enqueue_hop() returns trigger
  language plpgsql security definer set search_path = pg_catalog
  as $$
    begin
      perform graphile_worker.add_job(
        'hop', json_build_object('id', new.id), job_key := 'hop:' || new.id, run_at := least(care.now(), now()));
      return null;
    end
  $$;
