import { expect, test } from "@jest/globals";
import { withClient } from "../../../system/databases.ts";
import { registryRow, startAgency } from "../agency/agency-under-test.ts";
import { policeUnderTest as police } from "./police-under-test.ts";

test("a row that the existing system corrects before it is sent is sent as corrected, and counts as it was then", async () => {
  await using running = await startAgency(police);
  const { next } = running.hops;
  await running.registry(async (registry) => {
    await registry.query("begin");
    await police.insertRow(registry, registryRow({ bsn: null, familyName: "Velt" }));
    await registry.query("update registry.betrokkene set achternaam = 'Veld', bsn = '999990019'");
    await registry.query("commit");
  });
  expect(await next(() => true)).toMatchObject({ child: { bsn: "999990019", familyName: "Veld", givenName: "Noor" } });
});

test("what an earlier version left in the outbox in plain is sent, and so are repeats of what it had received", async () => {
  await using running = await startAgency(police);
  const id = "5f0c4d0e-6f6e-4c0e-9f6e-5f0c4d0e6f6e";
  const child = { bsn: "999990019", givenName: null, prefix: null, familyName: null, birthDate: null };
  await withClient(running.database.adminUrl, (admin) =>
    admin.query("insert into care.outbox (kind, about, payload) values ('submitSignal', $1, $2)", [
      id,
      JSON.stringify({ id, organisation: police.organisation, occurredAt: "2026-11-23T08:00:00.000Z", child }),
    ]),
  );
  expect(await running.hops.next(({ input }) => input.id === id)).toMatchObject({ child });
});
