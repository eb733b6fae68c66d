import { randomUUID } from "node:crypto";
import type { Json } from "../world/client.ts";
import { type Cause, type Happening, secretOf } from "./hidden.ts";
import { inAnswers } from "./leaks/in-answers.ts";
import { inTheSchoolsDatabase } from "./leaks/in-databases.ts";
import { inTheSchool } from "./leaks/in-the-school.ts";
import type { Leak } from "./leaks/leak.ts";
import { onSockets } from "./leaks/on-sockets.ts";
import { toAgencies, toOperators } from "./leaks/to-others.ts";
import type { Look } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { describe, isObserved, regionOf } from "./region.ts";
import type { Sorts } from "./timing.ts";

/*
 * A short pair of worlds for each planted leak: all that differs, differs at once, and is looked at from one side. Without
 * a leak it shows nothing, which is tried as well.
 */

const hour = 3_600_000;

interface Showcase {
  readonly leaks: readonly Leak[];
  show(pair: Pair): Promise<void>;
}

const quiet: Cause = {
  agency: "police",
  category: "OTHER",
  hoursAgo: 1,
  reports: 1,
  takesOneBack: false,
  siblings: [],
  elsewhere: [],
  hasDesk: false,
  byNumber: true,
  vain: 0,
};
const others = Array.from({ length: regionOf("A").children }, (_, number) => number).filter((one) => !isObserved(one));
const loud: Cause = {
  ...quiet,
  agency: "shelter",
  category: "CHILD_ABUSE",
  hoursAgo: 6,
  reports: 3,
  siblings: others.slice(0, 2),
  elsewhere: others.slice(2, 4),
};

const signals: Look = {
  who: "vendor",
  query: `{ signals { edges { cursor node { id message supportOn status raisedAt seenAt erasesAt
    pupil { id displayName birthDate } handedTo { name } } } pageInfo { hasNextPage endCursor } } }`,
};

async function showSchool(pair: Pair): Promise<void> {
  const at = pair.now + hour;
  await pair.passUntil(at - hour / 2);
  await pair.listen();
  const what: Happening[] = [0, 2].map((child) => ({ child, at, causes: { A: quiet, B: loud } }));
  for (const one of what) await pair.happen(one);
  await pair.hear();
  await pair.look(signals);
  await pair.look({ who: "vendor", query: "{ schools { id contacts { id name } leerplichtOfficer { name } } }" });
  await pair.look({ who: "no scope", query: signals.query });
  await pair.converse("contact", [{ type: "subscribe" }], () => false);
}

/** A child whom an agency reports, and who is found in one world only. */
const sought = others.find(
  (number) =>
    regionOf("A").child(number).circumstance === "enrolled" &&
    regionOf("B").child(number).circumstance === "unknown to the office",
);

async function showAgency(pair: Pair): Promise<void> {
  await report(pair, 0);
  await pair.listen();
  await report(pair, sought ?? 0);
  await pair.look({ who: "agency", query: "{ sentSignals { edges { node { id progress sentAt dueBy } } } }" });
}

function report(pair: Pair, number: number) {
  const child = describe(regionOf("A").child(number), true);
  const occurredAt = new Date(pair.now - hour).toISOString();
  const input = { idempotencyKey: `shown ${number}`, occurredAt, category: "OTHER", children: [child] };
  return pair.act({
    who: "agency",
    query: `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename
      ... on IncidentReported { incident { id } signals { id progress sentAt dueBy } } } }`,
    variables: { input },
  });
}

/** Five signals that are seen after the same time, and in each world some more: fewer than another five. */
async function showOperator(pair: Pair): Promise<void> {
  const start = pair.now;
  for (let child = 0; child < 5; child += 1) {
    await pair.happen({
      child,
      at: start + hour,
      causes: { A: quiet, B: { ...loud, reports: 1, siblings: [], elsewhere: [] } },
    });
  }
  await pair.passUntil(start + hour + hour / 4);
  const { signals: raised } = await pair.look(signals);
  for (const { node } of raised.edges) {
    for (const who of ["contact", "other contact"] as const) {
      await pair.act({ who, query: `mutation { confirmSupport(input: { signalId: "${node.id}" }) { __typename } }` });
    }
  }
  const more = { A: 1, B: 4 };
  for (let child = 5; child < 9; child += 1) {
    await pair.happenApart({
      A: child < 5 + more.A ? [{ child, at: start + 2 * hour, cause: quiet }] : [],
      B: child < 5 + more.B ? [{ child: child + 4, at: start + 2 * hour, cause: { ...quiet, agency: "shelter" } }] : [],
    });
  }
  for (const world of pair.worlds)
    world.secret = { ...world.secret, elsewhere: more[world.side], hour: more[world.side] };
  await pair.passUntil(start + 3 * hour);
  await pair.minute();
  await pair.look({
    who: "operator",
    query: `{ statistics(from: "2027-01-01", to: "2027-12-31") { from to signals seen supported shareSeenInTime
      medianMinutesToSeen p90MinutesToSeen medianMinutesToSupported backlog backlogByReason { reason count }
      oldestWaitingMinutes months { month municipality signals seen medianMinutesToSeen } } }`,
  });
}

const showcases: readonly Showcase[] = [
  { leaks: [...inAnswers, ...onSockets, ...inTheSchool, ...inTheSchoolsDatabase], show: showSchool },
  { leaks: toAgencies, show: showAgency },
  { leaks: toOperators, show: showOperator },
];

/** The ids of signals that a contact may not read, each for another reason, and of none. */
export async function unreadable(pair: Pair, start: number): Promise<Sorts> {
  await pair.begin(start);
  for (const child of [1, 3, 5]) await pair.happen({ child, at: start + hour, causes: { A: quiet, B: quiet } });
  const { signals: foreign } = await pair.look({ ...signals, who: "other contact" });
  return {
    none: Array.from({ length: 3 }, () => randomUUID()),
    foreign: foreign.edges.map(({ node }: Json) => node.id),
  };
}

/** How many leaks there are. */
export const planted = showcases.reduce((sum, { leaks }) => sum + leaks.length, 0);

/** What each side is shown: without a leak, and with each that was planted. @param every so many of them are planted */
export async function showLeaks(pair: Pair, start: number, every: number) {
  const found: { planted: string; found: boolean }[] = [];
  const failures: string[] = [];
  let place = 0;
  for (const { leaks, show } of showcases) {
    for (const leak of [undefined, ...leaks]) {
      place += 1;
      if (leak !== undefined && place % every !== 0) continue;
      await pair.begin(start);
      for (const world of pair.worlds) {
        const isQuiet = world.side === "A";
        world.secret = secretOf(isQuiet ? quiet : loud, isQuiet);
      }
      const undo = await leak?.plant(pair.worlds);
      try {
        await show(pair);
      } catch (error) {
        // What was to come did not come in one world: that is seen as well.
        if (leak === undefined) throw error;
        pair.differences.push({ where: "an end", A: "", B: "" });
      } finally {
        await undo?.();
        await pair.hangUp();
      }
      const differences = pair.differences.splice(0);
      if (leak === undefined)
        failures.push(...differences.map(({ where }) => `a showcase differs without a leak: ${where}`));
      else found.push({ planted: leak.planted, found: differences.length > 0 });
    }
  }
  return { found, failures };
}
