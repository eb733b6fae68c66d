import type { PartName } from "../../simulate/parts.ts";
import type { OneWorld } from "../worlds/one-world.ts";
import { describe, observedChildren as pupils, sites, strangers } from "../worlds/region.ts";

/** One request that does something with a child's data. */
export interface Deed {
  readonly what: string;
  readonly part: PartName;
  /** Makes what it needs. @returns the id of what it is about */
  prepare(): Promise<string>;
  /** @throws Error where it is refused. */
  attempt(id: string): Promise<unknown>;
  /** How many entries the part's log has. */
  entries(): Promise<number>;
}

const hour = 3_600_000;
const [site = ""] = sites;
/** Somebody whom the office does not know, so that an officer has to look. */
function unknownIn({ region }: OneWorld): number {
  const unknown = strangers.find((number) => region.child(number).circumstance === "unknown to the office");
  if (unknown === undefined) throw new Error("The office knows everybody");
  return unknown;
}

const police = { party: "police", organisation: "00000099000000001000", scope: "incidents:report signals:read" };
const contact = { party: "school", organisation: "o", schools: [site], scope: "signals:read signals:handle" };
const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "routing:manage" };

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
  __typename ... on IncidentReported { signals { id } } } }`;

function counter(): () => number {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

const nextKey = counter();
const nextTurn = counter();

async function reportOne(world: OneWorld, number: number, key = nextKey()): Promise<string> {
  const input = {
    idempotencyKey: `log ${key}`,
    occurredAt: new Date(world.clock.now().getTime() - hour).toISOString(),
    category: "OTHER",
    children: [describe(world.region.child(number), true)],
  };
  const { reportIncident } = await world.ask("police", police, report, { input });
  return reportIncident.signals[0].id;
}

/** Enough for each log to have something in it. */
export async function liveADay(world: OneWorld): Promise<void> {
  world.clock.put(Date.parse("2027-03-08T09:00:00Z"));
  for (const number of [...pupils.slice(0, 6), unknownIn(world)]) {
    await reportOne(world, number);
    await world.settle();
    await world.ask("school", contact, "{ signals { edges { node { pupil { displayName } } } } }");
    await world.ask("police", police, "{ sentSignals { edges { node { id } } } }");
    await world.ask("leerplicht", officer, "{ routingTasks { edges { node { child { name } } } } }");
  }
}

/** All that each part does with a child's data when it is asked. */
export function deedsIn(world: OneWorld): readonly Deed[] {
  const next = () => pupils[nextTurn() % pupils.length] ?? 0;
  const sent = async () => {
    const id = await reportOne(world, next());
    await world.settle();
    return id;
  };
  const key = async () => String(nextKey());
  const entriesOf = (part: PartName) => async () => {
    const { rows } = await world.databases.admin[part].query<{ count: number }>(
      "select count(*)::int as count from care.processing",
    );
    return rows[0]?.count ?? 0;
  };
  const deed = (part: PartName, what: string, prepare: Deed["prepare"], attempt: Deed["attempt"]): Deed => ({
    part,
    what,
    prepare,
    attempt,
    entries: entriesOf(part),
  });
  const task = async () => {
    await reportOne(world, unknownIn(world));
    await world.settle();
    const { rows } = await world.databases.admin.leerplicht.query<{ id: string }>(
      "select id from care.routing_task where closed_at is null order by opened_at desc limit 1",
    );
    return rows[0]?.id ?? "";
  };
  /** As another part sends it. */
  const service = (part: PartName, organisation: string, document: string, more: object) => (id: string) =>
    world.ask(part, { party: "service", organisation }, document, {
      input: { id, child: identityOf(world, Number.parseInt(id.slice(0, 4), 16)), ...more },
    });
  return [
    deed("police", "a report", key, (id) => reportOne(world, next(), Number(id))),
    deed("police", "the list of sent signals", sent, () =>
      world.ask("police", police, "{ sentSignals { edges { node { id } } } }"),
    ),
    deed("police", "the list of incidents", sent, () =>
      world.ask("police", police, "{ incidents { edges { node { id } } } }"),
    ),
    deed("police", "a withdrawal", sent, (id) =>
      world.ask("police", police, `mutation { withdrawSignal(input: { sentSignalId: "${id}" }) { __typename } }`),
    ),
    deed(
      "leerplicht",
      "a submission",
      async () => crypto.randomUUID(),
      service(
        "leerplicht",
        "police",
        "mutation ($input: SubmitSignalInput!) { submitSignal(input: $input) { accepted } }",
        { organisation: police.organisation, occurredAt: "2027-03-08T08:00:00Z" },
      ),
    ),
    deed("leerplicht", "the work list", task, () =>
      world.ask("leerplicht", officer, "{ routingTasks { edges { node { child { name } } } } }"),
    ),
    deed("leerplicht", "the end of a task", task, (id) =>
      world.ask(
        "leerplicht",
        officer,
        `mutation { closeRoutingTask(input: { taskId: "${id}", outcome: NOT_FOUND }) { __typename } }`,
      ),
    ),
    deed(
      "school",
      "a delivery",
      async () => crypto.randomUUID(),
      service(
        "school",
        "leerplicht",
        "mutation ($input: DeliverSignalInput!) { deliverSignal(input: $input) { __typename } }",
        { schoolId: site },
      ),
    ),
    deed("school", "the inbox", sent, () =>
      world.ask("school", contact, "{ signals { edges { node { pupil { displayName } } } } }"),
    ),
  ];
}

function identityOf({ region }: OneWorld, seed: number): object {
  const { bsn, givenName, familyName, birthDate } = region.child(pupils[seed % pupils.length] ?? 0);
  return { bsn, givenName, familyName, birthDate };
}
