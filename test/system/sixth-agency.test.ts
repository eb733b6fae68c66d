import { randomUUID } from "node:crypto";
import { access, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { lexicographicSortSchema, parse, printSchema } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { readContractDefinitions } from "../../gateway/contracts/definition.ts";
import type { DatabaseDefinition } from "../../plumbing/migrations.ts";
import type { Subgraph } from "../../plumbing/subgraph.ts";
import { buildSubgraph } from "../../plumbing/subgraph-schema.ts";
import type { AgencyContext } from "../../subgraphs/agency/context.ts";
import type { AgencySettings } from "../../subgraphs/agency/settings.ts";
import { composeSupergraph } from "../../system/composition.ts";
import { parts } from "../../system/parts.ts";
import { root } from "../../system/root.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../subgraph.ts";

/*
 * The measure of the design: who follows docs/add-an-agency.md has another agency, and has changed nothing else. The new
 * one is made of the files that the guide lists, after those of `crisis`, in a folder of its own; of the rest of the
 * project it sees what an agency is, and the plumbing.
 */

/** As the guide asks: lower-case letters alone. */
const party = "outpost";
const model = "crisis";

let project: string;
let agency: Subgraph<AgencyContext, AgencySettings>;
let database: DatabaseDefinition;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "sixth-agency-"));
  await mkdir(join(project, "subgraphs"));
  for (const path of ["subgraphs/agency", "plumbing", "node_modules"])
    await symlink(join(root, path), join(project, path));
  for (const file of await listedFiles()) {
    const text = await readFile(join(root, "subgraphs", model, file), "utf8");
    const path = join(project, "subgraphs", party, renamed(file));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, renamed(text));
  }
  agency = (await import(join(project, "subgraphs", party, "part.ts")))[`${party}Subgraph`];
  database = (await import(join(project, "subgraphs", party, "database.ts")))[`${party}Database`];
});

afterAll(async () => {
  await rm(project, { recursive: true, force: true });
});

/** The files of the new folder, as the guide's first table lists them: each row may name several. */
async function listedFiles(): Promise<string[]> {
  const guide = await readFile(join(root, "docs/add-an-agency.md"), "utf8");
  const [, section = ""] = guide.split(/^## /m);
  const cells = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+\.\w+)`/g)].map(([, file = ""]) => file));
}

function renamed(text: string): string {
  return text.replaceAll(model, party).replaceAll(capital(model), capital(party));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

describe("another agency, made by the guide,", () => {
  test("is set up in files that are all there", async () => {
    const guide = await readFile(join(root, "docs/add-an-agency.md"), "utf8");
    const [, , settings = ""] = guide.split(/^## /m);
    const cells = [...settings.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell = ""]) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path));
    expect(named.length).toBeGreaterThan(5);
    await expect(Promise.all(named.map((path) => access(join(root, path))))).resolves.toBeDefined();
  });

  test("composes with the others: it is served what the police are, and the parts one more mutation", async () => {
    const schemas = await Promise.all(
      parts.map(async ({ name, load }) => [name, (await buildSubgraph((await load()).schema)).sdl] as const),
    );
    const own = (await buildSubgraph(agency.schema)).sdl;
    const supergraph = parse(composeSupergraph(new Map([...schemas, [party, own]])));
    const definitions = JSON.parse(await readFile(join(root, "schema/contracts.json"), "utf8"));
    definitions[party] = { tags: [party, "agency"], graphs: [party, "leerplicht"] };
    definitions.service.graphs.push(party);
    const contracts = new Map(
      [...readContractDefinitions(JSON.stringify(definitions))].map(([name, definition]) => [
        name,
        `${printSchema(lexicographicSortSchema(deriveContract(name, supergraph, definition).schema))}\n`,
      ]),
    );
    const published = (name: string) => readFile(join(root, "schema/contracts", `${name}.graphql`), "utf8");
    expect(contracts.get(party)).toBe(await published("police"));
    contracts.delete(party);
    for (const [name, contract] of contracts) {
      const door = `  record${capital(party)}Progress(input: RecordProgressInput!): HopReceipt!\n`;
      const described = new RegExp(`  """\\n[^"]*"""\\n  record${capital(party)}Progress\\(.*\\n\\n?`);
      expect(contract.includes(door)).toBe(name === "service");
      expect(contract.replace(described, "")).toBe(await published(name));
    }
  });

  test("starts, takes in a report, sends it on, and learns how far it is", async () => {
    await using running = await startTestSubgraph(agency, database);
    const { id } = await reported(running);
    const hop = await running.hops.next(({ document }) => document.includes("submitSignal"));
    expect(hop).toMatchObject({ id, child: { bsn: "999990019" } });
    const { data } = await running.ask(
      { party: "service", organisation: "leerplicht" },
      `mutation ($input: RecordProgressInput!) { record${capital(party)}Progress(input: $input) { accepted } }`,
      { input: { id, progress: "SEEN" } },
    );
    expect(data).toEqual({ [`record${capital(party)}Progress`]: { accepted: true } });
    expect(await running.identities()).toEqual([]);
  });
});

/** Reports an incident, as a unit of the stand-in registry. @returns the signal. */
async function reported(running: TestSubgraph): Promise<Json> {
  const unit = { party, organisation: "00000099000000011000", scope: "incidents:report signals:read" };
  const input = {
    idempotencyKey: randomUUID(),
    occurredAt: new Date().toISOString(),
    category: "DOMESTIC_VIOLENCE",
    children: [{ bsn: "999990019" }],
  };
  const { data, errors } = await running.ask(
    unit,
    `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
      ... on IncidentReported { signals { id } } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data.reportIncident.signals[0];
}
