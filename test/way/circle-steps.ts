import { readFile } from "node:fs/promises";
import { expect } from "@jest/globals";
import { withClient } from "../../system/databases.ts";
import type { Json } from "../subgraph.ts";
import { until } from "../until.ts";
import {
  circles,
  endGuidance,
  guidance,
  inWeeks,
  recordConsent,
  shelterFamily,
  startGuidance,
  supporter,
} from "./circle-family.ts";
import { startWay, type WaySystem } from "./way-system.ts";

/** What is done and seen of support circles in the whole system. */
export interface CircleSteps extends AsyncDisposable {
  readonly way: WaySystem;
  /** The children of the demo files, by what is known of them. */
  readonly cast: Json;
  asShelter(query: string, variables: Record<string, unknown>): Promise<Json>;
  /** Begins the guidance of a family with these children; the first of them is the first. */
  guided(...children: Json[]): Promise<Json>;
  /** The parent consents for the first child. */
  consented(begun: Json, change?: Json): Promise<Json>;
  circlesAtSchool(): Promise<Json[]>;
  /** The first child's school as the supporter sees it, once it is the one. */
  schoolOf(begun: Json, isTheOne: (school: Json) => boolean): Promise<Json>;
  end(begun: Json): Promise<void>;
  /** What stands in a part's table, as the superuser, whom row-level security does not hold. */
  rowsOf(part: string, sql: string, values?: unknown[]): Promise<Json[]>;
  /** Resolves once neither Leerplicht nor the school nor an outbox has anything left that names a child of a circle. */
  forgottenEverywhere(): Promise<void>;
  /** The officer's task about a child of this name, once there is one. */
  taskOf(name: string): Promise<Json>;
}

export async function startCircleSteps(): Promise<CircleSteps> {
  const [way, cast] = await Promise.all([
    startWay(),
    readFile(new URL("../../demo/cast.json", import.meta.url), "utf8").then((text) => JSON.parse(text)),
  ]);
  const answer = async (persona: string, query: string, variables: Record<string, unknown> = {}): Promise<Json> => {
    const { data, errors } = await way.ask(persona, query, variables);
    expect(errors).toBeUndefined();
    return Object.values(data)[0];
  };
  const steps: CircleSteps = {
    way,
    cast,
    asShelter: (query, variables) => answer("shelter-worker", query, variables),
    async guided(...children) {
      const { family, parent } = await shelterFamily(way, children);
      const { guidance: begun } = await steps.asShelter(startGuidance, { input: { familyId: family, supporter } });
      const isFirst = (child: Json) => child.name.startsWith(children[0].name.givenName);
      return { ...begun, children: begun.children.toSorted((a: Json) => (isFirst(a) ? -1 : 1)), parent };
    },
    consented({ id, parent, children }, change = {}) {
      const input = { guidanceId: id, childId: children[0].id, parentId: parent, validUntil: inWeeks(8), ...change };
      return steps.asShelter(recordConsent, { input });
    },
    circlesAtSchool: () => answer("school-contact", circles),
    schoolOf: ({ id, children }, isTheOne) =>
      until("a school", async () => {
        const now = await steps.asShelter(guidance, { id });
        const { school } = now.children.find((child: Json) => child.id === children[0].id);
        // None may be the one.
        return isTheOne(school) ? { school } : undefined;
      }).then(({ school }) => school),
    async end({ id }) {
      expect((await steps.asShelter(endGuidance, { id })).__typename).toBe("GuidanceEnded");
    },
    rowsOf: (part, sql, values = []) =>
      withClient(way.databases.get(part)?.adminUrl ?? "", async (admin) => (await admin.query(sql, values)).rows),
    async forgottenEverywhere() {
      const left = async (part: string, sql: string) => (await steps.rowsOf(part, sql)).length;
      await until("everybody to forget", async () => {
        const counts = await Promise.all([
          left("leerplicht", "select from care.circle_search where sought is not null or school_id is not null"),
          left("school", "select from care.circle_pupil where pupil is not null"),
          left("shelter", "select from care.outbox where acknowledged_at is null"),
          left("leerplicht", "select from care.outbox where acknowledged_at is null"),
        ]);
        return counts.every((count) => count === 0);
      });
    },
    async taskOf(name) {
      const tasks = `{ routingTasks(reason: [CIRCLE_SCHOOL_UNKNOWN]) { edges { node {
        id reason closedAt dueBy child { name } candidates { id school { id name } } } } } }`;
      return until("a task", async () => {
        const { edges } = await answer("leerplicht-officer", tasks);
        return edges.find(({ node }: Json) => node.child.name?.includes(name))?.node;
      });
    },
    [Symbol.asyncDispose]: () => way[Symbol.asyncDispose](),
  };
  return steps;
}
