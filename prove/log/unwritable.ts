import type { PartName } from "../../simulate/parts.ts";
import type { OneWorld } from "../worlds/one-world.ts";

/** How a log comes to be unwritable, and writable again. `$app` is the part's role. */
export interface Way {
  readonly name: string;
  readonly begin: string;
  readonly end: string;
}

export const ways: readonly Way[] = [
  {
    name: "the right is taken away",
    begin: "revoke insert on care.processing from $app",
    end: "grant insert on care.processing to $app",
  },
  {
    // What PostgreSQL says of a full disk, said by a trigger: that needs no disk of a certain size.
    name: "the disk is full",
    begin: `create function care.is_full() returns trigger language plpgsql
        as $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$;
      create trigger a_full before insert on care.processing for each row execute function care.is_full()`,
    end: "drop trigger a_full on care.processing; drop function care.is_full()",
  },
  {
    name: "the table is gone",
    begin: "alter table care.processing rename to processing_elsewhere",
    end: "alter table care.processing_elsewhere rename to processing",
  },
];

/** The safeguard broken: what is written is forgotten, and nothing is said. */
export const swallowing: Way = {
  name: "what is written is forgotten",
  begin: `create function care.forget_entry() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger a_forget before insert on care.processing for each row execute function care.forget_entry()`,
  end: "drop trigger a_forget on care.processing; drop function care.forget_entry()",
};

/** @returns what makes the log writable again */
export async function block(
  { databases }: OneWorld,
  part: PartName,
  { begin, end }: Way,
): Promise<() => Promise<void>> {
  const admin = databases.admin[part];
  await admin.query(begin.replaceAll("$app", `${part}_app`));
  return async () => {
    await admin.query(end.replaceAll("$app", `${part}_app`));
  };
}

/** All that a part has stored, as one digest; the queue left out, in which a job may wait to be tried again. */
export async function snapshot({ databases }: OneWorld, part: PartName): Promise<string> {
  const admin = databases.admin[part];
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('care', 'registry') order by 1`,
  );
  const digests: string[] = [];
  for (const { name } of tables) {
    const { rows } = await admin.query<{ digest: string }>(
      `select md5(coalesce(string_agg(item::text, ' ' order by item::text), '')) as digest from ${name} as item`,
    );
    digests.push(`${name} ${rows[0]?.digest}`);
  }
  return digests.join("\n");
}
