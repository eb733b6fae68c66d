import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  bsns,
  type RunningAgency,
  registryRow,
  report,
  reportIncident,
  startAgency,
} from "../agency/agency-under-test.ts";
import { policeUnderTest } from "./police-under-test.ts";

let police: RunningAgency;
beforeAll(async () => {
  police = await startAgency(policeUnderTest);
});
afterAll(async () => {
  await police[Symbol.asyncDispose]();
});

const entriesOf = (object: string) =>
  police.rows(
    "select activity, party, organisation, subject from care.processing where object = $1 order by position",
    [object],
  );

async function reported(): Promise<{ incident: { id: string }; signals: { id: string }[] }> {
  const input = report({ children: [{ bsn: bsns[0] }, { bsn: bsns[1] }] });
  return (await police.asUnit(reportIncident, { input })).data.reportIncident;
}

const withdraw = (id: string) =>
  police.asUnit("mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename } }", { id });

describe("the processing log of an agency holds", () => {
  test("each child of a report, under one digest from report to withdrawal, and never a number", async () => {
    const { incident, signals } = await reported();
    const [first, second] = signals.map(({ id }) => id);
    await police.asUnit("query ($id: ID!) { incident(id: $id) { id } }", { id: incident.id });
    await police.asUnit("{ sentSignals { edges { node { id } } } }");
    await withdraw(first ?? "");
    await withdraw(first ?? "");
    const entries = await entriesOf(first ?? "");
    expect(entries.map(({ activity }) => activity)).toEqual([
      "incident.report",
      "signal.send",
      "incident.read",
      "signal.read",
      "signal.withdraw",
    ]);
    expect(new Set(entries.map(({ subject }) => subject)).size).toBe(1);
    const [other] = await entriesOf(second ?? "");
    expect(other?.["subject"]).not.toBe(entries[0]?.["subject"]);
    expect(JSON.stringify([entries, other])).not.toContain(bsns[0]);
  });

  test("nothing of a rehearsal, of what is refused, or of another unit's signals", async () => {
    const { signals } = await reported();
    const [{ count: before } = {}] = await police.rows("select count(*)::int from care.processing");
    await police.asUnit(reportIncident, { input: report({ dryRun: true }) });
    await police.asUnit(reportIncident, { input: report({ children: [] }) });
    await police.asUnit("{ sentSignals { edges { node { id } } } }", {}, policeUnderTest.otherOrganisation);
    const [{ count: after } = {}] = await police.rows("select count(*)::int from care.processing");
    expect(after).toBe(before);
    expect(await entriesOf(signals[0]?.id ?? "")).toHaveLength(2);
  });

  test("that a report is repeated, which shows its signals anew", async () => {
    const input = report();
    const { signals } = (await police.asUnit(reportIncident, { input })).data.reportIncident;
    await police.asUnit(reportIncident, { input });
    const activities = (await entriesOf(signals[0].id)).map(({ activity }) => activity);
    expect(activities).toEqual(["incident.report", "signal.send", "incident.read"]);
  });

  test("a child whom the existing system wrote, sent on for the unit whose record it is, under the same digest", async () => {
    const { signals } = await reported();
    await police.registry((registry) => policeUnderTest.insertRow(registry, registryRow({ bsn: bsns[0] })));
    const { id } = await police.hops.next(({ input }) => input.child?.familyName === registryRow().familyName);
    const [known] = await entriesOf(signals[0]?.id ?? "");
    const { organisation } = policeUnderTest;
    expect(await entriesOf(id)).toEqual([
      { activity: "signal.send", party: "system", organisation, subject: known?.["subject"] },
    ]);
    await withdraw(id);
    expect((await entriesOf(id)).at(-1)).toMatchObject({ activity: "signal.withdraw", subject: known?.["subject"] });
  });
});

test("while the log cannot be written, nothing is reported, read or withdrawn, and nothing is half done", async () => {
  const { signals } = await reported();
  const counts = () =>
    police.rows(
      `select (select count(*) from registry.incident) as incidents, (select count(*) from care.sent_signal) as signals,
              (select count(*) from care.outbox) as hops, (select count(*) from care.receipt) as receipts`,
    );
  const before = await counts();
  await police.rows("alter table care.processing add constraint full_up check (false) not valid");
  try {
    const refused = [
      await police.asUnit(reportIncident, { input: report() }),
      await police.asUnit("{ sentSignals { edges { node { id } } } }"),
      await police.asUnit("{ incidents { edges { node { id } } } }"),
      await withdraw(signals[0]?.id ?? ""),
    ];
    expect(refused.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(
      Array(refused.length).fill("INTERNAL_SERVER_ERROR"),
    );
  } finally {
    await police.rows("alter table care.processing drop constraint full_up");
  }
  expect(await counts()).toEqual(before);
  expect((await withdraw(signals[0]?.id ?? "")).data.withdrawSignal.__typename).toBe("SignalWithdrawn");
});
