import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../system/root.ts";
import type { Random } from "../random.ts";
import type { OneWorld } from "../worlds/one-world.ts";

/** What was verified, and where the log ended, as it is kept elsewhere. */
export interface Verified {
  readonly whole: boolean;
  /** The file's text. */
  readonly kept: string | undefined;
}

const part = "school";

/** Runs `npm run processing-log -- verify`, as an operator would. */
export async function verifies({ databases }: OneWorld, before: Verified | undefined): Promise<Verified> {
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-heads-"));
  const file = join(folder, "heads.json");
  try {
    if (before?.kept !== undefined) await writeFile(file, before.kept);
    const command = [join(root, "dist/system/processing-log.js"), "verify", part, "--heads", file];
    const env = { DATABASE_URL: databases.urls[part].appUrl, PSEUDONYM_KEY: "none" };
    const whole = await promisify(execFile)(process.execPath, command, { env }).then(
      () => true,
      (error: { code?: number; stderr?: string }) => {
        if (error.code !== 1) throw new Error(`The log could not be verified: ${error.stderr}`);
        return false;
      },
    );
    return { whole, kept: await readFile(file, "utf8").catch(() => undefined) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What somebody who owns the database does to its log. `$entry` and `$other` are positions, `$column` a text. */
export const tamperings = [
  [
    "an entry whose text was changed",
    "update care.processing set $column = coalesce($column, '') || '.' where position = $entry",
  ],
  ["an entry whose moment was moved", "update care.processing set at = at + interval '1 us' where position = $entry"],
  [
    "a bit of a hash",
    "update care.processing set hash = set_bit(hash, $bit, 1 - get_bit(hash, $bit)) where position = $entry",
  ],
  [
    "a bit of a link",
    "update care.processing set previous = set_bit(previous, $bit, 1 - get_bit(previous, $bit)) where position = $entry",
  ],
  ["an entry that was taken out", "delete from care.processing where position = $entry"],
  [
    "two entries that changed places",
    `update care.processing set position = case position when $entry then -$other else -$entry end where position in ($entry, $other);
     update care.processing set position = -position where position < 0`,
  ],
  ["the end cut off", "delete from care.processing where position >= $entry"],
  ["all of it gone", "truncate care.processing"],
  [
    "an entry changed, and all after it chained anew",
    `do $$ declare entry care.processing; link bytea; begin
       update care.processing set actor = 'nobody' where position = $entry;
       select hash into link from care.processing where position < $entry order by position desc limit 1;
       for entry in select * from care.processing where position >= $entry order by position loop
         entry.previous := coalesce(link, entry.previous);
         link := care.processing_hash(entry);
         update care.processing set previous = entry.previous, hash = link where position = entry.position;
       end loop;
     end $$`,
  ],
] as const;

const columns = ["activity", "actor", "party", "organisation", "subject", "trace"];

/** Changes the log. @returns what was done, for a failure to name */
export async function anyTampering({ databases }: OneWorld, random: Random, [what, sql]: (typeof tamperings)[number]) {
  const admin = databases.admin[part];
  const { rows } = await admin.query<{ position: string }>("select position from care.processing order by position");
  const [entry, other] = random.shuffle(rows.map(({ position }) => position));
  const column = random.pick(columns);
  const text = sql
    .replaceAll("$entry", entry ?? "0")
    .replaceAll("$other", other ?? "0")
    .replaceAll("$column", column)
    .replaceAll("$bit", String(random.below(256)));
  await admin.query(text);
  return `${what} (${column}, entry ${entry} of ${rows.length})`;
}

/** Keeps the log as it is, to be put back. */
export async function setAside({ databases }: OneWorld): Promise<void> {
  await databases.admin[part].query("create table public.kept as table care.processing");
}

export async function restore({ databases }: OneWorld): Promise<void> {
  await databases.admin[part].query(`
    set session_replication_role = replica;
    truncate care.processing;
    insert into care.processing select * from public.kept;
    reset session_replication_role`);
}
