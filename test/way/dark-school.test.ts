import { expect, test } from "@jest/globals";
import { ErasableChildren, enrol, openRegistries } from "../../prove/erasure/children.ts";
import { startErasableSystem } from "../../prove/erasure/system.ts";
import { Random } from "../../prove/random.ts";
import { withClient } from "../../system/databases.ts";

const hour = 3_600_000;
const site = "97AA00";
const police = { party: "police", organisation: "00000099000000001000", scope: "incidents:report signals:read" };
const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "routing:manage" };
const contact = { party: "school", organisation: "school", schools: [site], scope: "signals:read signals:handle" };

/** Monday, half past nine: school days follow for as long as the school is dark. */
const monday = new Date("2026-11-09T08:30:00Z");

test("a school's part that is out for 72 hours: the signal goes to an officer in time, never expires, and arrives when the part is back", async () => {
  await using system = await startErasableSystem(monday);
  const { school, leerplicht } = system.databases;
  await openRegistries(school, leerplicht, [site]);
  const child = new ErasableChildren(new Random(1)).make();
  await enrol(school, leerplicht, child, { at: site, known: [site] });
  await withClient(school.adminUrl, (admin) =>
    admin.query(`
      create function care.is_dark() returns trigger language plpgsql as $$ begin raise 'dark'; end $$;
      create trigger is_dark before insert on care.delivery for each statement execute function care.is_dark()`),
  );
  const occurredAt = new Date(monday.getTime() - hour).toISOString();
  const input = { idempotencyKey: "dark", occurredAt, category: "OTHER", children: [{ bsn: child.bsn }] };
  const { reportIncident } = await system.ask(
    police,
    `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
      ... on IncidentReported { signals { id dueBy } } } }`,
    { input },
  );
  const [{ dueBy }] = reportIncident.signals;
  const progress = async () => {
    const { sentSignals } = await system.ask(police, "{ sentSignals { edges { node { progress } } } }");
    return sentSignals.edges[0].node.progress;
  };
  const tasks = async () => {
    const { routingTasks } = await system.ask(officer, "{ routingTasks { edges { node { reason dueBy } } } }");
    return routingTasks.edges.map(({ node }: { node: unknown }) => node);
  };

  let escalatedAt: Date | undefined;
  // Each step lets what is due be tried once more: the waits between attempts are shorter than any step.
  for (let now = monday.getTime(); now < monday.getTime() + 72 * hour; now += hour / 4) {
    system.clock.moveTo(now);
    await system.settle();
    if (escalatedAt === undefined && (await tasks()).length > 0) escalatedAt = system.clock.now();
  }
  expect(escalatedAt?.getTime()).toBeLessThan(Date.parse(dueBy));
  expect(await tasks()).toEqual([{ reason: "NOT_SEEN_IN_TIME", dueBy }]);
  expect(await progress()).toBe("DELIVERED");

  await withClient(school.adminUrl, (admin) => admin.query("drop trigger is_dark on care.delivery"));
  system.clock.moveTo(system.clock.now().getTime() + hour / 60);
  await system.settle();
  const { signals } = await system.ask(contact, "{ signals(status: [RAISED]) { edges { node { id } } } }");
  expect(signals.edges).toHaveLength(1);
  await system.ask(contact, "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }", {
    id: signals.edges[0].node.id,
  });
  await system.settle();
  expect(await progress()).toBe("SUPPORTED");
  expect(await tasks()).toEqual([]);
}, 180_000);
