import { exec } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parts } from "../../system/parts.ts";
import { personas as demoPersonas } from "../../system/personas.ts";
import { stopPostgres } from "../../system/postgres.ts";
import type { SystemFile } from "../../system/system-file.ts";
import { StartedSystem } from "./started-system.ts";

/** The tests of this file follow one system through its life, in their order. */
describe("npm start", () => {
  let folder: string;
  let system: StartedSystem;
  const systemFile = async () => JSON.parse(await readFile(join(folder, "system.json"), "utf8")) as SystemFile;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "handle-with-care-start-"));
    // PostgreSQL runs as another user where we are root.
    await chmod(folder, 0o711);
    system = new StartedSystem(folder);
    await system.ready();
  }, 120_000);

  afterAll(async () => {
    await system.end("SIGKILL");
    await stopPostgres(join(folder, "postgres"));
    await rm(folder, { recursive: true, force: true });
  });

  test("says in system.json where everything is, and gives each persona a token", async () => {
    const { gateway, issuer, subgraphs, personas, example } = await systemFile();
    expect(gateway.http).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(gateway.ws).toBe(gateway.http.replace("http:", "ws:"));
    expect(issuer).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Object.keys(subgraphs)).toEqual(parts.map(({ name }) => name));
    expect(personas.map(({ name }) => name)).toEqual(demoPersonas.map(({ name }) => name));
    expect(personas.find(({ name }) => name === "school-contact")).toMatchObject({
      party: "school",
      schools: ["99AA00"],
      token: expect.any(String),
    });
    expect(Object.keys(example)).toEqual(["bsn", "name", "birthDate"]);
  });

  test("keeps keys and tokens from the other users of the machine", async () => {
    for (const name of ["secrets.json", "system.json", "databases.json", "postgres.log"]) {
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    }
  });

  test("prints for each persona a line that can be pasted and works", async () => {
    const lines = system.output.split("\n").filter((line) => line.startsWith("  curl "));
    expect(lines).toHaveLength(demoPersonas.length);
    for (const line of lines) {
      const { stdout } = await promisify(exec)(line.trim());
      const { data, errors } = JSON.parse(stdout) as { data: Record<string, unknown>; errors?: unknown };
      expect(errors).toBeUndefined();
      expect(Object.values(data)).not.toContain(null);
    }
  });

  test("says that it runs already when it is started a second time, and leaves the first alone", async () => {
    await using second = new StartedSystem(folder);
    expect(await second.end()).toBe(1);
    expect(second.output).toContain("The system runs already");
    const { gateway } = await systemFile();
    expect((await fetch(gateway.http.replace("/graphql", "/ready"))).status).toBe(200);
  });

  test("recovers by itself from a kill -9, and takes up what is there", async () => {
    const before = await systemFile();
    await system.end("SIGKILL");
    system = new StartedSystem(folder);
    await system.ready();
    expect(system.output).not.toContain("Setting up the databases");
    expect(system.output).not.toContain("Importing the demo files");
    const after = await systemFile();
    const token = before.personas.find(({ name }) => name === "school-contact")?.token;
    const response = await fetch(after.gateway.http, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ signals(first: 1) { edges { node { status } } } }" }),
    });
    // The lines that were pasted above reported an incident: its signal is still there, and the old token is good.
    if (after.issuer === before.issuer) {
      expect(await response.json()).toEqual({ data: { signals: { edges: [{ node: { status: "RAISED" } }] } } });
    }
  }, 60_000);

  test("stops on Ctrl-C with everything that it started", async () => {
    const { gateway } = await systemFile();
    expect(await system.end("SIGINT")).toBe(0);
    await expect(fetch(gateway.http)).rejects.toThrow("fetch failed");
    await expect(stat(join(folder, "system.json"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(stat(join(folder, "postgres", "postmaster.pid"))).rejects.toMatchObject({ code: "ENOENT" });
  }, 30_000);
});
