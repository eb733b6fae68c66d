import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { databaseUrl, provisionDatabase } from "../system/databases.ts";
import { freePort } from "../system/ports.ts";
import { startPostgres } from "../system/postgres.ts";
import { definitions, type PartName } from "./parts.ts";
import { describeYear, isWell } from "./report.ts";
import { simulateYear, type YearOptions } from "./year.ts";

/*
 * npm run simulate -- [--schools N] [--signals M] [--seed S] [--pupils P] [--lead MINUTES] [--break outbox]: a year of a
 * made-up region, on a virtual clock, in a PostgreSQL of its own; `--lead` is ESCALATION_LEAD_MINUTES. Exit code 1 where
 * a signal is left over, lost or doubled.
 */

const { values } = parseArgs({
  options: {
    schools: { type: "string", default: "164" },
    signals: { type: "string", default: "400" },
    pupils: { type: "string", default: "250" },
    seed: { type: "string", default: "1" },
    lead: { type: "string", default: "60" },
    break: { type: "string" },
  },
});
const [schools, signals, pupils, lead] = [values.schools, values.signals, values.pupils, values.lead].map(Number);
if (
  !isCount(schools, 2, 60_000) ||
  !isCount(signals, 1, 1_000_000) ||
  !isCount(pupils, 1, 10_000) ||
  !isCount(lead, 0, 1440)
) {
  console.error("--schools takes 2 to 60000, --signals 1 to 1000000, --pupils 1 to 10000, --lead 0 to 1440");
  process.exit(2);
}
if (values.break !== undefined && values.break !== "outbox") {
  console.error("--break takes: outbox");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "handle-with-care-simulate-"));
// PostgreSQL runs as a user of its own, who must get through.
await chmod(folder, 0o711);
try {
  await using postgres = await startPostgres({
    directory: join(folder, "postgres"),
    port: await freePort(),
    password: password(),
    throwaway: true,
  });
  const databases: Partial<Record<PartName, YearOptions["databases"][PartName]>> = {};
  for (const [name, definition] of Object.entries(definitions) as [PartName, (typeof definitions)[PartName]][]) {
    const passwords = { owner: password(), registry: password(), app: password() };
    const urls = await provisionDatabase(postgres.url, definition, passwords);
    databases[name] = { ...urls, adminUrl: databaseUrl(postgres.url, name) };
  }
  const year = await simulateYear({
    schools,
    signals,
    pupils,
    seed: values.seed,
    lead,
    breakage: values.break,
    databases: databases as YearOptions["databases"],
    onStep: (text) => console.error(text),
  });
  console.log(describeYear(year, values.seed));
  process.exitCode = isWell(year) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function isCount(count: number | undefined, least: number, most: number): count is number {
  return count !== undefined && Number.isInteger(count) && count >= least && count <= most;
}

function password(): string {
  return randomBytes(12).toString("base64url");
}
