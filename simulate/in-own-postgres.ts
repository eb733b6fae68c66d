import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseUrl, provisionDatabase } from "../system/databases.ts";
import { freePort } from "../system/ports.ts";
import { startPostgres } from "../system/postgres.ts";
import { definitions, type PartName } from "./parts.ts";
import { simulateYear, type YearOptions, type YearReport } from "./year.ts";

/** A year in a PostgreSQL of its own, which is gone afterwards: that nothing is lost in a power cut is `faults`' to show. */
export async function simulateInOwnPostgres(options: Omit<YearOptions, "databases">): Promise<YearReport> {
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-simulate-"));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(folder, 0o711);
  try {
    await using postgres = await startPostgres({
      directory: join(folder, "postgres"),
      port: await freePort(),
      password: password(),
      throwaway: true,
      sharedBuffers: "256MB",
    });
    const databases: Partial<Record<PartName, YearOptions["databases"][PartName]>> = {};
    for (const [name, definition] of Object.entries(definitions) as [PartName, (typeof definitions)[PartName]][]) {
      const passwords = { owner: password(), registry: password(), app: password() };
      const urls = await provisionDatabase(postgres.url, definition, passwords);
      databases[name] = { ...urls, adminUrl: databaseUrl(postgres.url, name) };
    }
    return await simulateYear({ ...options, databases: databases as YearOptions["databases"] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function password(): string {
  return randomBytes(12).toString("base64url");
}
