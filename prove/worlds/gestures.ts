import type { Random } from "../random.ts";
import type { Json } from "../world/client.ts";
import { contactOf } from "./lookers.ts";
import type { Pair } from "./pair.ts";
import { describe, sites, strangers } from "./region.ts";
import { note, type Seen } from "./seen.ts";
import { isAtLooking, registryKey, supporter } from "./shelters.ts";

const minute = 60_000;
const hour = 60 * minute;

const staffOf = "{ schools { id staff { id } } }";

const atSchool = [
  "mutation ($id: ID!) { acknowledgeSignal(input: { signalId: $id }) { __typename ... on SignalAcknowledged { signal { id status seenAt erasesAt } } ... on SignalClosed { code } } }",
  "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename ... on SupportConfirmed { signal { id status supportedAt erasesAt } } ... on SignalClosed { code } } }",
  "mutation ($id: ID!) { returnSignal(input: { signalId: $id, reason: NOT_OUR_PUPIL }) { __typename ... on SignalReturned { signal { id status pupil { id } } } } }",
  "mutation ($id: ID!, $staff: ID!) { handOverSignal(input: { signalId: $id, staffMemberId: $staff }) { __typename ... on SignalHandedOver { signal { id status handedTo { name } } } ... on SignalClosed { code } } }",
];
const practise =
  "mutation ($site: ID!) { sendPracticeSignal(input: { schoolId: $site }) { __typename ... on PracticeSignalSent { signal { id pupil { displayName } } } } }";

/** Those who work at the school do something, in both worlds. */
export async function gestureAtSchool(pair: Pair, random: Random, seen: Seen): Promise<void> {
  const id = seen.signals.length > 0 ? random.pick(seen.signals.slice(-4)) : "";
  const who = contactOf(random.below(2));
  const { schools } = await pair.look({ who, query: staffOf });
  const staff = schools?.[0]?.staff.at(-1)?.id ?? "";
  await pair.act({ who, query: random.pick(atSchool), variables: { id, staff } });
  if (!random.chance(0.3)) return;
  const practising = random.pick([contactOf(0), "teacher"]);
  await pair.act({ who: practising, query: practise, variables: { site: sites[0] } });
}

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename
  ... on IncidentReported { replayed incident { id reportedAt } signals { id progress sentAt dueBy } }
  ... on InvalidInput { code problems { path code } } ... on IdempotencyConflict { code } } }`;
const rehearse = report.replace("incident { id reportedAt } signals { id ", "incident { reportedAt } signals { ");
const withdraw =
  "mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename ... on SignalWithdrawn { sentSignal { id progress } } } }";

let keys = 0;

/** An agency reports children who may be enrolled anywhere, or nowhere: in each world another. */
export async function reportAsAgency(pair: Pair, random: Random, seen: Seen): Promise<void> {
  keys += 1;
  const [world] = pair.worlds;
  const children = random
    .shuffle(strangers)
    .slice(0, 1 + random.below(3))
    .map((number) => world !== undefined && describe(world.region.child(number), random.chance(0.5)));
  const input = {
    idempotencyKey: `looks on ${keys}`,
    occurredAt: new Date(pair.now - (1 + random.below(10)) * hour).toISOString(),
    category: "OTHER",
    children,
  };
  const ask = (query: string, change = {}) => ({ who: "agency", query, variables: { input: { ...input, ...change } } });
  const { reportIncident } = await pair.act(ask(report));
  note(seen.incidents, reportIncident?.incident?.id ?? "");
  for (const { id } of reportIncident?.signals ?? []) note(seen.sent, id);
  await pair.look(ask(report));
  await pair.look(ask(report, { category: "CHILD_ABUSE" }));
  await pair.look(ask(rehearse, { dryRun: true, idempotencyKey: "x" }));
  await pair.look(ask(report, { idempotencyKey: "wrong", children: [{ bsn: "123456789" }, {}] }));
  if (random.chance(0.3)) await pair.act({ who: "agency", query: withdraw, variables: { id: random.pick(seen.sent) } });
}

const guidance = "guidance { id startedAt children { id name consents { id state } school { name } } }";
const start = `mutation ($input: StartGuidanceInput!) { startGuidance(input: $input) { __typename ... on GuidanceStarted { ${guidance} } } }`;
const consent = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename ... on ConsentRecorded { ${guidance} } ... on ConsentRefused { code } } }`;
const violence = `mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) { __typename ... on ViolenceReported { incidentId replayed } ... on ViolenceRefused { code } } }`;

/**
 * A shelter's worker begins the guidance of families who look to it alike, whether and wherever their children are
 * enrolled: without a consent, or with one for a school that the child does not go to.
 */
export async function guideAsWorker(pair: Pair, random: Random, seen: Seen): Promise<void> {
  const who = "worker";
  for (const number of random.shuffle(strangers.filter(isAtLooking)).slice(0, 2)) {
    // What begins at one moment is listed in an order that chance has made.
    await pair.passUntil(pair.now + minute);
    const family = { familyId: registryKey("family", number), supporter };
    const { startGuidance } = await pair.act({ who, query: start, variables: { input: family } });
    const { id: guidanceId, children }: Json = startGuidance.guidance;
    note(seen.guidances, guidanceId);
    const childId = children[0].id;
    if (random.chance(0.5)) {
      const parentId = registryKey("parent", number);
      const validUntil = new Date(pair.now + 14 * 24 * hour).toISOString().slice(0, 10);
      const input = { guidanceId, childId, parentId, validUntil, schoolId: "99ZZ00" };
      await pair.act({ who, query: consent, variables: { input } });
    }
    if (random.chance(0.5)) {
      keys += 1;
      const occurredAt = new Date(pair.now - hour).toISOString();
      const input = { guidanceId, childIds: [childId], occurredAt, idempotencyKey: `violence seen ${keys}` };
      await pair.act({ who, query: violence, variables: { input } });
    }
  }
}
