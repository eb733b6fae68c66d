import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import { freePort } from "../../system/ports.ts";
import { type RunningPostgres, startPostgres, stopPostgres } from "../../system/postgres.ts";
import { reachableFolder } from "../../system/postgres-binaries.ts";

describe("the embedded PostgreSQL", () => {
  let folder: string;
  const start = async (): Promise<RunningPostgres> =>
    startPostgres({
      directory: join(folder, "postgres"),
      port: await freePort(),
      password: "it’s @ secret/",
      throwaway: true,
    });
  const version = ({ url }: RunningPostgres): Promise<string> =>
    withClient(url, async (client) => (await client.query("show server_version")).rows[0].server_version);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "handle-with-care-postgres-"));
    // PostgreSQL runs as another user where we are root.
    await chmod(folder, 0o711);
  });
  afterEach(async () => {
    await stopPostgres(join(folder, "postgres"));
    await rm(folder, { recursive: true });
  });

  test("keeps what was written when it is stopped and started", async () => {
    {
      await using postgres = await start();
      expect(await version(postgres)).toMatch(/^18\./);
      await withClient(postgres.url, (client) => client.query("create table kept ()"));
    }
    await using again = await start();
    await withClient(again.url, (client) => client.query("select from kept"));
  });

  test("stops the server that a killed process left behind on the same files", async () => {
    const orphan = await start();
    await using successor = await start();
    await orphan.ended;
    expect(await version(successor)).toMatch(/^18\./);
  });

  test("makes the cluster anew when its making was cut short", async () => {
    await mkdir(join(folder, "postgres.making-1"));
    await writeFile(join(folder, "postgres.making-1", "PG_VERSION"), "18\n");
    await using postgres = await start();
    expect(await version(postgres)).toMatch(/^18\./);
    expect(await readdir(folder)).toEqual(["postgres"]);
  });

  test("leaves alone a process that has the number of the server of before a reboot", async () => {
    {
      await using _ = await start();
    }
    await writeFile(join(folder, "postgres", "postmaster.pid"), `${process.pid}\n`);
    await using postgres = await start();
    expect(await version(postgres)).toMatch(/^18\./);
  });

  test("runs where the folder is closed to others", async () => {
    await chmod(folder, 0o700);
    const place = await reachableFolder(join(folder, "postgres"));
    {
      await using postgres = await start();
      expect(await version(postgres)).toMatch(/^18\./);
    }
    if (!place.startsWith(folder)) await rm(dirname(place), { recursive: true });
  });

  test("does not let anybody in without the password", async () => {
    await using postgres = await start();
    const url = new URL(postgres.url);
    url.password = "another";
    await expect(withClient(url.href, async () => undefined)).rejects.toMatchObject({ code: "28P01" });
  });
});
