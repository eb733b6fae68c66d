import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { runImportCommand } from "../../imports/command.ts";
import { ENROLMENT_COLUMNS } from "../../imports/enrolments/row.ts";
import { Config } from "../../plumbing/config.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { edexml, pupil } from "./edexml-text.ts";
import { openRegistry, type TestRegistry } from "./registry.ts";

let registry: TestRegistry;
let folder: string;

beforeAll(async () => {
  registry = await openRegistry(schoolDatabase);
  folder = await mkdtemp(join(tmpdir(), "command-test-"));
});

afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function fileOf(text: string): Promise<string> {
  const path = join(folder, "school.xml");
  await writeFile(path, text);
  return path;
}

async function run(
  words: readonly string[],
  environment: Record<string, string> = { REGISTRY_DATABASE_URL: registry.url },
) {
  const written = { output: "", errors: "" };
  const code = await runImportCommand(words, {
    config: new Config(environment),
    output: { write: (text) => (written.output += text) },
    errors: { write: (text) => (written.errors += text) },
    today: "2026-11-23",
  });
  return { code, ...written };
}

describe("the import command", () => {
  test("ends with 0 when all rows are in, and says how many", async () => {
    const { code, output, errors } = await run(["edexml", await fileOf(edexml({ pupils: pupil("p1") }))]);
    expect([code, errors]).toEqual([0, ""]);
    expect(output).toMatch(/^Imported 99XA00\n {2}pupils: +1 new, 0 changed, 0 reopened, 0 ended, 0 unchanged\n/);
  });

  test("ends with 1 when rows were left out, and names their lines and reasons but no value", async () => {
    const bad = pupil("p2", { achternaam: "Geheim", bsn: "133456785" });
    const { code, output, errors } = await run(["edexml", await fileOf(edexml({ pupils: `${pupil("p1")}\n${bad}` }))]);
    expect(code).toBe(1);
    expect(output).toMatch(/Left out 1 row\n {2}line \d+: BSN_INVALID\n$/);
    expect(output + errors).not.toMatch(/133456785|Geheim/);
  });

  test.each<[string, string]>([
    ["is missing", "none.xml"],
    ["is a directory", "."],
  ])("ends with 2 and one line when the file %s", async (_what, name) => {
    const { code, output, errors } = await run(["edexml", join(folder, name)]);
    expect([code, output]).toEqual([2, ""]);
    expect(errors).toMatch(/^Nothing was changed: .+ \((NOT_FOUND|DIRECTORY)\)\n$/);
  });

  test.each<[string, string, string]>([
    ["is empty", "", "EMPTY"],
    ["is no XML", "Noor van der Linden", "NOT_XML"],
    ["has another root", "<html></html>", "WRONG_ROOT"],
    ["is cut off", edexml().slice(0, -10), "INCOMPLETE"],
  ])("ends with 2 and one line when the file %s", async (_what, text, reason) => {
    const { code, output, errors } = await run(["edexml", await fileOf(text)]);
    expect([code, output]).toEqual([2, ""]);
    expect(errors).toMatch(new RegExp(`^Nothing was changed: .+ \\(${reason}\\)\n$`));
    expect(errors).not.toContain("Noor");
  });

  test.each<[string, Record<string, string>]>([
    ["is not named", {}],
    ["cannot be reached", { REGISTRY_DATABASE_URL: "postgres://geheim:geheim@127.0.0.1:1/x" }],
  ])("ends with 2 and one line when the database %s", async (_what, environment) => {
    const { code, errors } = await run(["edexml", await fileOf(edexml())], environment);
    expect(code).toBe(2);
    expect(errors).toMatch(/^Nothing was changed: [^\n]+\n$/);
    expect(errors).not.toContain("geheim");
  });

  test("ends with 2 and a code when the database does not have the registry", async () => {
    const { code, errors } = await run(["enrolments", await fileOf(`${ENROLMENT_COLUMNS.join(";")}\n`)]);
    expect([code, errors]).toEqual([2, expect.stringMatching(/^Nothing was changed: [^\n]+ \(42P01\)\n$/)]);
  });

  test.each([[[]], [["edexml"]], [["magister", "x"]], [["edexml", "a", "b"]], [["edexml", "a", "--force"]]])(
    "explains itself and ends with 2 when it is given %j",
    async (words) => {
      const { code, errors } = await run(words);
      expect([code, errors]).toEqual([2, expect.stringMatching(/^Usage: npm run import/)]);
    },
  );

  test("explains itself when asked to", async () => {
    expect(await run(["--help"])).toMatchObject({ code: 0, errors: "", output: expect.stringContaining("Usage") });
  });
});
