import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import { type Database, systemClaims } from "./database.ts";

/** One entry of the processing log, as it is stored. */
export interface ProcessingEntry {
  readonly position: string;
  readonly at: Date;
  readonly activity: string;
  readonly actor: string;
  readonly party: string;
  readonly organisation: string | null;
  readonly subject: string | null;
  readonly object: string | null;
  readonly trace: string | null;
  /** Hexadecimal, as is `hash`. */
  readonly previous: string;
  readonly hash: string;
  /** The moment in seconds since 1970, with all its decimals: what the hash is over. */
  readonly seconds: string;
}

/** The end of a chain. Kept elsewhere, it shows whether the chain was cut short, or made anew. */
export interface ChainHead {
  readonly position: string;
  readonly hash: string;
}

/** What is wrong with a chain. */
export type ChainProblem =
  | { readonly kind: "changed"; readonly position: string }
  | { readonly kind: "not linked to the one before"; readonly position: string }
  | { readonly kind: "the head that was kept is not in it"; readonly position: string };

export interface ChainReport {
  readonly entries: number;
  /** Undefined where the log is empty. */
  readonly head: ChainHead | undefined;
  readonly problems: readonly ChainProblem[];
}

/** What the first entry of a chain is linked to. */
const beginning = createHash("sha256").update("care.processing").digest("hex");

const pageSize = 5_000;

/**
 * Checks the whole processing log of a part. The hashes are worked out here and not in the database, whose functions
 * belong to whoever may have changed its rows.
 * @param kept a head that an earlier check found, from where nobody could change it.
 */
export async function verifyChain(database: Database, kept?: ChainHead): Promise<ChainReport> {
  const problems: ChainProblem[] = [];
  let entries = 0;
  let head: ChainHead | undefined;
  let keptIsIn = kept === undefined;
  for await (const entry of readProcessing(database)) {
    const { position, hash } = entry;
    if (hash !== hashOf(entry)) problems.push({ kind: "changed", position });
    if (entry.previous !== (head?.hash ?? beginning)) problems.push({ kind: "not linked to the one before", position });
    if (kept !== undefined && position === kept.position && hash === kept.hash) keptIsIn = true;
    head = { position, hash };
    entries += 1;
  }
  if (kept !== undefined && !keptIsIn) {
    problems.push({ kind: "the head that was kept is not in it", position: kept.position });
  }
  return { entries, head, problems };
}

/** Reads a processing log in its order. @param subject only what is about this person. */
export async function* readProcessing(database: Database, subject?: string): AsyncGenerator<ProcessingEntry> {
  let after = "-1";
  for (;;) {
    const page = await database.transaction(systemClaims, (rows) => readPage(rows, after, subject));
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.position;
  }
}

function readPage(rows: EntityManager, after: string, subject: string | undefined): Promise<ProcessingEntry[]> {
  return rows.query<ProcessingEntry[]>(
    `select position, at, activity, actor, party, organisation, subject, object, trace,
            encode(previous, 'hex') as previous, encode(hash, 'hex') as hash, extract(epoch from at)::text as seconds
     from care.processing
     where position > $1 and ($2::text is null or subject = $2)
     order by position limit ${pageSize}`,
    [after, subject ?? null],
  );
}

/** The hash that `care.processing_hash` gives an entry (sql/0005-processing-log.sql). */
function hashOf(entry: ProcessingEntry): string {
  const { position, seconds, activity, actor, party, organisation, subject, object, trace } = entry;
  const texts = [activity, actor, party, organisation, subject, object, trace].map((text) => JSON.stringify(text));
  return createHash("sha256")
    .update(Buffer.from(entry.previous, "hex"))
    .update(`[${[position, seconds, ...texts].join(", ")}]`)
    .digest("hex");
}
