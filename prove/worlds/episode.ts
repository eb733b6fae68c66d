import { Temporal } from "temporal-polyfill";
import { dutchZone } from "../../plumbing/dutch-time.ts";
import { calendarOfRegion } from "../../plumbing/school-days/official-holidays.ts";
import { defaultRegion, isSchoolDay } from "../../plumbing/school-days/school-calendar.ts";
import { Random } from "../random.ts";
import { anyCause, atDesk, strangers } from "./hidden.ts";
import { anyLook, type Known } from "./operations.ts";
import { type Pair, sites } from "./pair.ts";
import { describe, isObserved, regionOf } from "./region.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The Mondays of weeks with school, at midnight in the Netherlands: a year and a half of them. */
const mondays = Array.from({ length: 76 }, (_, week) => Temporal.PlainDate.from("2027-01-04").add({ weeks: week }))
  .filter((monday) =>
    [0, 1, 2, 3, 4].every((days) => isSchoolDay(monday.add({ days }), calendarOfRegion(defaultRegion))),
  )
  .map((monday) => monday.toZonedDateTime(dutchZone).epochMilliseconds);

/** How many pairs of worlds can be lived through one after the other: then the clock has to be put back. */
export const weeks = mondays.length;

/** A Monday at nine. */
export const firstMoment = (mondays[0] ?? 0) + 9 * hour;

/** How many questions are asked at once. */
const atOnce = 12;

const region = regionOf("A");
const observedChildren = Array.from({ length: region.children }, (_, number) => number).filter(isObserved);

interface Seen {
  signals: string[];
  sent: string[];
  incidents: string[];
  cursors: string[];
  sites: string[];
}

/**
 * Three days at the observed schools, the same in both worlds to whoever looks on: signals by day, signals that come at
 * night and appear in the morning, gestures of those who work there, and an agency that reports children of its own.
 * @param week which of the weeks it is: time does not go back
 * @param looks how many questions are asked after each thing that happens
 */
export async function liveThrough(pair: Pair, seed: number, week: number, looks: number): Promise<void> {
  const random = new Random(seed);
  const start = (mondays[week % weeks] ?? 0) + random.below(2) * day;
  const seen: Seen = { signals: [], sent: [], incidents: [], cursors: [], sites: [...sites] };
  const children = random.shuffle(observedChildren);
  await pair.begin(start + 8 * hour);
  await reportAsAgency(pair, random, seen);

  let now = start + 9 * hour;
  for (let turn = 0; turn < 2 + random.below(3); turn += 1) {
    now += (25 + random.below(60)) * minute;
    await pair.hangUp();
    await pair.passUntil(now - atDesk - minute);
    await pair.listen();
    const child = children.pop() ?? 0;
    const cause = () => anyCause(random, strangers);
    await pair.happen({ child, at: now, causes: { A: cause(), B: cause() } });
    await pair.hear();
    await lookAround(pair, random, seen, looks);
    now += (1 + random.below(4)) * minute;
    await pair.passUntil(now);
    await gesture(pair, random, seen);
    if (random.chance(0.3)) await reportAsAgency(pair, random, seen);
    await pair.hear();
    await lookAround(pair, random, seen, looks);
  }

  // In the night the hour of the report is each world's own, and which of them came first.
  const held = [children.pop() ?? 0, children.pop() ?? 0, children.pop() ?? 0];
  const dusk = start + 19 * hour;
  await pair.hangUp();
  const hours = (): number[] => held.map(() => dusk + random.below(10 * 60) * minute);
  await pair.happenApart({
    A: zip(held, hours(), () => anyCause(random, strangers)),
    B: zip(held, hours(), () => anyCause(random, strangers)),
  });
  await pair.passUntil(start + day + 8 * hour);
  await pair.listen();
  await pair.hear();
  await lookAround(pair, random, seen, looks);
  await gesture(pair, random, seen);
  await pair.hear();

  // The day is over: what was seen goes, and what was not is due again.
  await pair.hangUp();
  await pair.passUntil(start + 2 * day + 9 * hour);
  await pair.listen();
  await pair.hear();
  await lookAround(pair, random, seen, looks);
  await pair.converse("contact", [{ id: "1", type: "subscribe", payload: { query: "{ nothing }" } }], (frame) =>
    frame.includes('"error"'),
  );
  await pair.converse("expired", [], () => false);
  await pair.converse("contact", [{ type: "subscribe" }], () => false);
}

function zip<T>(children: readonly number[], moments: readonly number[], cause: () => T) {
  return children
    .map((child, place) => ({ child, at: moments[place] ?? 0, cause: cause() }))
    .sort((one, other) => one.at - other.at);
}

async function lookAround(pair: Pair, random: Random, seen: Seen, looks: number): Promise<void> {
  const list = await pair.look({ who: "vendor", query: "{ signals { edges { cursor node { id status } } } }" });
  for (const { cursor, node } of list.signals?.edges ?? []) {
    if (!seen.signals.includes(node.id)) seen.signals.push(node.id);
    seen.cursors.push(cursor);
  }
  const all = Array.from({ length: looks }, () => anyLook(random, seen as Known));
  for (let from = 0; from < all.length; from += atOnce) {
    await Promise.all(all.slice(from, from + atOnce).map((look) => pair.look(look)));
  }
}

const gestures = [
  "mutation ($id: ID!) { acknowledgeSignal(input: { signalId: $id }) { __typename ... on SignalAcknowledged { signal { id status seenAt erasesAt } } ... on SignalClosed { code } } }",
  "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename ... on SupportConfirmed { signal { id status supportedAt erasesAt } } ... on SignalClosed { code } } }",
  "mutation ($id: ID!) { returnSignal(input: { signalId: $id, reason: NOT_OUR_PUPIL }) { __typename ... on SignalReturned { signal { id status pupil { id } } } } }",
  "mutation ($id: ID!, $staff: ID!) { handOverSignal(input: { signalId: $id, staffMemberId: $staff }) { __typename ... on SignalHandedOver { signal { id status handedTo { name } } } ... on SignalClosed { code } } }",
];

/** Those who work at the school do something, in both worlds. */
async function gesture(pair: Pair, random: Random, seen: Seen): Promise<void> {
  const id = seen.signals.length > 0 ? random.pick(seen.signals.slice(-4)) : "";
  const { schools } = await pair.look({ who: "contact", query: "{ schools { id staff { id } } }" });
  const staff = schools?.[0]?.staff.at(-1)?.id ?? "";
  await pair.act({ who: "contact", query: random.pick(gestures), variables: { id, staff } });
  if (random.chance(0.3)) {
    await pair.act({
      who: random.pick(["contact", "teacher"] as const),
      query:
        "mutation ($site: ID!) { sendPracticeSignal(input: { schoolId: $site }) { __typename ... on PracticeSignalSent { signal { id pupil { displayName } } } } }",
      variables: { site: sites[0] },
    });
  }
}

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename
  ... on IncidentReported { replayed incident { id reportedAt } signals { id progress sentAt dueBy } }
  ... on InvalidInput { code problems { path code } } ... on IdempotencyConflict { code } } }`;
const rehearse = report.replace("incident { id reportedAt } signals { id ", "incident { reportedAt } signals { ");

let keys = 0;

/** An agency reports children who may be enrolled anywhere, or nowhere: in each world another. */
async function reportAsAgency(pair: Pair, random: Random, seen: Seen): Promise<void> {
  keys += 1;
  const count = 1 + random.below(3);
  const children = random
    .shuffle(strangers)
    .slice(0, count)
    .map((number) => describe(region.child(number), random.chance(0.5)));
  const input = {
    idempotencyKey: `looks on ${keys}`,
    occurredAt: new Date(pair.now - (1 + random.below(10)) * hour).toISOString(),
    category: "OTHER",
    children,
  };
  const { reportIncident } = (await pair.act({ who: "agency", query: report, variables: { input } })) as {
    reportIncident: { incident?: { id: string }; signals?: { id: string }[] } | undefined;
  };
  if (reportIncident?.incident !== undefined) seen.incidents.push(reportIncident.incident.id);
  seen.sent.push(...(reportIncident?.signals ?? []).map(({ id }) => id));
  await pair.look({ who: "agency", query: report, variables: { input } });
  await pair.look({ who: "agency", query: report, variables: { input: { ...input, category: "CHILD_ABUSE" } } });
  await pair.look({
    who: "agency",
    query: rehearse,
    variables: { input: { ...input, dryRun: true, idempotencyKey: "x" } },
  });
  await pair.look({
    who: "agency",
    query: report,
    variables: { input: { ...input, idempotencyKey: "wrong", children: [{ bsn: "123456789" }, {}] } },
  });
  if (random.chance(0.3)) {
    const id = random.pick(seen.sent);
    await pair.act({
      who: "agency",
      query:
        "mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename ... on SignalWithdrawn { sentSignal { id progress } } } }",
      variables: { id },
    });
  }
}
