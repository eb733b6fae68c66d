import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openDatabase } from "../../plumbing/database.ts";
import { runJobs } from "../../plumbing/jobs.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { policeDatabase } from "../../subgraphs/police/database.ts";
import { type DatabaseUrls, provisionDatabase, withClient } from "../../system/databases.ts";
import { freePort } from "../../system/ports.ts";
import { type RunningPostgres, startPostgres } from "../../system/postgres.ts";
import { makeAuthority } from "../certificates.ts";
import { until } from "../until.ts";

/* All three ways in which a part connects to PostgreSQL speak TLS where DATABASE_URL says so. */

const password = () => randomBytes(12).toString("base64url");

let folder: string;
let postgres: RunningPostgres;
let urls: DatabaseUrls;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "postgres-tls-"));
  await chmod(folder, 0o711);
  const [authority, stranger] = [await makeAuthority(), await makeAuthority()];
  await writeFile(join(folder, "ca.pem"), authority.ca);
  await writeFile(join(folder, "stranger.pem"), stranger.ca);
  const directory = join(folder, "postgres");
  const tls = await authority.issue();
  postgres = await startPostgres({ directory, port: await freePort(), password: password(), throwaway: true, tls });
  const passwords = { owner: password(), registry: password(), app: password() };
  urls = await provisionDatabase(postgres.url, policeDatabase, passwords);
});
afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const over = (authority: string) =>
  `${urls.appUrl}?sslmode=verify-full&sslrootcert=${encodeURIComponent(join(folder, `${authority}.pem`))}`;

test("a part's own connections, its listening one and its queue's are encrypted, every one of them", async () => {
  const log = openLog("test", "silent");
  const url = over("ca");
  await using database = await openDatabase(url, []);
  await using listener = new Listener(url, log);
  await using _ = await runJobs({ url, listener, log, tasks: {} });
  expect(await database.answers()).toBe(true);
  await until("the connections", async () => {
    const { rows } = await withClient(postgres.url, (admin) =>
      admin.query<{ ssl: boolean; query: string }>(
        "select ssl, query from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'police_app'",
      ),
    );
    expect(rows.every(({ ssl }) => ssl)).toBe(true);
    // The one that listens, one of the part and one of the queue at least.
    return rows.length >= 3;
  });
});

test("a server that another authority has signed for is not spoken to", async () => {
  await expect(openDatabase(over("stranger"), [])).rejects.toThrow("certificate");
});
