import { beforeAll, describe, expect, test } from "@jest/globals";
import { type GraphQLField, Kind, parse } from "graphql";
import { service } from "../../plumbing/access.ts";
import { buildSubgraph, type SubgraphSchema } from "../../plumbing/subgraph-schema.ts";
import { tagsOf } from "../../prove/access/reading.ts";
import { parts } from "../../system/parts.ts";

const all = parts.map(({ name }) => name);
/** Another agency's part, of which no other part has heard. */
const stranger = "outpost";
const agencies = all.filter((name) => name !== "leerplicht" && name !== "school");

/** Which parts may make use of which door of a part. */
const doors: Readonly<Record<string, readonly string[]>> = {
  "leerplicht heartbeat": [...all, stranger],
  "leerplicht submitSignal": [...agencies, stranger],
  "leerplicht withdrawSubmission": [...agencies, stranger],
  "leerplicht reportProgress": ["school"],
  "leerplicht reportAppearance": ["school"],
  "leerplicht reportContactGap": ["school"],
  "leerplicht findSchool": ["shelter"],
  "leerplicht endSearch": ["shelter"],
  "leerplicht reportTalk": ["shelter"],
  "school deliverSignal": ["leerplicht"],
  "school withdrawDelivery": ["leerplicht"],
  "school openCircle": ["leerplicht"],
  "school closeCircle": ["leerplicht"],
  "school remindContacts": ["shelter"],
  "shelter recordSchool": ["leerplicht"],
  "shelter raiseAbsence": ["leerplicht"],
  ...Object.fromEntries(agencies.map((name) => [`${name} ${progressDoor(name)}`, ["leerplicht"]])),
};

function progressDoor(agency: string): string {
  return `record${agency.charAt(0).toUpperCase()}${agency.slice(1)}Progress`;
}

type Door = GraphQLField<unknown, unknown>;
let found: ReadonlyMap<string, Door>;

beforeAll(async () => {
  const loaded = await Promise.all(
    parts.map(async ({ name, load }) => doorsOf(name, await buildSubgraph((await load()).schema))),
  );
  found = new Map(loaded.flat());
});

function doorsOf(part: string, { schema, sdl }: SubgraphSchema): [string, Door][] {
  return parse(sdl).definitions.flatMap((root) => {
    if (root.kind !== Kind.OBJECT_TYPE_DEFINITION || !["Query", "Mutation"].includes(root.name.value)) return [];
    const names = (root.fields ?? []).filter((field) => tagsOf(field).includes(service)).map(({ name }) => name.value);
    const fields = schema[root.name.value === "Query" ? "getQueryType" : "getMutationType"]()?.getFields() ?? {};
    return names.map((name): [string, Door] => [`${part} ${name}`, fields[name] as Door]);
  });
}

/** Whether a door lets a part in; what goes wrong behind it, where no database is, is no refusal. */
async function letsIn(door: string, organisation: string | undefined): Promise<boolean> {
  const claims = {
    sub: "somebody",
    party: service,
    scope: [],
    ...(organisation === undefined ? {} : { organisation }),
  };
  try {
    await found.get(door)?.resolve?.({}, { input: {} }, { claims }, { fieldName: door } as never);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== "FORBIDDEN";
  }
}

describe("what one part tells another", () => {
  test("is told at these doors", () => {
    expect([...found.keys()].sort()).toEqual(Object.keys(doors).sort());
  });

  test.each(Object.entries(doors))("%s is for %j, and refuses every other part", async (door, expected) => {
    const admitted: string[] = [];
    for (const part of [...all, stranger]) if (await letsIn(door, part)) admitted.push(part);
    expect(admitted.sort()).toEqual([...expected].sort());
    if (door !== "leerplicht heartbeat") expect(await letsIn(door, undefined)).toBe(false);
  });
});
