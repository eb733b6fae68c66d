import type { ClientBase, Pool } from "pg";
import { systemClaims } from "../../plumbing/database.ts";
import { readCsv } from "../csv/reader.ts";
import { inMergeTransaction, withImportSession } from "../merging/session.ts";
import type { ImportOptions } from "../options.ts";
import { type ImportOutcome, RefusedRows } from "../outcome.ts";
import { followProgress } from "../progress.ts";
import { decodeText, type ImportSource } from "../source.ts";
import { readSchoolDays, SCHOOL_DAY_COLUMNS, type SchoolDayEntry } from "./row.ts";
import { replaceSchoolDays } from "./targets.ts";

interface LocatedEntry extends SchoolDayEntry {
  readonly line: number;
}

/**
 * Brings in school days: the holidays of regions, and the regions, days and hours of schools. For each region's school
 * year and each site that the file has, its rows replace those that were there; all others stay as they are. A refused
 * row keeps its site, or all school years of its region, as they were. Into a part that has no schools go the holidays
 * only, by which it tells deadlines.
 *
 * @param pool connects as the role that the part runs as: school days are ours, not the registry's
 * @throws ImportRefused for a file that is refused as a whole
 */
export async function importSchoolDays(
  pool: Pool,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const refused = new RefusedRows();
  const entries: LocatedEntry[] = [];
  const keys = new Set<string>();
  /** Sites and regions that stay as they were. */
  const kept = new Set<string | undefined>();
  const progress = followProgress(source, options.onProgress);
  for await (const row of readCsv(decodeText(source.bytes, progress.bytes), SCHOOL_DAY_COLUMNS)) {
    progress.row();
    const read = readSchoolDays(row);
    const repeated = typeof read !== "string" && read.some(({ key }) => keys.size === keys.add(key).size);
    if (typeof read === "string" || repeated) {
      refused.add(row.line, typeof read === "string" ? read : "KEY_TWICE");
      kept.add(row.text("site") ?? row.text("region"));
    } else entries.push(...read.map((entry) => ({ ...entry, line: row.line })));
  }
  progress.end();
  const counts = await withImportSession(pool, (client) =>
    inMergeTransaction(client, "school days", async () => {
      await client.query("select set_config('app.claims', $1, true)", [JSON.stringify(systemClaims)]);
      const ofPart = (await hasSchools(client)) ? entries : entries.filter(isHoliday);
      for (const entry of await strangers(client, ofPart)) {
        refused.add(entry.line, "SITE_UNKNOWN");
        kept.add(keeperOf(entry));
      }
      return replaceSchoolDays(
        client,
        ofPart.filter((entry) => !kept.has(keeperOf(entry))),
      );
    }),
  );
  return {
    subject: `school days of ${options.today}`,
    counts,
    refused: refused.count,
    refusedRows: refused.inOrder(),
    endingsWithheld: [],
  };
}

/** What a bad row elsewhere in the file keeps an entry from: its site, or its region in whatever school year. */
function keeperOf({ owner }: Pick<SchoolDayEntry, "owner">): string {
  return owner.split(" ")[0] ?? owner;
}

async function hasSchools(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ has: boolean }>("select to_regclass('care.school_region') is not null as has");
  return rows[0]?.has ?? false;
}

function isHoliday({ table }: SchoolDayEntry): boolean {
  return table === "region_holiday";
}

/** The rows of sites that the school registry does not know, one for each line. */
async function strangers(client: ClientBase, entries: readonly LocatedEntry[]): Promise<LocatedEntry[]> {
  const ofSites = entries.filter((entry) => !isHoliday(entry));
  if (ofSites.length === 0) return [];
  const { rows } = await client.query<{ site: string }>(
    "select brincode || dependancecode as site from registry.school",
  );
  const known = new Set(rows.map(({ site }) => site));
  const unknown = ofSites.filter((entry) => !known.has(keeperOf(entry)));
  return [...new Map(unknown.map((entry) => [entry.line, entry])).values()];
}
