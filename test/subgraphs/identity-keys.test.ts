import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Config } from "../../plumbing/config.ts";
import { readIdentityKeys } from "../../plumbing/identities/keys.ts";
import { ensureKeyFile } from "../../system/identity-key-file.ts";
import { root } from "../../system/root.ts";
import { pseudonymKey } from "../keys.ts";
import type { Json } from "../subgraph.ts";
import { children, type OfficeUnderTest, officer, startOffice } from "./leerplicht/office-under-test.ts";

let folder: string;
let file: string;
let office: OfficeUnderTest;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "identity-keys-"));
  file = join(folder, "keys");
  await ensureKeyFile(file);
  office = await startOffice({ IDENTITY_KEYS_FILE: file });
});
afterEach(async () => {
  await office[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs `npm run identity-keys` for the part, beside it. */
async function identityKeys(command: string): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: office.part.database.appUrl,
    PSEUDONYM_KEY: pseudonymKey,
    IDENTITY_KEYS_FILE: file,
  };
  const words = [join(root, "system/bootstrap.mjs"), "identity-keys", command, "leerplicht"];
  return (await promisify(execFile)(process.execPath, words, { cwd: root, env })).stdout;
}

const keyNames = () => [...readIdentityKeys(new Config({ IDENTITY_KEYS_FILE: file })).keys()];

test("a part starts with no key that is missing, or another by the same name, and what it keeps stays as it is", async () => {
  const id = await office.submitted(children.unknown);
  const before = await office.query("select * from care.submission");
  const [name = ""] = keyNames();
  const other = join(folder, "other");
  await writeFile(other, `other=${Buffer.alloc(32, 3).toString("base64")}`);
  await expect(office.part.replica({ IDENTITY_KEYS_FILE: other })).rejects.toMatchObject({
    code: "CONFIG_ERROR",
    message: `IDENTITY_KEYS lacks the key ${name}, by which identities in this database are encrypted`,
  });
  await writeFile(other, `${name}=${Buffer.alloc(32, 3).toString("base64")}`);
  await expect(office.part.replica({ IDENTITY_KEYS_FILE: other })).rejects.toMatchObject({
    code: "CONFIG_ERROR",
    message: expect.stringContaining(`The key ${name} in IDENTITY_KEYS is another`),
  });
  await writeFile(other, "");
  await expect(office.part.replica({ IDENTITY_KEYS_FILE: other })).rejects.toMatchObject({ code: "CONFIG_ERROR" });
  expect(await office.query("select * from care.submission")).toEqual(before);
  expect(await office.taskOf(id)).toMatchObject({
    reason: "NO_MATCH",
    child: { birthDate: children.unknown.birthDate },
  });
});

test("what was moved to another row is told by a code, stays, and takes no other with it", async () => {
  const [one, other, untouched] = [
    await office.submitted(children.unknown),
    await office.submitted(children.unknown),
    await office.submitted(children.unknown),
  ];
  await office.query(
    `update care.submission set sought = (select sought from care.submission where id = $2) where id = $1`,
    [one, other],
  );
  const read = () =>
    office.part.ask(officer, "{ routingTasks { edges { node { child { birthDate } candidates { id } } } } }");
  const { data } = await read();
  const shown = data.routingTasks.edges.map(({ node }: Json) => node.child.birthDate);
  const { birthDate } = children.unknown;
  expect(shown.sort()).toEqual([birthDate, birthDate, null]);
  expect(await office.query("select from care.submission where sought is null")).toEqual([]);
  expect(await office.taskOf(untouched)).toMatchObject({ child: { birthDate: children.unknown.birthDate } });
  // Nor does it keep an officer from ending its task; the processing log then has the task alone.
  const { id: taskId } = await office.taskOf(one);
  const ended = await office.gesture("closeRoutingTask", { taskId, outcome: "NOT_FOUND" });
  expect(ended.__typename).toBe("TaskEnded");
  expect(await office.query("select activity, subject from care.processing where object = $1", [taskId])).toEqual([
    { activity: "task.close", subject: null },
  ]);
});

test("a new key encrypts from when it is in the file, and rotation while signals come and go loses none", async () => {
  const seen = new Set<string>();
  let isOver = false;
  const waiting: string[] = [];
  const gone: string[] = [];
  const traffic = async (): Promise<void> => {
    while (!isOver) {
      const id = await office.submitted(children.unknown);
      if (Math.random() < 0.5) waiting.push(id);
      else {
        await office.withdraw(id);
        gone.push(id);
      }
    }
  };
  const running = [traffic(), traffic()];
  try {
    for (let round = 0; round < 3; round += 1) {
      const output = (await identityKeys("add")) + (await identityKeys("rotate"));
      expect(output).toMatch(/[1-9][0-9]* encrypted anew/);
      expect(output).not.toMatch(/=|CANNOT/);
      for (const name of keyNames()) seen.add(name);
    }
  } finally {
    isOver = true;
    await Promise.all(running);
  }
  await identityKeys("rotate");
  expect(seen.size).toBe(4);
  const used =
    await office.query(`select distinct split_part(sought, '.', 1) as key from care.submission where sought is not null
    union select distinct split_part(encrypted, '.', 1) from care.outbox where encrypted is not null`);
  expect(used).toEqual([{ key: keyNames()[0] }]);
  const kept = (await office.part.identities()).filter(({ table }) => table === "submission");
  expect(kept.map(({ row }) => row).sort()).toEqual(waiting.sort());
  expect(kept.filter(({ content }) => !content.includes(children.unknown.familyName))).toEqual([]);
  expect(waiting.length * gone.length).toBeGreaterThan(0);
  // The old ones can go now: the part starts without.
  const [newest = ""] = (await readFile(file, "utf8")).split(",");
  await writeFile(file, newest);
  await office.part.replica();
}, 120_000);
