import { getNamedType, isEnumType } from "graphql";
import type { Random } from "../random.ts";
import { type FixedDocument, generated } from "./documents.ts";
import type { Door } from "./gateways.ts";
import { contacts, nobody, partyOf } from "./lookers.ts";

/** Who looks after the schools, which no other part than the office knows. */
export const officers = "{ schools { leerplichtOfficer { id } } }";

/** One thing that somebody who looks on asks, and as whom. */
export interface Look {
  readonly who: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What is odd about the request below GraphQL. */
  readonly oddity?: Oddity;
  /** Which gateway is asked; the open one unless it is said. */
  readonly door?: Door;
}

const oddities = [
  "get",
  "form",
  "batch",
  "not json",
  "empty",
  "foreign origin",
  "known origin",
  "accepts html",
  "by hash",
] as const;

export type Oddity = (typeof oddities)[number];

/** What was told to somebody in the same pair of worlds, by what it is of. */
export interface Known {
  readonly signals: string[];
  readonly circles: string[];
  readonly conversations: string[];
  readonly actions: string[];
  readonly sent: string[];
  readonly incidents: string[];
  readonly guidances: string[];
  readonly cursors: string[];
  readonly sites: string[];
}

/** Whose ids a root field takes. */
const idsOf: Readonly<Record<string, keyof Known>> = {
  signal: "signals",
  conversation: "conversations",
  school: "sites",
  incident: "incidents",
  guidance: "guidances",
};

/** What the contracts have no word for, and other invalid things. */
const invalid = [
  "{ sentSignals { edges { node { id } } } }",
  "{ routingTasks { edges { node { reason child { name } } } } }",
  '{ statistics(from: "2027-01-01", to: "2027-12-31") { signals } }',
  "{ guidances { id children { name } } }",
  "{ supportCircles { id guidance consent } }",
  "{ signals { edges { node { pupil { supportCircle { id } circleKey } } } } }",
  "{ signals { edges { node { dueBy source reports } } } }",
  "{ signals { totalCount } }",
  "{ __schema { types { name } } }",
  '{ __type(name: "SentSignal") { name fields { name } } }',
  '{ __type(name: "Guidance") { name fields { name } } }',
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
  'mutation { openCircle(input: { id: "x" }) { __typename } }',
  `{ ${Array.from({ length: 40 }, (_, place) => `a${place}: me { id }`).join(" ")} }`,
  `{ ${"signals { edges { node { ".repeat(8)} id ${"} } } ".repeat(8)} }`,
  "{ me { id @include(if: $nothing) } }",
  "{ _entities(representations: []) { __typename } _service { sdl } }",
];

/** Deeds that change nothing where they are about what is nobody's. */
const vain: readonly FixedDocument[] = [
  ...["acknowledgeSignal", "confirmSupport"].map((deed) => ({
    party: "school",
    text: `mutation ($id: ID!) { ${deed}(input: { signalId: $id }) { __typename ... on SignalNotFound { code } } }`,
  })),
  ...["school", "shelter"].flatMap((party) =>
    [
      "callForTalk(input: { circleId: $id })",
      "cancelTalk(input: { conversationId: $id })",
      "confirmAction(input: { actionId: $id })",
    ].map((deed) => ({
      party,
      text: `mutation ($id: ID!) { ${deed} { __typename ... on ConversationRefused { code } } }`,
    })),
  ),
  ...["police", "shelter"].map((party) => ({
    party,
    text: `mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename ... on SentSignalNotFound { code } } }`,
  })),
  {
    party: "shelter",
    text: "mutation ($id: ID!) { withdrawConsent(input: { consentId: $id }) { __typename ... on ConsentNotFound { code } } }",
  },
];

/** What is asked again and again. */
export const lookDocuments: readonly FixedDocument[] = [
  ...generated,
  ...vain,
  { party: "school", text: "{ __typename }" },
  { party: "police", text: "{ __typename }" },
  { party: "shelter", text: "{ __typename }" },
];

const byParty = Map.groupBy(generated, ({ party }) => party);
const vainByParty = Map.groupBy(vain, ({ party }) => party);

const asking = [...contacts, "teacher", "vendor", "vendor", "agency", "agency", "worker"];
const outside = ["no scope", "expired", nobody];

/** A question that changes nothing. */
export function anyLook(random: Random, known: Known): Look {
  const who = random.pick(asking);
  const door: Door = random.chance(0.5) ? "open" : "registered";
  const chance = random.next();
  if (chance < 0.1) return { who: random.pick([who, ...outside]), query: random.pick(invalid), door };
  if (chance < 0.15) return { who, query: "{ __typename }", oddity: random.pick(oddities), door };
  if (chance < 0.2) {
    // Of another's contract, or as somebody who may ask nothing.
    const { text, field } = random.pick(generated);
    return { who: random.pick([who, ...outside]), query: text, variables: anyVariables(random, field, known), door };
  }
  if (chance < 0.23) {
    const { text } = random.pick(vainByParty.get(partyOf(who)) ?? []);
    return { who, query: text, variables: { id: anyId(random, []) }, door };
  }
  const { text, field } = random.pick(byParty.get(partyOf(who)) ?? []);
  const oddity = door === "registered" && random.chance(0.3) ? "by hash" : undefined;
  return { who, query: text, variables: anyVariables(random, field, known), door, ...(oddity && { oddity }) };
}

function anyVariables(random: Random, field: FixedDocument["field"], known: Known): Record<string, unknown> {
  return Object.fromEntries(
    (field?.args ?? []).map(({ name, type }) => {
      const named = getNamedType(type);
      if (name === "id") return [name, anyId(random, known[idsOf[field?.name ?? ""] ?? "signals"])];
      if (name === "schoolId") return [name, random.chance(0.3) ? anyId(random, known.sites) : null];
      if (name === "after") {
        const { cursors } = known;
        return [name, random.chance(0.2) && cursors.length > 0 ? random.pick(cursors) : null];
      }
      if (name === "first") return [name, random.chance(0.4) ? random.below(4) : 50];
      if (isEnumType(named)) {
        const values = named.getValues().map((value) => value.name);
        return [name, random.chance(0.4) ? random.shuffle(values).slice(0, 2) : null];
      }
      if (named.name === "Boolean") return [name, random.chance(0.5)];
      throw new Error(`What to ask ${field?.name} with as ${name} is not known`);
    }),
  );
}

/** An id of ours, of another's, of nobody's, or none at all. */
function anyId(random: Random, known: readonly string[]): string {
  const odd = ["00000000-0000-4000-8000-00000000000f", "", "x", "1 or 1=1", "__proto__"];
  return known.length > 0 && random.chance(0.8) ? random.pick(known) : random.pick(odd);
}
