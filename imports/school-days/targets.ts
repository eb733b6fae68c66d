import type { ClientBase } from "pg";
import type { MergeCounts } from "../outcome.ts";
import type { SchoolDayEntry, SchoolDayTable } from "./row.ts";

interface Target {
  readonly table: SchoolDayTable;
  /** What the rows are called in the outcome. */
  readonly name: string;
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** SQL for whose row it is, as an entry's `owner` says it. */
  readonly owner: string;
}

const site = ["school_id", "text"] as const;
const run = [
  ["first_day", "date"],
  ["last_day", "date"],
] as const;

const TARGETS: readonly Target[] = [
  {
    table: "region_holiday",
    name: "holidays",
    columns: [["region", "text"], ...run],
    // School years run from 1 August.
    owner: "held.region || ' ' || extract(year from held.first_day - interval '7 months')::int",
  },
  { table: "school_region", name: "regions", columns: [site, ["region", "text"]], owner: "held.school_id" },
  {
    table: "school_own_days",
    name: "days",
    columns: [site, ...run, ["is_school", "boolean"]],
    owner: "held.school_id",
  },
  {
    table: "school_hours",
    name: "hours",
    columns: [site, ["weekday", "smallint"], ["first_bell", "time"], ["end_of_day", "time"]],
    owner: "held.school_id",
  },
  {
    table: "contact_hours",
    name: "contact hours",
    columns: [site, ["always", "boolean"]],
    owner: "held.school_id || ' contacts'",
  },
];

/** Puts the entries in the place of what their owners had; other owners keep theirs. */
export async function replaceSchoolDays(
  client: ClientBase,
  entries: readonly SchoolDayEntry[],
): Promise<Record<string, MergeCounts>> {
  const owners = [...new Set(entries.map(({ owner }) => owner))];
  const counts: Record<string, MergeCounts> = {};
  for (const target of TARGETS) {
    // A part without schools has no tables for theirs, and nothing to put in them.
    if (target.table !== "region_holiday" && entries.every(({ table }) => table === "region_holiday")) continue;
    const wanted = entries.filter(({ table }) => table === target.table).map(({ values }) => values);
    counts[target.name] = await replace(client, target, owners, wanted);
  }
  return counts;
}

async function replace(
  client: ClientBase,
  { table, columns, owner }: Target,
  owners: readonly string[],
  wanted: readonly SchoolDayEntry["values"][],
): Promise<MergeCounts> {
  const names = columns.map(([name]) => name).join(", ");
  const held = columns.map(([name]) => `held.${name}`).join(", ");
  const list = `select ${names} from jsonb_to_recordset($1) as wanted (${columns.map((pair) => pair.join(" ")).join(", ")})`;
  const rows = JSON.stringify(wanted);
  const ended = await client.query(
    `delete from care.${table} as held where ${owner} = any ($2) and (${held}) not in (${list})`,
    [rows, owners],
  );
  const added = await client.query(`insert into care.${table} (${names}) ${list} on conflict do nothing`, [rows]);
  const [gone, came] = [ended.rowCount ?? 0, added.rowCount ?? 0];
  return { added: came, changed: 0, reopened: 0, ended: gone, unchanged: wanted.length - came };
}
