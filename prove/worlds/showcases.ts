import { Random } from "../random.ts";
import { type Cause, secretOf } from "./cause.ts";
import { agree, part } from "./circle.ts";
import { concern, ensureGuided, propose } from "./guidance.ts";
import { happen } from "./happening.ts";
import { schoolDays } from "./imports.ts";
import { inAnswers } from "./leaks/in-answers.ts";
import { inTheSchoolsDatabase } from "./leaks/in-databases.ts";
import { inTheSchool } from "./leaks/in-the-school.ts";
import type { Leak } from "./leaks/leak.ts";
import { ofGuidance } from "./leaks/of-guidance.ts";
import { onSockets } from "./leaks/on-sockets.ts";
import { toAgencies, toOperators } from "./leaks/to-others.ts";
import { contactOf } from "./lookers.ts";
import type { Look } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { describe, siteOf, soughtChild, strangers } from "./region.ts";
import { isAtLooking } from "./shelters.ts";

/*
 * A short pair of worlds for each side: all that differs, differs at once, and is looked at. Without a leak it shows
 * nothing.
 */

const hour = 3_600_000;

export interface Showcase {
  readonly leaks: readonly Leak[];
  /** What happens in A, and in B. */
  readonly causes: { readonly quiet: Cause; readonly loud: Cause };
  show(pair: Pair): Promise<void>;
}

export const quiet: Cause = {
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
const others = strangers.filter((number) => number !== soughtChild && !isAtLooking(number));
const loud: Cause = {
  ...quiet,
  agency: "shelter",
  category: "CHILD_ABUSE",
  hoursAgo: 6,
  reports: 3,
  siblings: others.slice(0, 2),
  elsewhere: others.slice(2, 4),
};
const guided: Cause = { ...quiet, agency: "guidance", category: "DOMESTIC_VIOLENCE" };

/** The vendor's inboxes, which hold all that a school is shown of a signal. */
export const signals: Look = {
  who: "vendor",
  query: `{ signals { edges { cursor node { id message supportOn status raisedAt seenAt erasesAt
    pupil { id displayName birthDate supportCircle { id } } handedTo { name } } } pageInfo { hasNextPage endCursor } } }`,
};

async function showSchool(pair: Pair): Promise<void> {
  const at = pair.now + hour;
  await pair.passUntil(at - hour / 2);
  await pair.listen();
  // Two at one school, one after the other.
  for (const child of [0, 6]) {
    await pair.happen([{ child, causes: { A: quiet, B: loud } }], at);
    await pair.hear();
  }
  await pair.look(signals);
  await pair.look({ who: "vendor", query: "{ schools { id contacts { id name } leerplichtOfficer { name } } }" });
  await pair.look({ who: "no scope", query: signals.query });
  await pair.bringIn({ kind: "school-days", part: "school", text: schoolDays(new Random(1)) });
  await pair.converse(contactOf(0), [{ type: "subscribe" }], () => false);
}

async function showAgency(pair: Pair): Promise<void> {
  await report(pair, others[0] ?? 0);
  await pair.listen();
  await report(pair, soughtChild);
  await pair.hear();
  await pair.look({ who: "agency", query: "{ sentSignals { edges { node { id progress sentAt dueBy } } } }" });
}

function report(pair: Pair, number: number) {
  const [world] = pair.worlds;
  const child = world && describe(world.region.child(number), true);
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
  const louder = { ...loud, reports: 1, siblings: [], elsewhere: [] };
  const seen = [0, 1, 2, 3, 4].map((child) => ({ child, causes: { A: quiet, B: louder } }));
  await pair.happen(seen, start + hour);
  await pair.passUntil(start + hour + hour / 4);
  const { signals: raised } = await pair.look(signals);
  const query = "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }";
  for (const { node } of raised.edges) {
    for (const { child } of seen) await pair.act({ who: contactOf(siteOf(child)), query, variables: { id: node.id } });
  }
  const more = { A: 1, B: 4 };
  const besides = (children: readonly number[], cause: Cause) =>
    children.map((child) => ({ child, at: start + 2 * hour, cause }));
  await pair.happenApart({
    A: besides([6, 7, 8, 9].slice(0, more.A), quiet),
    B: besides([12, 13, 14, 15].slice(0, more.B), { ...quiet, agency: "shelter" }),
  });
  for (const world of pair.worlds)
    world.secret = { ...world.secret, elsewhere: more[world.side], hour: more[world.side] };
  await pair.passUntil(start + 3 * hour);
  await pair.minute();
  await pair.look({
    who: "operator",
    query: `{ statistics(from: "2027-01-01", to: "2027-12-31") { from to signals seen supported shareSeenInTime
      medianMinutesToSeen p90MinutesToSeen medianMinutesToSupported backlog backlogByReason { reason count }
      oldestWaitingMinutes months { month municipality signals seen medianMinutesToSeen } }
      guidanceFigures(year: 2027) { __typename } }`,
  });
}

/**
 * One child in a support circle, of whom a signal and a talk come: in A from the police, and a concern of the shelter's; in
 * B both from violence in guidance. Another school's pupil is guided in B besides, without consent. In the end the
 * parent withdraws.
 */
async function showGuidance(pair: Pair): Promise<void> {
  const child = 0;
  await agree(pair, new Random(1), [child]);
  await pair.listen();
  const look = async (): Promise<void> => {
    for (const who of [contactOf(0), contactOf(1)]) {
      await pair.look({
        who,
        query: `{ supportCircles { id since pupil { id displayName } supporter { name } }
          conversations { id status moments concern { kind raisedBy } participants { role name } } }`,
      });
    }
    await pair.look(signals);
  };
  const at = pair.now;
  await pair.both(async (world) => {
    const isQuiet = world.side === "A";
    await happen(world, [{ child, causes: { A: quiet, B: guided } }], at);
    if (isQuiet) await concern(world, world.circles.get(child) ?? "");
    else await ensureGuided(world, 1);
  });
  await pair.hear();
  await look();
  await pair.both((world) => propose(world, child, [new Date(at + hour)]));
  await pair.hear();
  await look();
  await part(pair, [child]);
  await pair.hear();
  await look();
}

export const showcases: readonly Showcase[] = [
  {
    leaks: [...inAnswers, ...onSockets, ...inTheSchool, ...inTheSchoolsDatabase],
    causes: { quiet, loud },
    show: showSchool,
  },
  { leaks: ofGuidance, causes: { quiet, loud: guided }, show: showGuidance },
  { leaks: toAgencies, causes: { quiet, loud }, show: showAgency },
  { leaks: toOperators, causes: { quiet, loud }, show: showOperator },
];

/** What of a showcase's causes its two worlds start with. */
export function secretsOf({ causes: { quiet: inA, loud: inB } }: Showcase) {
  return { A: secretOf(inA, true), B: secretOf(inB, false) };
}
