import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { LogboekRecord } from "../../system/processing-logs/record.ts";
import { root } from "../../system/root.ts";
import { pseudonymKey } from "../keys.ts";
import { children, type OfficeUnderTest, officer, startOffice } from "./leerplicht/office-under-test.ts";

const { givenName, familyName, birthDate } = children.unknown;
const somebody = { name: { givenName, familyName }, birthDate };
const organisation = officer.organisation ?? "";

let office: OfficeUnderTest;
let task: string;
beforeAll(async () => {
  office = await startOffice();
  const id = await office.submitted(children.unknown);
  await office.submitted(children.namesakes);
  task = (await office.taskOf(id)).id;
  // That is the end of it at the office: nothing names the child there any more.
  await office.gesture("closeRoutingTask", { taskId: task, outcome: "NOT_FOUND" });
  expect(await office.query("select from care.submission where id = $1 and sought is not null", [id])).toEqual([]);
});
afterAll(async () => {
  await office[Symbol.asyncDispose]();
});

interface Ended {
  readonly code: number;
  readonly records: readonly LogboekRecord[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run processing-log` for the part, beside it. */
async function processingLog(words: readonly string[], input = ""): Promise<Ended> {
  const command = [join(root, "system/bootstrap.mjs"), "processing-log", ...words];
  const env = {
    PATH: process.env["PATH"],
    DATABASE_URL: office.part.database.appUrl,
    PSEUDONYM_KEY: pseudonymKey,
    ORGANISATION: organisation,
  };
  const run = spawn(process.execPath, command, { cwd: root, env });
  run.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, "close")]);
  const lines = code === 0 && words[0] !== "verify" ? stdout.split("\n").filter((line) => line !== "") : [];
  return { code, stdout, stderr, records: lines.map((line) => JSON.parse(line)) };
}

const access = (person: unknown, ...more: string[]) =>
  processingLog(["access", "leerplicht", "--by", "j.visser", ...more], JSON.stringify(person));

const entries = async () =>
  (await office.query<{ count: number }>("select count(*)::int as count from care.processing"))[0]?.count;

describe("a parent's question is answered", () => {
  test("from the log, after all else about the child is gone, and brings nothing back", async () => {
    const before = await office.query("select * from care.submission order by id");
    const { records } = await access(somebody);
    expect(records.map(({ name }) => name)).toEqual(["signal.submit", "task.read", "task.close", "log.access"]);
    expect(new Set(records.map(({ attributes }) => attributes["dpl.core.data_subject_id"])).size).toBe(1);
    expect(records.slice(1, 3)).toMatchObject(
      [task, task].map((object) => ({
        attributes: {
          "dpl.handle_with_care.actor": "visser",
          "dpl.handle_with_care.party": "leerplicht",
          "dpl.handle_with_care.organisation": organisation,
          "dpl.handle_with_care.object": object,
        },
      })),
    );
    expect(await office.query("select * from care.submission order by id")).toEqual(before);
  });

  test("and the answer stands in the log itself, with who gave it", async () => {
    await access(somebody);
    const [last] = await office.query(
      "select activity, actor, organisation, trace is not null as traced from care.processing order by position desc limit 1",
    );
    expect(last).toEqual({ activity: "log.access", actor: "j.visser", organisation, traced: true });
    const { stdout, code } = await processingLog(["verify", "leerplicht"]);
    expect(stdout).toMatch(/^leerplicht: \d+ entries, whole$/m);
    expect(code).toBe(0);
  });

  test("of somebody whom no part knows, with that alone", async () => {
    const { records } = await access({ bsn: "999990007" });
    expect(records.map(({ name }) => name)).toEqual(["log.access"]);
  });

  test("by each way in which a part may know the child", async () => {
    const { records } = await access({ bsn: "999990007", ...somebody });
    expect(records.map(({ name }) => name)).toEqual(expect.arrayContaining(["signal.submit", "log.access"]));
    expect(new Set(records.map(({ attributes }) => attributes["dpl.core.data_subject_id"])).size).toBe(2);
  });

  test("with nothing that names a child, whichever way it is asked", async () => {
    const answers = [await access(somebody), await access({ bsn: "999990007" }), await access({ bsn: "999990008" })];
    for (const { stdout, stderr } of answers) {
      expect(stdout + stderr).not.toMatch(/99999|Niemand|Onbekend|2017-01-01/);
    }
  });

  test("not while that cannot be written", async () => {
    await office.query("alter table care.processing add constraint full_up check (false) not valid");
    try {
      expect(await access(somebody)).toMatchObject({ code: 2, stdout: "" });
    } finally {
      await office.query("alter table care.processing drop constraint full_up");
    }
  });
});

describe("a record has the fields of Logboek Dataverwerkingen", () => {
  const register = "https://example.org/register#";

  test("and no others, in all that is exported", async () => {
    const { records } = await processingLog(["export", "leerplicht", "--by", "j.visser", "--register", register]);
    expect(records).toHaveLength((await entries()) ?? 0);
    expect(records.at(-1)).toMatchObject({
      name: "log.export",
      attributes: { "dpl.core.processing_activity_id": `${register}leerplicht.log.export` },
    });
    expect(new Set(records.map(({ span_id: span }) => span)).size).toBe(records.length);
    for (const { attributes, ...record } of records) {
      expect(record).toEqual({
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
        status_code: "STATUS_CODE_OK",
        name: expect.stringMatching(/^\w+\.\w+$/),
        start_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        end_time: record.start_time,
        resource: { attributes: { "service.name": "leerplicht" } },
      });
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining(["dpl.core.processing_activity_id"]));
      for (const name of Object.keys(attributes)) expect(name).toMatch(/^dpl\.(core|handle_with_care)\.\w+$/);
    }
  });
});

describe("nonsense is refused, is not repeated, and leaves no entry", () => {
  test.each([
    ["a BSN that fails the eleven-proof", ["access", "--by", "j.visser"], '{"bsn":"133456785"}', "The BSN is none"],
    ["a number for a BSN", ["access", "--by", "j.visser"], '{"bsn":999990007}', "The BSN is none"],
    ["a name without a birth date", ["access", "--by", "j.visser"], '{"name":{"familyName":"Onbekend"}}', "Give the"],
    [
      "a day that there is not",
      ["access", "--by", "j.visser"],
      '{"name":{"familyName":"Onbekend"},"birthDate":"2017-02-31"}',
      "Give the",
    ],
    [
      "a name that is a text",
      ["access", "--by", "j.visser"],
      '{"name":"Onbekend","birthDate":"2017-01-01"}',
      "Give the",
    ],
    ["nobody", ["access", "--by", "j.visser"], "{}", "Give the person"],
    ["nothing", ["access", "--by", "j.visser"], "", "Give the person"],
    ["what is not JSON", ["access", "--by", "j.visser"], "Niemand Onbekend", "Give the person"],
    ["null", ["access", "--by", "j.visser"], "null", "Give the person"],
    ["nobody who asks", ["access"], '{"bsn":"999990007"}', "Say who reads"],
    ["a blank who asks", ["access", "--by", " "], '{"bsn":"999990007"}', "Say who reads"],
    ["nobody who exports", ["export"], "", "Say who reads"],
    ["a person on the command line", ["access", "--by", "j.visser", "999990007"], "", "The parts are"],
    ["an option that there is not", ["access", "--bsn", "999990007"], "", "The options are"],
    [
      "a register that is no URI",
      ["export", "--by", "j.visser", "--register", "a register"],
      "",
      "--register is no URI",
    ],
    ["no command", ["999990007"], "", "Say which"],
  ])("%s", async (_, words, input, said) => {
    const before = await entries();
    const { code, stdout, stderr } = await processingLog(
      [...words.slice(0, 1), "leerplicht", ...words.slice(1)],
      input,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^${said}`, "m"));
    expect(stderr).not.toMatch(/9999|13345|Onbekend|2017/);
    expect(await entries()).toBe(before);
  });
});
