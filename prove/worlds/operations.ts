import type { Random } from "../random.ts";

/** One thing that somebody who looks on asks, and as whom. */
export interface Look {
  readonly who: Looker;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What is odd about the request below GraphQL. */
  readonly oddity?: Oddity;
}

export type Looker =
  | "contact"
  | "teacher"
  | "vendor"
  | "other contact"
  | "no scope"
  | "expired"
  | "nobody"
  | "agency"
  | "operator";

export type Oddity =
  | "get"
  | "form"
  | "batch"
  | "not json"
  | "empty"
  | "foreign origin"
  | "known origin"
  | "accepts html";

const oddities: readonly Oddity[] = [
  "get",
  "form",
  "batch",
  "not json",
  "empty",
  "foreign origin",
  "known origin",
  "accepts html",
];

/** Ids that were told to somebody in the same pair of worlds. */
export interface Known {
  readonly signals: readonly string[];
  readonly sent: readonly string[];
  readonly incidents: readonly string[];
  readonly cursors: readonly string[];
  readonly sites: readonly string[];
}

const signalFields = [
  "id",
  "message",
  "english: message(language: EN)",
  "supportOn",
  "status",
  "raisedAt",
  "seenAt",
  "supportedAt",
  "erasesAt",
  "practice",
  "pupil { id displayName birthDate }",
  "pupil { displayName group { name teachers { name } } }",
  "handedTo { id name }",
];

const schoolFields = [
  "id",
  "name",
  "city",
  "contacts { id name email }",
  "staff { id name }",
  "leerplichtOfficer { name email }",
  "contactHours { opens closes always }",
  "ownDays { id firstDay lastDay isSchool }",
  "absences { id firstDay lastDay staffMember { name } }",
];

function some(random: Random, fields: readonly string[]): string {
  return random
    .shuffle(fields)
    .slice(0, 1 + random.below(fields.length))
    .join(" ");
}

/** An id of ours, of another's, of nobody's, or none at all. */
function anyId(random: Random, known: readonly string[]): string {
  const odd = ["00000000-0000-4000-8000-00000000000f", "", "x", "1 or 1=1", "__proto__"];
  return known.length > 0 && random.chance(0.8) ? random.pick(known) : random.pick(odd);
}

const statuses = ["RAISED", "SEEN", "SUPPORTED", "RETURNED", "WITHDRAWN", "EXPIRED"];
const progress = ["SENT", "DELIVERED", "SEEN", "SUPPORTED", "WITHDRAWN", "CLOSED"];

/** What the schools' contracts have no word for, and other invalid things. */
const invalid = [
  "{ sentSignals { edges { node { id } } } }",
  "{ routingTasks { edges { node { reason child { name } } } } }",
  '{ statistics(from: "2027-01-01", to: "2027-12-31") { signals } }',
  "{ signals { edges { node { dueBy source reports } } } }",
  "{ signals { totalCount } }",
  "{ __schema { types { name } } }",
  '{ __type(name: "SentSignal") { name fields { name } } }',
  "{ signals(first: 501) { edges { cursor } } }",
  "{ signals(first: -1) { edges { cursor } } }",
  '{ signals(after: "x") { edges { cursor } } }',
  "{ signals(status: [SENT]) { edges { cursor } } }",
  "query ($id: ID!) { signal(id: $id) { id } }",
  "{ signal(id: {}) { id } }",
  "{ unterminated",
  "query A { me { id } } query B { me { id } }",
  "subscription { signalEvents { cursor } }",
  "{ __proto__: me { id } constructor: me { id } }",
  "mutation { reportIncident(input: {}) { __typename } }",
  'mutation { deliverSignal(input: { id: "x" }) { __typename } }',
  `{ ${Array.from({ length: 40 }, (_, place) => `a${place}: me { id }`).join(" ")} }`,
  `{ ${"signals { edges { node { ".repeat(8)} id ${"} } } ".repeat(8)} }`,
  "{ me { id @include(if: $nothing) } }",
  "{ _entities(representations: []) { __typename } _service { sdl } }",
];

/** A question that changes nothing. */
export function anyLook(random: Random, known: Known): Look {
  const chance = random.next();
  const who = random.pick<Looker>([
    "contact",
    "contact",
    "contact",
    "teacher",
    "vendor",
    "other contact",
    "agency",
    "agency",
  ]);
  if (chance < 0.12)
    return { who: random.pick([who, "no scope", "expired", "nobody"] as const), query: random.pick(invalid) };
  if (chance < 0.18) return { who, query: "{ __typename }", oddity: random.pick(oddities) };
  if (chance < 0.22)
    return { ...schoolLook(random, known), who: random.pick(["no scope", "expired", "nobody", "agency"] as const) };
  return who === "agency" ? agencyLook(random, known) : { ...schoolLook(random, known), who };
}

function schoolLook(random: Random, known: Known): Omit<Look, "who"> {
  switch (random.below(6)) {
    case 0:
    case 1: {
      const status = random.chance(0.4) ? random.shuffle(statuses).slice(0, 2) : null;
      const variables = {
        status,
        schoolId: random.chance(0.3) ? random.pick(known.sites) : null,
        first: random.chance(0.4) ? random.below(4) : 50,
        after: random.chance(0.2) && known.cursors.length > 0 ? random.pick(known.cursors) : null,
      };
      return {
        query: `query ($status: [SignalStatus!], $schoolId: ID, $first: Int, $after: String) {
          signals(status: $status, schoolId: $schoolId, first: $first, after: $after) {
            edges { cursor node { ${some(random, signalFields.slice(0, 10))} ${random.pick(signalFields.slice(10))} } }
            pageInfo { hasNextPage endCursor } } }`,
        variables,
      };
    }
    case 2:
      return {
        query: `query ($id: ID!) { signal(id: $id) { ${some(
          random,
          signalFields.filter((field) => !field.startsWith("pupil { id")),
        )} } }`,
        variables: { id: anyId(random, known.signals) },
      };
    case 3:
      return { query: `{ schools { ${some(random, schoolFields)} } }` };
    case 4:
      return {
        query: `query ($id: ID!) { school(id: $id) { ${some(random, schoolFields)} } me { id party organisation scopes } }`,
        variables: { id: anyId(random, [...known.sites, "99ZZ99"]) },
      };
    default:
      return {
        query: `mutation ($id: ID!) { ${random.pick(["acknowledgeSignal", "confirmSupport"])}(input: { signalId: $id }) {
          __typename ... on SignalNotFound { code } ... on SignalClosed { code } } }`,
        // Nobody's, or not an id: those who look change nothing by it.
        variables: { id: anyId(random, []) },
      };
  }
}

function agencyLook(random: Random, known: Known): Look {
  const who = "agency";
  switch (random.below(4)) {
    case 0:
      return {
        who,
        query: `query ($progress: [SignalProgress!], $first: Int) { sentSignals(progress: $progress, first: $first) {
          edges { cursor node { id progress sentAt dueBy } } pageInfo { hasNextPage endCursor } } }`,
        variables: {
          progress: random.chance(0.5) ? random.shuffle(progress).slice(0, 3) : null,
          first: 1 + random.below(50),
        },
      };
    case 1:
      return {
        who,
        query:
          "{ incidents { edges { cursor node { id reference occurredAt category reportedAt signals { id progress dueBy } } } pageInfo { hasNextPage } } }",
      };
    case 2:
      return {
        who,
        query: "query ($id: ID!) { incident(id: $id) { id occurredAt category signals { id progress sentAt } } }",
        variables: { id: anyId(random, known.incidents) },
      };
    default:
      return {
        who,
        query: `mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) {
          __typename ... on SentSignalNotFound { code } } }`,
        variables: { id: anyId(random, []) },
      };
  }
}
