import { randomUUID } from "node:crypto";
import type { Verdict } from "../harness.ts";
import type { Random } from "../random.ts";
import type { Json } from "../world/client.ts";
import { contactOf } from "./lookers.ts";
import type { Pair } from "./pair.ts";
import { describe, soughtChild, strangers } from "./region.ts";
import { quiet, signals } from "./showcases.ts";
import type { Task } from "./tasks.ts";
import { type Compared, compareTimes, plantDelay, type Sort, standsOut } from "./timing.ts";

const hour = 3_600_000;

const bySignal = "query ($id: ID!) { signal(id: $id) { id } }";
const handOver =
  "mutation ($id: ID!, $staff: ID!) { handOverSignal(input: { signalId: $id, staffMemberId: $staff }) { __typename } }";
const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename
  ... on IncidentReported { signals { progress } } } }`;

/**
 * Whether what may not be told apart takes as long (F5): for a teacher, a signal that is nobody's, another school's,
 * another's at the own school, and one that was the teacher's own; for an agency, a child who is found and one who is
 * not. What a teacher may read is measured beside, and need not be like the others. A look-up that takes longer is noticed.
 */
export async function compareAllTimes(
  pair: Pair,
  start: number,
  random: Random,
  { each, delay: least, isAdaptive }: Extract<Task, { kind: "times" }>,
): Promise<Verdict> {
  const { unreadable, readable } = await signalsOfTeacher(pair, start);
  const asTeacher = (name: string, ids: readonly string[]): Sort => ({
    name,
    ask: () => pair.lookInOne({ who: "teacher", query: bySignal, variables: { id: random.pick(ids) } }),
  });
  const alike = Object.entries(unreadable).map(([name, ids]) => asTeacher(name, ids));
  const all = [
    { who: "a teacher", ...(await compareTimes(random, alike, each)) },
    { who: "an agency", ...(await compareTimes(random, reports(pair), each)) },
  ];
  const beside = await compareTimes(random, [...alike.slice(0, 1), asTeacher("own", readable)], each);
  const noise = Math.max(...all.flatMap(({ compared }) => compared.map(({ apart }) => apart)));
  const delay = isAdaptive ? Math.ceil(Math.min(300, Math.max(least, 5 * noise))) : least;
  const undo = plantDelay(unreadable["foreign"] ?? [], delay);
  const slowed = await compareTimes(random, alike, each);
  undo();
  const noticed = slowed.compared.filter((one) => one.sorts.includes("foreign"));
  return {
    figures: {
      ...Object.fromEntries(
        all.map(({ who, compared }) => [`what ${who} cannot tell apart by its time`, worstOf(compared)]),
      ),
      "what a teacher may read, beside": worstOf(beside.compared.slice(0, 1)),
    },
    failures: all.flatMap(({ who, compared, answers }) => [
      ...compared
        .filter(standsOut)
        .map((one: Compared) => `by its time ${who} can tell ${one.sorts} apart: ${one.apart.toFixed(3)} ms`),
      ...(answers === 1 ? [] : [`${who} is given ${answers} different answers to what must look alike`]),
    ]),
    controls: [
      { planted: `a look-up that takes ${delay} ms longer`, found: noticed.length > 0 && noticed.every(standsOut) },
    ],
  };
}

/** The two sorts that are the most unlike. */
function worstOf(compared: readonly Compared[]): string {
  const [worst] = [...compared].sort((one, other) => one.chance - other.chance);
  if (worst === undefined) throw new Error("Nothing was compared");
  return `at most ${worst.apart.toFixed(3)} ms between deciles of ${worst.sorts} (by chance: ${worst.chance.toFixed(3)})`;
}

/** Ids of signals by what they are to the teacher of the first school. */
async function signalsOfTeacher(pair: Pair, start: number) {
  await pair.begin(start);
  const children = [0, 6, 12, 18, 24, 30, 1, 7, 13];
  for (const [place, child] of children.entries()) {
    await pair.happen([{ child, causes: { A: quiet, B: quiet } }], start + hour + place * 60_000);
  }
  const inboxOf = async (who: string): Promise<string[]> =>
    (await pair.look({ ...signals, who })).signals.edges.map(({ node }: Json) => node.id);
  const [contact, own, foreign] = [contactOf(0), await inboxOf(contactOf(0)), await inboxOf(contactOf(1))];
  const { schools } = await pair.look({ who: contact, query: "{ schools { staff { id } } }" });
  const [other, teacher] = schools[0].staff.map(({ id }: Json) => id);
  const give = (ids: readonly string[], staff: string) =>
    Promise.all(ids.map((id) => pair.act({ who: contact, query: handOver, variables: { id, staff } })));
  await give(own.slice(0, 4), teacher);
  await give(own.slice(0, 2), other);
  return {
    readable: own.slice(2, 4),
    unreadable: {
      none: Array.from({ length: 3 }, () => randomUUID()),
      foreign,
      revoked: own.slice(0, 2),
      "a colleague's": own.slice(4),
    },
  };
}

let keys = 0;

/** Reports of a child who is enrolled where Leerplicht looks, and of others who are nowhere; each under a key of its own. */
function reports(pair: Pair): Sort[] {
  const [world] = pair.worlds;
  const children =
    world === undefined ? [] : strangers.map((number) => ({ number, child: world.region.child(number) }));
  const missing = children.filter(({ child }) => child.circumstance === "unknown to the office" && child.bsn !== null);
  const found = children.filter(
    ({ number, child }) => number === soughtChild || (child.circumstance === "enrolled" && child.bsn !== null),
  );
  return Object.entries({ match: found, miss: missing }).map(([name, of]) => ({
    name,
    ask: () => {
      keys += 1;
      const child = of[keys % of.length]?.child;
      if (child === undefined) throw new Error("The region has no such child");
      const occurredAt = new Date(pair.now - hour).toISOString();
      const input = {
        idempotencyKey: `timed ${keys}`,
        occurredAt,
        category: "OTHER",
        children: [describe(child, true)],
      };
      return pair.lookInOne({ who: "agency", query: report, variables: { input } });
    },
  }));
}
