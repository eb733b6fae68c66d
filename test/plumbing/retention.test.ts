import { expect, test } from "@jest/globals";
import type { Claims } from "../../plumbing/claims.ts";
import { openDatabase } from "../../plumbing/database.ts";
import { Events } from "../../plumbing/events.ts";
import { Listener } from "../../plumbing/listener.ts";
import { openLog } from "../../plumbing/log.ts";
import { pruneTask } from "../../plumbing/retention.ts";
import { policeDatabase } from "../../subgraphs/police/database.ts";
import { policeSubgraph } from "../../subgraphs/police/part.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { streamsOf } from "../../subgraphs/school/store/tell.ts";
import { withClient } from "../../system/databases.ts";
import { createTestDatabase } from "../database.ts";

const contact: Claims = { sub: "c", party: "school", schools: ["99AA00", "99AB00"], scope: [] };
const daysAgo = (days: number) => `now() - interval '${days} days'`;

test("events go after 30 days, but for the last of each stream: who has read that can go on, and others are told", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  await using listener = new Listener(database.appUrl, openLog("test", "silent"));
  await withClient(database.adminUrl, async (admin) => {
    const write = async (stream: string, kind: string, days: number): Promise<string> => {
      const { rows: written } = await admin.query(
        `insert into care.event (stream, kind, subject, recorded_at)
         values ($1, $2, gen_random_uuid(), ${daysAgo(days)}) returning id`,
        [stream, kind],
      );
      return written[0].id;
    };
    const missed = await write("99AA00", "OLD", 40);
    const read = await write("99AA00", "LAST", 39);
    const elsewhere = await write("99AB00", "OLD", 31);
    await write("99AB00", "RECENT", 29);
    await pruneTask(rows)({}, {} as never);
    const { rows: left } = await admin.query("select kind from care.event order by position");
    expect(left.map(({ kind }) => kind)).toEqual(["LAST", "RECENT"]);

    const events = new Events(rows, listener, streamsOf);
    for (const gone of [missed, elsewhere]) {
      await expect(events.follow(contact, ["99AA00", "99AB00"], gone)).rejects.toMatchObject({
        code: "CURSOR_UNKNOWN",
      });
    }
    const follower = await events.follow(contact, ["99AA00"], read);
    await write("99AA00", "NEXT", 0);
    expect((await follower.next()).value.kind).toBe("NEXT");
    await follower.return?.();
  });
});

test("what was sent on goes after 30 days, and what waits never", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  await withClient(database.adminUrl, async (admin) => {
    await admin.query(`
      insert into care.outbox (kind, payload, created_at, acknowledged_at) values
        ('sent', null, ${daysAgo(60)}, ${daysAgo(31)}), ('sent lately', null, ${daysAgo(60)}, ${daysAgo(29)}),
        ('waiting', '{}', ${daysAgo(60)}, null)`);
    await pruneTask(rows)({}, {} as never);
    const { rows: left } = await admin.query("select kind from care.outbox order by kind");
    expect(left.map(({ kind }) => kind)).toEqual(["sent lately", "waiting"]);
  });
});

test("an agency's receipts go once a repeat of the report would be refused", async () => {
  await using database = await createTestDatabase(policeDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  await withClient(database.adminUrl, async (admin) => {
    await admin.query(`
      insert into care.receipt (organisation, key_digest, digest, received_at) values
        ('unit-1', 'gone', '', ${daysAgo(32)}), ('unit-1', 'kept', '', ${daysAgo(30)})`);
    await pruneTask(rows, policeSubgraph.retention)({}, {} as never);
    const { rows: left } = await admin.query("select key_digest from care.receipt");
    expect(left).toEqual([{ key_digest: "kept" }]);
  });
});
