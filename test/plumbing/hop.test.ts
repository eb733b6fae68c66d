import { expect, test } from "@jest/globals";
import type { JobHelpers } from "graphile-worker";
import { openDatabase, systemClaims } from "../../plumbing/database.ts";
import { HopFailed } from "../../plumbing/hop.ts";
import { openLog } from "../../plumbing/log.ts";
import { type Hops, hopTask, send } from "../../plumbing/outbox.ts";
import { TryAgain } from "../../plumbing/retry.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";
import { testIdentities } from "../keys.ts";

const clock = { now: () => new Date("2026-11-23T08:00:00Z") };
const log = openLog("test", "silent");

/** Sends one row to a part that answers as the test says; gives what is left in the outbox, and how each attempt ended. */
async function sendTo(mutate: () => Promise<unknown>, hops: Hops, attempts = 1) {
  await using database = await createTestDatabase(schoolDatabase);
  const identities = testIdentities("school");
  await using rows = await openDatabase(database.appUrl, [], undefined, identities);
  await rows.transaction(systemClaims, (manager) => send(manager, "note", { text: "hello" }));
  const ends: unknown[] = [];
  const task = hopTask({ database: rows, gateway: { mutate: mutate as never }, hops, clock, log });
  return await withClient(database.adminUrl, async (admin) => {
    const { rows: written } = await admin.query("select id from care.outbox");
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const work = Promise.resolve(task({ id: written[0].id }, {} as JobHelpers));
      ends.push(
        await work.then(
          () => "done",
          (error: Error) => error.name,
        ),
      );
    }
    const { rows: kept } = await admin.query("select id, payload, encrypted, acknowledged_at from care.outbox");
    const left = kept.map(({ id, encrypted, ...rest }) => ({
      ...rest,
      content: encrypted && identities.decrypt({ table: "outbox", column: "encrypted", row: id }, encrypted),
    }));
    return { left, ends };
  });
}

const note = { document: "mutation ($input: Note!) { note(input: $input) { accepted } }" };

test("what is acknowledged leaves no payload, and what follows from it is noted once", async () => {
  const noted: unknown[] = [];
  const hops = { note: { ...note, acknowledged: async (_: unknown, ...given: unknown[]) => void noted.push(given) } };
  const { left, ends } = await sendTo(async () => ({ note: true }), hops, 2);
  expect(left).toEqual([{ content: null, payload: null, acknowledged_at: clock.now() }]);
  expect(noted).toEqual([[{ text: "hello" }, { note: true }, clock.now()]]);
  expect(ends).toEqual(["done", "done"]);
});

test("what cannot be decrypted stays, is told by a code, and is sent once it can", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, [], undefined, testIdentities("school"));
  await rows.transaction(systemClaims, (manager) => send(manager, "note", { text: "one" }));
  await rows.transaction(systemClaims, (manager) => send(manager, "note", { text: "other" }));
  const told: unknown[] = [];
  const sent: unknown[] = [];
  const gateway = { mutate: async (_: string, input: unknown) => sent.push(input) } as never;
  const noting = Object.assign(openLog("test", "silent"), { warn: (facts: unknown) => told.push(facts) });
  const task = hopTask({ database: rows, gateway, hops: { note }, clock, log: noting as never });
  await withClient(database.adminUrl, async (admin) => {
    const { rows: written } = await admin.query("select id, encrypted from care.outbox");
    // One is moved into the other's place.
    await admin.query("update care.outbox set encrypted = $1", [written[0].encrypted]);
    await expect(task({ id: written[1].id, attempt: 7 }, {} as JobHelpers)).rejects.toThrow(TryAgain);
    expect(sent).toEqual([]);
    expect(told).toEqual([expect.objectContaining({ code: "IDENTITY_UNREADABLE", outbox: written[1].id, attempt: 7 })]);
    await admin.query("update care.outbox set encrypted = $1 where id = $2", [written[1].encrypted, written[1].id]);
    for (const { id } of written) await task({ id }, {} as JobHelpers);
    expect(sent).toEqual(expect.arrayContaining([{ text: "one" }, { text: "other" }]));
    expect((await admin.query("select from care.outbox where acknowledged_at is null")).rows).toEqual([]);
  });
});

test.each<[string, () => Promise<unknown>, Hops]>([
  ["is refused", async () => Promise.reject(new HopFailed("SUBGRAPH_UNAVAILABLE")), { note }],
  ["meets no connection", async () => Promise.reject(new TypeError("fetch failed")), { note }],
  ["is of a kind that nobody knows", async () => ({}), {}],
  [
    "is acknowledged, but that cannot be noted",
    async () => ({}),
    { note: { ...note, acknowledged: async () => Promise.reject(new Error("no")) } },
  ],
])("what %s stays as it is, and is tried again soon", async (_, mutate, hops) => {
  const { left, ends } = await sendTo(mutate, hops);
  expect(left).toEqual([{ content: { text: "hello" }, payload: null, acknowledged_at: null }]);
  expect(ends).toEqual(["TryAgain"]);
});
