import type { Random } from "../random.ts";
import type { Guided, OneWorld } from "./one-world.ts";
import { farSite, registryKey, shelters, supporter } from "./shelters.ts";

const day = 24 * 3_600_000;

const worker = {
  party: "shelter",
  organisation: shelters.hidden,
  scope: "incidents:report signals:read guidance:manage conversations:manage",
};

const startGuidance = `mutation ($input: StartGuidanceInput!) { startGuidance(input: $input) {
  ... on GuidanceStarted { guidance { id children { id name } } } } }`;
const recordConsent = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
  ... on ConsentRecorded { guidance { children { id consents { id } } } } ... on ConsentRefused { code } } }`;
const withdrawConsent = "mutation ($id: ID!) { withdrawConsent(input: { consentId: $id }) { __typename } }";
const endGuidance = "mutation ($id: ID!) { endGuidance(input: { guidanceId: $id }) { __typename } }";
const violence = "mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) { __typename } }";
const callForTalk =
  "mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ... on ConversationChanged { conversation { id } } } }";
const talks = "{ conversations { id status child { id } } }";
const proposeMoments = `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) {
  ... on ConversationChanged { conversation { id } } ... on ConversationRefused { code } } }`;

/** Has a child's family in guidance, which begins now where it had not yet. */
export async function ensureGuided(world: OneWorld, number: number): Promise<Guided> {
  const known = world.guided.get(number);
  if (known !== undefined) return known;
  const input = { familyId: registryKey("family", number), supporter };
  const { startGuidance: started } = await world.ask("shelter", worker, startGuidance, { input });
  const guided = { guidance: started.guidance.id, child: started.guidance.children[0].id, number };
  world.guided.set(number, guided);
  return guided;
}

let keys = 0;

export async function reportViolence(world: OneWorld, { guidance, child }: Guided, occurredAt: Date): Promise<void> {
  keys += 1;
  const input = { guidanceId: guidance, childIds: [child], occurredAt, idempotencyKey: `violence ${keys}` };
  await world.ask("shelter", worker, violence, { input });
}

/** What a parent agrees to. */
export interface Agreed {
  readonly covers: readonly string[];
  /** The one school that it is for. */
  readonly schoolId?: string;
}

/** Has a parent consent, and does not yet do what comes of it. @returns the id of the consent, and of the circle */
export async function consent(world: OneWorld, number: number, agreed: Agreed): Promise<string> {
  const { guidance, child } = await ensureGuided(world, number);
  const validUntil = new Date(world.clock.now().getTime() + 21 * day).toISOString().slice(0, 10);
  const parentId = registryKey("parent", number);
  const input = { guidanceId: guidance, childId: child, parentId, validUntil, ...agreed };
  const { recordConsent: recorded } = await world.ask("shelter", worker, recordConsent, { input });
  return recorded.guidance.children[0].consents[0].id;
}

export async function withdraw(world: OneWorld, consentId: string): Promise<void> {
  await world.ask("shelter", worker, withdrawConsent, { id: consentId });
}

/** Has the shelter call for a talk out of another concern than violence. */
export async function concern(world: OneWorld, circle: string): Promise<void> {
  await world.ask("shelter", worker, callForTalk, { id: circle });
}

/** Has the supporter propose when to talk about a child, whatever the talk was called for. */
export async function propose(world: OneWorld, number: number, moments: readonly Date[]): Promise<void> {
  const { child } = await ensureGuided(world, number);
  const { conversations } = await world.ask("shelter", worker, talks, {});
  const talk = conversations.find((one: { child: { id: string } }) => one.child.id === child);
  if (talk === undefined) throw new Error("There is no talk to propose moments for");
  await world.ask("shelter", worker, proposeMoments, {
    input: { conversationId: talk.id, moments, place: "Op school" },
  });
}

/** What a school may not know of a family of its own pupils, each by itself and in each world anew. */
const secrets: readonly ((world: OneWorld, number: number) => Promise<void>)[] = [
  async (world, number) => void (await ensureGuided(world, number)),
  async (world, number) => {
    await consent(world, number, { covers: ["CONCERNS", "PAST_TALKS"], schoolId: farSite });
    await world.settle();
  },
  // Taken back before Leerplicht has looked: there never was a circle.
  async (world, number) => {
    await withdraw(world, await consent(world, number, { covers: [] }));
    await world.settle();
  },
  async (world, number) => {
    const { guidance } = await ensureGuided(world, number);
    await world.ask("shelter", worker, endGuidance, { id: guidance });
    world.guided.delete(number);
  },
];

/** Has some families of a school's pupils in guidance, without a consent that the school may know of. */
export async function guideInSecret(world: OneWorld, random: Random, children: readonly number[]): Promise<void> {
  for (const number of random.some(children, 0.4)) await random.pick(secrets)(world, number);
  await world.settle();
}
