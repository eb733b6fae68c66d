import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Client } from "pg";
import { type Database, openDatabase, systemClaims } from "../../../plumbing/database.ts";
import { leerplichtDatabase } from "../../../subgraphs/leerplicht/database.ts";
import { shownCount, wholeMonths } from "../../../subgraphs/leerplicht/decisions/figures.ts";
import { decidePublication } from "../../../subgraphs/leerplicht/decisions/publication.ts";
import { type Figures, readFigures, readWaiting } from "../../../subgraphs/leerplicht/store/figures.ts";
import { publishFigures } from "../../../subgraphs/leerplicht/store/publication.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";
import { type Answer, attack } from "./figures-attack.ts";
import { histories, type Ledger, type Movement, modelLedger, watch } from "./figures-history.ts";

const now = new Date("2026-12-20T10:00:00Z");

let place: TestDatabase;
let database: Database;
let admin: Client;

beforeAll(async () => {
  place = await createTestDatabase(leerplichtDatabase);
  database = await openDatabase(place.appUrl, []);
  admin = new Client({ connectionString: place.adminUrl });
  await admin.connect();
});

const clear = () =>
  admin.query("truncate care.submission, care.measured, care.shown_count, care.routing_task, care.delivery cascade");

beforeEach(async () => {
  await clear();
});

afterAll(async () => {
  await admin.end();
  await database[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

interface Arrival {
  readonly id?: string;
  readonly receivedAt?: string;
  readonly municipality?: string | null;
}

/** Stands for a child whom nobody reads here. */
const sought = `key.${"A".repeat(40)}`;

/** A signal that has been routed, and is due a day after it came. */
async function came({ id = randomUUID(), receivedAt = "2026-12-01T08:00:00Z", municipality = "9901" }: Arrival = {}) {
  await admin.query(
    `insert into care.submission
       (id, organisation, sender, sender_organisation, received_at, due_by, progress, sought, municipality)
     values ($1, 'office', 'police', 'unit', $2, $2::timestamptz + interval '1 day', 'DELIVERED', '${sought}', $3)`,
    [id, receivedAt, municipality],
  );
  return id;
}

const columns = {
  seen: "progress = 'SEEN', seen_at = received_at + $2 * interval '1 minute'",
  returned: "seen_at = null",
  forgotten: "sought = null",
  supported:
    "progress = 'SUPPORTED', sought = null, seen_at = coalesce(seen_at, received_at + $2 * interval '1 minute'), ended_at = received_at + 2 * $2 * interval '1 minute'",
  withdrawn: "progress = 'WITHDRAWN', sought = null, ended_at = received_at + $2 * interval '1 minute'",
  closed: "progress = 'CLOSED', sought = null, ended_at = received_at + $2 * interval '1 minute'",
  "given up": "progress = 'CLOSED', sought = null, ended_at = received_at + $2 * interval '1 minute'",
} satisfies Record<Movement, string>;

/** Moves a signal as the ledger would; one that has ended stays as it is. */
async function move(id: string, movement: Movement, minutes = 60): Promise<void> {
  const { rowCount } = await admin.query(
    `update care.submission set ${columns[movement]}
     where id = $1 and $2::int is not null and progress in ('DELIVERED', 'SEEN')
       ${movement === "forgotten" ? "and seen_at is not null" : ""} ${movement === "seen" ? "and seen_at is null" : ""}`,
    [id, minutes],
  );
  if (movement !== "given up" || rowCount === 0) return;
  await admin.query(
    `insert into care.routing_task (submission_id, organisation, reason, opened_at, closed_at, outcome)
     select id, 'office', 'NOT_SEEN_IN_TIME', ended_at, ended_at, 'SUPPORT_ARRANGED' from care.submission where id = $1`,
    [id],
  );
}

const publish = (at = now) => database.transaction(systemClaims, (rows) => publishFigures(rows, at));
const read = (first: string, last: string): Promise<Answer> =>
  database.transaction(systemClaims, (rows) => readFigures(rows, { first, last }));
const waiting = () => database.transaction(systemClaims, readWaiting);

async function many<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
}

async function published(at = now): Promise<Figures> {
  await publish(at);
  return (await read("2026-11-01", "2026-12-01")).total;
}

describe("the figures", () => {
  test("are about nothing while no month of a municipality has five signals", async () => {
    await many(4, () => came());
    await many(4, () => came({ municipality: "9902" }));
    await many(4, () => came({ receivedAt: "2026-11-01T08:00:00Z" }));
    expect(await published()).toMatchObject({ signals: null, seen: null, shareSeenInTime: null });
    expect((await read("2026-11-01", "2026-12-01")).months).toEqual([]);
  });

  test("count by fives of a month and municipality, and the total is their sum", async () => {
    await many(9, () => came());
    await many(6, () => came({ municipality: null }));
    await publish();
    const { total, months } = await read("2026-12-01", "2026-12-01");
    expect(total.signals).toBe(10);
    expect(months.map(({ month, municipality, signals }) => [month, municipality, signals])).toEqual([
      ["2026-12", "9901", 5],
      ["2026-12", "unknown", 5],
    ]);
  });

  test("tell what small municipalities leave of a month together, a week after it", async () => {
    for (const municipality of ["9901", "9902", "9903"]) {
      await many(4, () => came({ receivedAt: "2026-11-10T08:00:00Z", municipality }));
    }
    await many(7, () => came({ receivedAt: "2026-11-10T08:00:00Z", municipality: "9904" }));
    await many(2, () => publish(new Date("2026-12-07T22:59:00Z")));
    const own = { municipality: "9904", signals: 5 };
    expect((await read("2026-11-01", "2026-11-01")).months).toMatchObject([own]);
    await many(2, () => publish(new Date("2026-12-07T23:00:00Z")));
    const { total, months } = await read("2026-11-01", "2026-11-01");
    // 14 were left, of which 12 may be told: as many as three of the four could have left.
    expect(months).toMatchObject([own, { municipality: "rest", signals: 10 }]);
    expect(total.signals).toBe(15);
  });

  test.each([
    ["one municipality leaves", [4], null],
    ["two leave, for one of them could not have left five", [4, 4], null],
    ["three leave two each", [2, 2, 2], 5],
    ["three leave four each, for two of them could not have left ten", [4, 4, 4], 5],
    ["five leave one each", [1, 1, 1, 1, 1], 5],
  ])("say of no municipality that it left any: %s", async (_, left, signals) => {
    for (const [place, count] of left.entries()) {
      await many(count, () => came({ receivedAt: "2026-11-10T08:00:00Z", municipality: `990${place}` }));
    }
    // It stays so, minute after minute.
    await many(4, () => publish());
    expect((await published()).signals).toBe(signals);
    for (const { id } of (await admin.query("select id from care.submission")).rows) await move(id, "supported");
    expect(await published()).toMatchObject({ signals, seen: signals, supported: signals });
  });

  test("leave a late signal to the rest of its month, where that makes five", async () => {
    for (const municipality of ["9901", "9902", "9903"]) {
      await many(3, () => came({ receivedAt: "2026-11-10T08:00:00Z", municipality }));
    }
    await publish();
    expect((await published()).signals).toBe(5);
    await came({ receivedAt: "2026-11-30T08:00:00Z", municipality: "9904" });
    await publish();
    expect((await published()).signals).toBe(10);
  });

  test("go by the month in the Netherlands in which a signal came in", async () => {
    await many(5, () => came({ receivedAt: "2026-11-30T23:30:00Z" }));
    await publish();
    expect((await read("2026-12-01", "2026-12-01")).total.signals).toBe(5);
  });

  test("tell the share in time, and half and nine tenths of the times rounded up to five minutes", async () => {
    const ids = await many(10, () => came());
    for (const [index, id] of ids.entries()) await move(id, "supported", index < 8 ? index * 10 + 1 : 2_000 + index);
    expect(await published()).toEqual({
      signals: 10,
      seen: 10,
      supported: 10,
      shareSeenInTime: 0.8,
      medianMinutesToSeen: 45,
      p90MinutesToSeen: 2_010,
      medianMinutesToSupported: 85,
      p90MinutesToSupported: 4_020,
    });
  });

  test("do not count as seen what can still be returned, and count it once it cannot", async () => {
    const ids = await many(5, () => came({ receivedAt: "2026-12-19T12:00:00Z" }));
    for (const id of ids) await move(id, "seen", 10);
    expect(await published()).toMatchObject({ signals: 5, seen: null, shareSeenInTime: null });
    for (const id of ids) await move(id, "forgotten");
    expect(await published()).toMatchObject({ seen: 5, shareSeenInTime: 1, medianMinutesToSeen: 10 });
  });

  test("hold what nobody has seen a day after its deadline for late, and what was withdrawn or closed before it for neither", async () => {
    const ids = await many(15, () => came());
    for (const id of ids.slice(0, 5)) await move(id, "withdrawn", 60);
    for (const id of ids.slice(5, 10)) await move(id, "closed", 1_439);
    expect(await published(new Date("2026-12-03T07:59:00Z"))).toMatchObject({ signals: 15, shareSeenInTime: null });
    expect(await published(new Date("2026-12-03T08:01:00Z"))).toMatchObject({ shareSeenInTime: 0 });
  });

  test("count a signal that was closed after its deadline as late", async () => {
    for (const id of await many(5, () => came())) await move(id, "closed", 1_441);
    expect(await published()).toMatchObject({ shareSeenInTime: 0, seen: null });
  });

  test("count a signal that an officer closed before its deadline as late where nobody at the school had looked", async () => {
    for (const id of await many(5, () => came())) await move(id, "seen", 60);
    for (const { id } of (await admin.query("select id from care.submission")).rows) await move(id, "forgotten");
    for (const id of await many(5, () => came())) await move(id, "given up", 1_400);
    for (const id of await many(5, () => came())) await move(id, "closed", 1_400);
    expect(await published(new Date("2026-12-01T09:00:00Z"))).toMatchObject({
      signals: 15,
      seen: 5,
      shareSeenInTime: 0.5,
    });
  });

  test("leave out what an officer still has, and what was withdrawn before it came", async () => {
    const ids = await many(5, () => came());
    const task =
      "insert into care.routing_task (submission_id, organisation, reason, opened_at) values ($1, 'office', 'NO_MATCH', $2)";
    await admin.query(task, [ids[0], now]);
    expect(await published()).toMatchObject({ signals: null });
    await admin.query("update care.routing_task set closed_at = $1, outcome = 'ROUTED'", [now]);
    expect(await published()).toMatchObject({ signals: 5 });
    await many(5, () => came());
    await admin.query("update care.submission set due_by = null where id <> all ($1)", [ids]);
    expect(await published()).toMatchObject({ signals: 5 });
  });

  test("never take back what they told", async () => {
    const ids = await many(5, () => came());
    for (const id of ids) await move(id, "supported");
    const told = await published();
    await admin.query(
      `update care.submission set seen_at = null, progress = 'DELIVERED', municipality = '9902', sought = '${sought}'`,
    );
    expect(await published()).toEqual(told);
  });

  test("are the same when two replicas publish at once", async () => {
    await many(13, () => came());
    await Promise.all([publish(), publish(), publish()]);
    expect(await published()).toMatchObject({ signals: 10 });
  });
});

describe("what waits", () => {
  test("is told by reason where five do, and how long five have waited", async () => {
    const ids = await many(7, () => came({ receivedAt: "2026-12-20T05:00:00Z" }));
    for (const [index, id] of ids.entries()) {
      const reason = index < 5 ? "NO_MATCH" : "NO_ENROLMENT";
      await admin.query(
        "insert into care.routing_task (submission_id, organisation, reason, opened_at) values ($1, 'office', $2, $3)",
        [id, reason, now],
      );
    }
    await publish();
    expect(await waiting()).toEqual({
      backlog: 5,
      backlogByReason: [{ reason: "NO_MATCH", count: 5 }],
      oldestWaitingMinutes: 240,
    });
    await admin.query("update care.routing_task set closed_at = $1, outcome = 'ROUTED'", [now]);
    for (const id of ids) await move(id, "supported");
    await publish();
    expect(await waiting()).toEqual({ backlog: null, backlogByReason: [], oldestWaitingMinutes: null });
  });

  test("moves by fives, each of which stands for five movements of its own", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 200 }), (changes) => {
        let [actual, shown, moved, told] = [0, 0, 0, 0];
        for (const change of changes) {
          const next = Math.max(0, actual + change);
          moved += Math.abs(next - actual);
          actual = next;
          const after = shownCount(shown, actual);
          expect(after % 5).toBe(0);
          expect(Math.abs(after - actual)).toBeLessThan(5);
          told += Math.abs(after - shown);
          expect(told).toBeLessThanOrEqual(moved);
          shown = after;
        }
      }),
    );
  });
});

test("a range is widened to whole months, and is five years at most", () => {
  expect(wholeMonths("2026-11-17", "2027-02-03")).toEqual({ first: "2026-11-01", last: "2027-02-01" });
  expect(wholeMonths("0001-01-01", "2026-12-31")).toEqual({ first: "2022-01-01", last: "2026-12-01" });
  expect(wholeMonths("2026-12-31", "2026-01-01")).toEqual({ first: "2026-12-01", last: "2026-01-01" });
});

/** The ledger in the database, of which is told what is published after each movement. */
const databaseLedger: Ledger = {
  async came(signal) {
    await came(signal);
    await publish();
  },
  async move(id, movement, minutes) {
    await move(id, movement, minutes);
    await publish();
  },
  ask: read,
};

describe("the database", () => {
  test("tells after each movement and for every range what the decision says, and so nothing about fewer than five", async () => {
    await fc.assert(
      fc
        .asyncProperty(histories, async (steps) => {
          const history = await watch(steps, databaseLedger);
          expect(attack(history)).toEqual([]);
          expect(history).toEqual(
            await watch(
              steps,
              modelLedger((signals) => decidePublication(signals, now)),
            ),
          );
        })
        .beforeEach(clear),
      { numRuns: 4, endOnFailure: true },
    );
  }, 120_000);
});
