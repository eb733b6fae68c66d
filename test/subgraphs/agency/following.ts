import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Answer, Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import {
  type AgencyUnderTest,
  bsns,
  type RunningAgency,
  report,
  reportIncident,
  startAgency,
} from "./agency-under-test.ts";

const leerplicht = { party: "service", organisation: "leerplicht" };
const events =
  "subscription ($after: String) { sentSignalEvents(after: $after) { cursor progress sentSignal { id } } }";
const withdraw = `mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) {
  __typename ... on SignalWithdrawn { sentSignal { id progress } } ... on SentSignalNotFound { code } } }`;

/** The sentences about what becomes of a report that hold of every agency. */
export function describeFollowing(agency: AgencyUnderTest): void {
  let running: RunningAgency;
  beforeAll(async () => {
    running = await startAgency(agency);
  });
  afterAll(async () => running[Symbol.asyncDispose]());

  /** Reports one child; resolves once Leerplicht has acknowledged the signal. */
  const deliver = async (organisation?: string): Promise<Json> => {
    const { data } = await running.asUnit(reportIncident, { input: report() }, organisation);
    const { incident, signals } = data.reportIncident;
    await running.went(signals[0].id, "DELIVERED");
    return { incident, id: signals[0].id };
  };
  const progressOf = async (id: string): Promise<unknown> =>
    (await running.rows("select progress from care.sent_signal where id = $1", [id]))[0]?.["progress"];
  const record = (id: string, progress: string, claims: Json = leerplicht): Promise<Json> => {
    const door = `record${agency.party.charAt(0).toUpperCase()}${agency.party.slice(1)}Progress`;
    return running.ask(claims, `mutation ($input: RecordProgressInput!) { ${door}(input: $input) { accepted } }`, {
      input: { id, progress },
    });
  };

  describe("a signal that was sent", () => {
    test("is delivered once Leerplicht has it, and nothing in the outbox names the child any more", async () => {
      await deliver();
      const left = await running.rows("select from care.outbox where payload is not null or encrypted is not null");
      expect(left).toEqual([]);
    });

    test("goes as far as Leerplicht says and never back", async () => {
      const { id } = await deliver();
      expect(await record(id, "SUPPORTED")).toEqual({ data: expect.any(Object) });
      await record(id, "SEEN");
      expect(await progressOf(id)).toBe("SUPPORTED");
    });

    test("moves for no other part than Leerplicht, and for no client", async () => {
      const { id } = await deliver();
      for (const claims of [{ ...leerplicht, organisation: "school" }, running.caller]) {
        const { errors } = await record(id, "SEEN", claims);
        expect(errors[0].extensions.code).toBe("FORBIDDEN");
      }
      expect(await progressOf(id)).toBe("DELIVERED");
    });

    test("that is not here is acknowledged to Leerplicht, which would else ask for ever", async () => {
      expect((await record(randomUUID(), "SEEN")).errors).toBeUndefined();
    });
  });

  describe("withdrawing a signal", () => {
    test("takes it back at Leerplicht once, and answers alike when it is asked again", async () => {
      const { id } = await deliver();
      const first = await running.asUnit(withdraw, { id });
      expect(first.data.withdrawSignal).toEqual({
        __typename: "SignalWithdrawn",
        sentSignal: { id, progress: "WITHDRAWN" },
      });
      expect(await running.asUnit(withdraw, { id })).toEqual(first);
      const isIt = ({ document, input }: Json) => document.includes("withdrawSubmission") && input.id === id;
      await running.hops.next(isIt);
      expect(running.hops.sent.filter(isIt)).toHaveLength(1);
      await record(id, "SEEN");
      expect(await progressOf(id)).toBe("WITHDRAWN");
    });

    test("that has not left yet keeps it here: the child is gone from the outbox, and Leerplicht hears of no signal", async () => {
      const { answer } = running.hops;
      running.hops.answer = (document) => (document.includes("submitSignal") ? Promise.reject(new Error("Down")) : {});
      const { data } = await running.asUnit(reportIncident, { input: report() });
      const [{ id }] = data.reportIncident.signals;
      await running.asUnit(withdraw, { id });
      const waiting = (await running.identities()).filter(({ table }) => table === "outbox");
      expect(waiting.filter(({ content }) => content.includes(bsns[0] ?? ""))).toEqual([]);
      running.hops.answer = answer;
      await running.hops.next(
        ({ document, input }: Json) => document.includes("withdrawSubmission") && input.id === id,
      );
      expect(
        running.hops.sent.filter(({ document, input }) => document.includes("submitSignal") && input.id === id),
      ).toEqual([]);
    });

    test.each(["SUPPORTED", "CLOSED"])("too late for it is %s, whichever was told first", async (end) => {
      const ended = await deliver();
      await record(ended.id, end);
      const { data } = await running.asUnit(withdraw, { id: ended.id });
      expect(data.withdrawSignal.sentSignal).toEqual({ id: ended.id, progress: end });
      const ending = await deliver();
      await running.asUnit(withdraw, { id: ending.id });
      await record(ending.id, end);
      expect(await progressOf(ending.id)).toBe(end);
    });

    test("of another organisation, and one that never was, are answered alike", async () => {
      const { id } = await deliver();
      const foreign = await running.asUnit(withdraw, { id }, agency.otherOrganisation);
      expect(foreign.data.withdrawSignal).toEqual({ __typename: "SentSignalNotFound", code: "SENT_SIGNAL_NOT_FOUND" });
      expect(await running.asUnit(withdraw, { id: randomUUID() })).toEqual(foreign);
      expect(await running.asUnit(withdraw, { id: bsns[0] })).toEqual(foreign);
    });
  });

  describe("the lists", () => {
    const page = `query ($first: Int, $after: String) { incidents(first: $first, after: $after) {
      edges { node { id signals { id } } } pageInfo { hasNextPage endCursor } } }`;

    test("give the organisation's own incidents page by page, the latest first, each once", async () => {
      for (let number = 0; number < 5; number += 1) await deliver();
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { data }: Json = await running.asUnit(page, { first: 2, after });
        const { edges, pageInfo }: Json = data.incidents;
        expect(edges.every(({ node }: Json) => node.signals.length === 1)).toBe(true);
        seen.push(...edges.map(({ node }: Json) => node.id));
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      const stored = await running.rows(
        "select id from care.incident where organisation = $1 order by reported_at desc, id desc",
        [agency.organisation],
      );
      expect(seen).toEqual(stored.map(({ id }) => id));
    });

    test("give signals by how far they are", async () => {
      const { id } = await deliver();
      await record(id, "CLOSED");
      const ask =
        "query ($progress: [SignalProgress!]) { sentSignals(progress: $progress) { edges { node { id progress } } } }";
      const { data } = await running.asUnit(ask, { progress: ["CLOSED"] });
      const found = data.sentSignals.edges.map(({ node }: Json) => node);
      expect(found).toContainEqual({ id, progress: "CLOSED" });
      expect(found.filter(({ progress }: Json) => progress !== "CLOSED")).toEqual([]);
      const other = await running.asUnit(ask, { progress: ["CLOSED"] }, agency.otherOrganisation);
      expect(other.data.sentSignals.edges).toEqual([]);
    });

    test("show another organisation nothing, by id neither", async () => {
      const { incident } = await deliver();
      const byId = "query ($id: ID!) { incident(id: $id) { id } }";
      expect((await running.asUnit(byId, incident)).data.incident).toEqual({ id: incident.id });
      expect((await running.asUnit(byId, incident, agency.otherOrganisation)).data.incident).toBeNull();
      expect((await running.asUnit(byId, { id: "no id at all" })).data.incident).toBeNull();
    });

    test("refuse a page that is too large and a cursor that is none", async () => {
      const tooLarge = await running.asUnit(page, { first: 501 });
      expect(tooLarge.errors?.[0]?.extensions.code).toBe("PAGE_TOO_LARGE");
      const noCursor = await running.asUnit(page, { after: "x" });
      expect(noCursor.errors?.[0]?.extensions.code).toBe("CURSOR_UNKNOWN");
    });
  });

  test("the gateway's references give the caller's own signals, in their order, and null for others'", async () => {
    const own = await deliver();
    const foreign = await deliver(agency.otherOrganisation);
    const second = await deliver();
    const references = [own, foreign, second].map(({ id }) => ({ __typename: "SentSignal", id }));
    const { data } = await running.asUnit(
      "query ($references: [_Any!]!) { _entities(representations: $references) { ... on SentSignal { id dueBy } } }",
      { references },
    );
    expect(data._entities).toEqual([
      { id: own.id, dueBy: expect.any(String) },
      null,
      { id: second.id, dueBy: expect.any(String) },
    ]);
  });

  describe("a subscriber", () => {
    test("is told each step of its own signals, and resumes after a cursor without gap or repeat", async () => {
      const live = await running.subscribe(running.caller, events);
      const { cursor } = await firstEvent(live, deliver);
      await deliver(agency.otherOrganisation);
      const { id } = await deliver();
      await record(id, "SEEN");
      const expected = await running.rows(
        `select id from care.event
         where stream = $1 and position > (select position from care.event where id = $2) order by position`,
        [agency.organisation, cursor],
      );
      const resumed = await running.subscribe(running.caller, events, { after: cursor });
      const told: Json[] = [];
      while (told.length < expected.length) told.push((await resumed.next()).value.data.sentSignalEvents);
      expect(told.map((event) => event.cursor)).toEqual(expected.map((event) => event["id"]));
      expect(told.slice(-2)).toMatchObject([
        { progress: "DELIVERED", sentSignal: { id } },
        { progress: "SEEN", sentSignal: { id } },
      ]);
      await Promise.all([live.return(undefined), resumed.return(undefined)]);
    });

    test("with a cursor of another organisation is refused", async () => {
      await deliver(agency.otherOrganisation);
      const [event] = await running.rows("select id from care.event where stream = $1", [agency.otherOrganisation]);
      const answers = await running.subscribe(running.caller, events, { after: event?.["id"] });
      const { value } = await answers.next();
      expect(value.errors[0].extensions.code).toBe("CURSOR_UNKNOWN");
    });
  });
}

/**
 * The first event of a subscription. When it is under way cannot be seen from here, so things go
 * on happening until one of them is told.
 */
async function firstEvent(live: AsyncGenerator<Answer>, happens: () => Promise<unknown>): Promise<Json> {
  let first: Json;
  live.next().then(({ value }) => {
    first = value.data.sentSignalEvents;
  });
  return until("the first event", async () => {
    await happens();
    return first;
  });
}
