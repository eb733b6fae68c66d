import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { bellAfter, deadline } from "../../../plumbing/school-days/deadline.ts";
import { calendarOfRegion } from "../../../plumbing/school-days/official-holidays.ts";
import type { Json } from "../../subgraph.ts";
import {
  type AgencyUnderTest,
  bsns,
  hoursAgo,
  type RunningAgency,
  report,
  reportIncident,
  startAgency,
} from "./agency-under-test.ts";

/** The sentences about `reportIncident` that hold of every agency. */
export function describeReporting(agency: AgencyUnderTest): void {
  let running: RunningAgency;
  let now = () => new Date();
  beforeAll(async () => {
    running = await startAgency(agency, { now: () => now() });
  });
  afterAll(async () => running[Symbol.asyncDispose]());

  const submit = async (input: Json, organisation?: string): Promise<Json> => {
    const answer = await running.asUnit(reportIncident, { input }, organisation);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.reportIncident;
  };
  const count = async (): Promise<Json> =>
    (
      await running.rows(`select
        (select count(*)::int from care.incident) as incidents, (select count(*)::int from care.sent_signal) as signals,
        (select count(*)::int from care.receipt) as receipts, (select count(*)::int from care.outbox) as outbox,
        (select count(*)::int from ${agency.childTable}) as children`)
    )[0];

  describe("reporting an incident", () => {
    test("answers with a signal for each child, in their order, due by the region's school days", async () => {
      const input = report({
        children: [
          { bsn: bsns[0] },
          { name: { givenName: "Noor", prefix: "van der", familyName: "Veld" }, birthDate: "2017-03-04" },
        ],
      });
      const answer = await submit(input);
      expect(answer).toMatchObject({
        __typename: "IncidentReported",
        replayed: false,
        incident: { reference: "2026-4711", occurredAt: input["occurredAt"], category: "DOMESTIC_VIOLENCE" },
        signals: [{ progress: "SENT" }, { progress: "SENT" }],
      });
      expect(answer.incident.signals.map(({ id }: Json) => id)).toEqual(answer.signals.map(({ id }: Json) => id));
      const occurredAt = new Date(String(input["occurredAt"]));
      const due = deadline(occurredAt, bellAfter(occurredAt, calendarOfRegion("Midden"))).toISOString();
      expect(answer.signals.map(({ dueBy }: Json) => dueBy)).toEqual([due, due]);
      const second = await running.hops.next(({ input }) => input.id === answer.signals[1].id);
      expect(second).toEqual({
        id: answer.signals[1].id,
        organisation: agency.organisation,
        occurredAt: occurredAt.toISOString(),
        child: { bsn: null, givenName: "Noor", prefix: "van der", familyName: "Veld", birthDate: "2017-03-04" },
      });
    });

    test("is due by the holidays that were imported", async () => {
      const input = report({});
      const occurredAt = new Date(String(input["occurredAt"]));
      const day = (days: number) => dutchDay(new Date(occurredAt.getTime() + days * 24 * 60 * 60 * 1000));
      // They stand in the place of the whole school year, and of the next one.
      const holiday = "insert into care.region_holiday values ('Midden', $1, $2)";
      await running.rows(holiday, [day(-1), day(50)]);
      const { signals } = await submit(input);
      await running.rows("delete from care.region_holiday");
      expect(signals[0].dueBy.slice(0, 10) > day(50)).toBe(true);
    });

    test.each(["DOMESTIC_VIOLENCE", "CHILD_ABUSE", "SERIOUS_THREAT", "OTHER"])(
      "of the category %s raises a signal and reads back as that category",
      async (category) => {
        const { incident } = await submit(report({ category }));
        const { data } = await running.asUnit(
          "query ($id: ID!) { incident(id: $id) { category reference } }",
          incident,
        );
        expect(data.incident).toEqual({ category, reference: "2026-4711" });
      },
    );

    test("takes a BSN of eight digits and sends it with its leading zero", async () => {
      const { signals } = await submit(report({ children: [{ bsn: "10000008" }] }));
      const sent = await running.hops.next(({ input }) => input.id === signals[0].id);
      expect(sent.child.bsn).toBe("010000008");
    });

    test("lets a child of eighteen through", async () => {
      const eighteen = `${new Date().getUTCFullYear() - 18}-01-01`;
      const { signals } = await submit(report({ children: [{ bsn: bsns[0], birthDate: eighteen }] }));
      expect(signals).toHaveLength(1);
    });

    test("says what is wrong and where, and stores nothing", async () => {
      const before = await count();
      const answer = await submit(report({ children: [{ bsn: bsns[0] }, { bsn: "123456789" }] }));
      expect(answer).toEqual({
        __typename: "InvalidInput",
        code: "INVALID_INPUT",
        problems: [{ path: "children[1].bsn", code: "BSN_INVALID" }],
      });
      expect(await count()).toEqual(before);
    });

    test("under a key that no database could hold is refused like any other wrong key", async () => {
      const answer = await submit(report({ idempotencyKey: "\u0000" }));
      expect(answer.problems).toEqual([{ path: "idempotencyKey", code: "IDEMPOTENCY_KEY_INVALID" }]);
    });

    test("for an organisation that the registry does not know is refused with a code", async () => {
      const answer = await submit(report(), "00000099000000009000");
      expect(answer).toEqual({ __typename: "InvalidInput", code: "ORGANISATION_UNKNOWN", problems: [] });
    });

    test("as a dry run answers like an accepted report and leaves no row", async () => {
      const before = await count();
      const input = report({ dryRun: true });
      const answer = await submit(input);
      expect(answer).toMatchObject({ replayed: false, signals: [{ progress: "SENT" }] });
      expect(await count()).toEqual(before);
      expect(await submit({ ...input, dryRun: false })).toMatchObject({ replayed: false });
    });
  });

  describe("repeating a report under its key", () => {
    test("fifty times at once has one effect and one answer", async () => {
      const before = await count();
      const input = report();
      const answers = await Promise.all(Array.from({ length: 50 }, () => submit(input)));
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(answers.map(({ incident, signals }) => JSON.stringify({ incident, signals }))).size).toBe(1);
      const after = await count();
      expect(after).toEqual({
        incidents: before.incidents + 1,
        signals: before.signals + 1,
        receipts: before.receipts + 1,
        outbox: before.outbox + 1,
        children: before.children + 1,
      });
    });

    test("answers the same when its signals have moved on", async () => {
      const input = report();
      const { replayed: _, ...first } = await submit(input);
      await running.rows("update care.sent_signal set progress = 'SEEN' where id = $1", [first.signals[0].id]);
      expect(await submit(input)).toEqual({ ...first, replayed: true });
    });

    test("answers the same at a moment at which it would no longer pass the checks", async () => {
      const input = report();
      const { replayed: _, ...first } = await submit(input);
      now = () => hoursAgo(2);
      const [again, other] = await Promise.all([submit(input), submit({ ...input, idempotencyKey: "another" })]);
      now = () => new Date();
      expect(again).toEqual({ ...first, replayed: true });
      expect(other.problems).toEqual([{ path: "occurredAt", code: "OCCURRED_IN_FUTURE" }]);
    });

    test("with another body is a conflict", async () => {
      const input = report();
      await submit(input);
      const answer = await submit({ ...input, category: "OTHER" });
      expect(answer).toEqual({ __typename: "IdempotencyConflict", conflict: "IDEMPOTENCY_CONFLICT" });
    });

    test("is another report when another organisation uses the same key", async () => {
      const input = report();
      const first = await submit(input);
      const other = await submit(input, agency.otherOrganisation);
      expect(other.replayed).toBe(false);
      expect(other.incident.id).not.toBe(first.incident.id);
    });
  });

  test("a variable of the wrong type is refused without its value", async () => {
    const answer = await running.asUnit(reportIncident, {
      input: report({ children: [{ bsn: { digits: bsns[2] } }] }),
    });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(JSON.stringify(answer)).not.toContain(bsns[2]);
  });

  test.each([
    ["another party", { party: "school" }],
    ["a token without the scope to report", { scope: "signals:read" }],
  ])("%s is refused", async (_, changes) => {
    const { errors } = await running.ask({ ...running.caller, ...changes }, reportIncident, { input: report() });
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });
}
