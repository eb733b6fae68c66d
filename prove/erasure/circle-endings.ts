import { withClient } from "../../system/databases.ts";
import type { ErasableChild } from "./children.ts";
import { day, enrolled, type Stage } from "./endings.ts";
import type { Caller, Json } from "./system.ts";

const worker = {
  party: "shelter",
  organisation: "00000099000000003000",
  scope: "guidance:manage conversations:manage",
};
const parent = { party: "parent", scope: "consents:own" };
const supporter = { name: "Bo Maas", email: "bo@example.nl" };

/** A family in guidance, about one child. */
interface Guided {
  readonly guidanceId: string;
  readonly childId: string;
  readonly parentId: string;
}

/** Every way in which a support circle ends, by what happened to it. */
export const circleEndings: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async "guided, and never consented to"(stage) {
    const guided = await guide(stage, stage.children.make());
    await endGuidance(stage, guided);
  },
  async "a circle whose consent is withdrawn"(stage) {
    const { guided, consentId } = await circle(stage);
    await withdraw(stage, consentId);
    await endGuidance(stage, guided);
  },
  async "a circle of two parents, both of whom withdraw by their own view"(stage) {
    const { child, guided, consentId } = await circle(stage);
    const [partner] = await clients(
      stage,
      "select client_uid as id from registry.client where gezin_uid = (select gezin_uid from registry.client where client_uid = $1) and gezinsrol = 'partner'",
      [guided.parentId],
    );
    const other = { ...guided, parentId: partner ?? "" };
    const theirs = await consent(stage, other);
    await stage.underWay(child);
    for (const [whose, id] of [
      [guided, consentId],
      [other, theirs],
    ] as const)
      await withdrawOwn(stage, whose, id);
    await endGuidance(stage, guided);
  },
  async "a circle whose consent comes to its last day"(stage) {
    const { guided } = await circle(stage, 1);
    await stage.system.passTo(new Date(stage.system.clock.now().getTime() + 3 * day));
    await endGuidance(stage, guided);
  },
  async "a circle that ends with its guidance, after a talk"(stage) {
    const { child, guided, circleId, contact } = await circle(stage);
    const { givenName } = child;
    const conversationId = (await gesture(stage, contact, "callForTalk", { circleId })).conversation.id;
    const moment = new Date(stage.system.clock.now().getTime() + day);
    await gesture(stage, worker, "proposeMoments", {
      conversationId,
      moments: [moment],
      place: `Room of ${givenName}`,
    });
    await gesture(stage, contact, "chooseMoment", { conversationId, moment });
    await stage.system.passTo(new Date(moment.getTime() + 1));
    const by = new Date(moment.getTime() + 2 * day).toISOString().slice(0, 10);
    const actions = [{ what: `Call for ${givenName}`, who: "SUPPORTER", by }];
    await gesture(stage, worker, "recordTalk", { conversationId, actions });
    await stage.underWay(child);
    await endGuidance(stage, guided);
  },
  async "a circle for which no school is found"(stage) {
    const child = stage.children.make();
    const guided = await guide(stage, child);
    const consentId = await consent(stage, guided);
    await stage.system.settle();
    await stage.underWay(child);
    await withdraw(stage, consentId);
    await endGuidance(stage, guided);
  },
};

/** A circle that stands, of a child who goes to school. @param days on which the consent still holds, besides today */
async function circle(stage: Stage, days = 20) {
  const { child, site } = await enrolled(stage);
  const guided = await guide(stage, child);
  const consentId = await consent(stage, guided, days);
  const contact = {
    party: "school",
    organisation: "school",
    schools: [site],
    scope: "circles:read conversations:manage",
  };
  const circleId: string = await stage.system.until(async () => {
    const { supportCircles } = await stage.system.ask(contact, "{ supportCircles { id pupil { birthDate } } }");
    return supportCircles.find(({ pupil }: Json) => pupil?.birthDate === child.birthDate)?.id;
  });
  await stage.underWay(child);
  return { child, guided, consentId, circleId, contact };
}

/** Writes a family of two parents and the child, as the shelter's own system does, and begins to guide it. */
async function guide(stage: Stage, child: ErasableChild): Promise<Guided> {
  const { bsn, givenName, familyName, birthDate } = child;
  const [familyId = ""] = await clients(
    stage,
    "insert into registry.gezin (locatienr) values (1) returning gezin_uid as id",
  );
  const [parentId = ""] = await clients(
    stage,
    "insert into registry.client (gezin_uid, gezinsrol, voornaam) values ($1, 'ouder', 'Kim'), ($1, 'partner', 'Sam') returning client_uid as id",
    [familyId],
  );
  const keys = await clients(
    stage,
    `insert into registry.client (gezin_uid, gezinsrol, burgerservicenummer, voornaam, achternaam, geboren_op)
     values ($1, 'kind', $2, $3, $4, $5) returning client_uid as id`,
    [familyId, bsn, givenName, familyName, birthDate],
  );
  child.clientKeys.push(...keys);
  const { startGuidance } = await stage.system.ask(
    worker,
    `mutation ($input: StartGuidanceInput!) { startGuidance(input: $input) {
       ... on GuidanceStarted { guidance { id children { id } } } } }`,
    { input: { familyId, supporter } },
  );
  const { id, children } = startGuidance.guidance;
  return { guidanceId: id, childId: children[0].id, parentId };
}

async function consent(stage: Stage, guided: Guided, days = 20): Promise<string> {
  const validUntil = new Date(stage.system.clock.now().getTime() + days * day).toISOString().slice(0, 10);
  const { recordConsent } = await stage.system.ask(
    worker,
    `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) {
       ... on ConsentRecorded { guidance { children { consents { id state givenBy { id } } } } } } }`,
    { input: { ...guided, validUntil, covers: ["CONCERNS"] } },
  );
  const { consents } = recordConsent.guidance.children[0];
  return consents.find(({ state, givenBy }: Json) => state === "GIVEN" && givenBy.id === guided.parentId).id;
}

async function withdraw(stage: Stage, consentId: string): Promise<void> {
  await answered(stage, worker, "withdrawConsent", { consentId }, "ConsentWithdrawn");
}

/** The parent takes the consent back by the own view, which a code of the supporter's opens. */
async function withdrawOwn(stage: Stage, { guidanceId, parentId }: Guided, consentId: string): Promise<void> {
  const { inviteParent } = await stage.system.ask(
    worker,
    "mutation ($input: InviteParentInput!) { inviteParent(input: $input) { ... on ParentInvited { code } } }",
    { input: { guidanceId, parentId } },
  );
  const { openParentView } = await stage.system.ask(
    parent,
    "mutation ($input: OpenParentViewInput!) { openParentView(input: $input) { ... on ParentViewOpened { key } } }",
    { input: { code: inviteParent.code } },
  );
  await answered(stage, parent, "withdrawOwnConsent", { key: openParentView.key, consentId }, "ParentView");
}

async function endGuidance(stage: Stage, { guidanceId }: Guided): Promise<void> {
  await answered(stage, worker, "endGuidance", { guidanceId }, "GuidanceEnded");
  await stage.system.settle();
}

function inputOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
}

/** @throws Error where it is answered otherwise */
async function answered({ system }: Stage, by: Caller, name: string, input: object, typename: string): Promise<void> {
  const data = await system.ask(by, `mutation ($input: ${inputOf(name)}!) { ${name}(input: $input) { __typename } }`, {
    input,
  });
  if (data[name].__typename !== typename) throw new Error(`${name} was answered ${data[name].__typename}`);
}

/** @throws Error where it is refused */
async function gesture({ system }: Stage, by: Caller, name: string, input: object): Promise<Json> {
  const data = await system.ask(
    by,
    `mutation ($input: ${inputOf(name)}!) { ${name}(input: $input) {
       ... on ConversationChanged { conversation { id } } ... on ConversationRefused { code } } }`,
    { input },
  );
  if (data[name].code !== undefined) throw new Error(`${name} was refused: ${data[name].code}`);
  return data[name];
}

/** What a statement of the shelter's own system gives: keys. */
async function clients({ system }: Stage, sql: string, values: unknown[] = []): Promise<string[]> {
  return withClient(system.databases.shelter.registryUrl, async (registry) =>
    (await registry.query<{ id: string }>(sql, values)).rows.map(({ id }) => id),
  );
}
