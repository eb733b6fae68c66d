-- On whose behalf the current transaction runs: the part sets app.claims, row-level security reads it.
create function care.claim(name text) returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.claims', true), '')::jsonb ->> name $$;

create function care.claim_list(name text) returns text[]
  language sql stable parallel safe
  as $$
    select coalesce(array_agg(item), '{}')
    from jsonb_array_elements_text(
      coalesce(nullif(current_setting('app.claims', true), '')::jsonb -> name, '[]')
    ) as item
  $$;

-- True for what the part does of its own accord (hops, timers), never for what a client asked.
create function care.is_system() returns boolean
  language sql stable parallel safe
  as $$ select coalesce(care.claim('party') = 'system', false) $$;
