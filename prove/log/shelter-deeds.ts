import { registryKey, supporter } from "../worlds/shelters.ts";
import { type Deed, deedsOf } from "./deed.ts";
import { agencies, type Scene } from "./scene.ts";

export const worker = {
  party: "shelter",
  organisation: agencies.shelter,
  scope: "guidance:manage conversations:manage",
};
const parent = { party: "parent", scope: "consents:own" };

const start = "mutation ($input: StartGuidanceInput!) { startGuidance(input: $input) { __typename } }";
const guidances = "{ guidances { id children { name } } }";
const guidance = "query ($id: ID!) { guidance(id: $id) { children { name } } }";
const change = "mutation ($input: ChangeSupporterInput!) { changeSupporter(input: $input) { __typename } }";
const end = "mutation ($id: ID!) { endGuidance(input: { guidanceId: $id }) { __typename } }";
const consent = "mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }";
const withdraw =
  "mutation ($id: ID!) { withdrawConsent(input: { consentId: $id }) { ... on ConsentWithdrawn { guidance { children { name } } } } }";
const violence = "mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) { __typename } }";
const invite =
  "mutation ($input: InviteParentInput!) { inviteParent(input: $input) { ... on ParentInvited { code } } }";
const open =
  "mutation ($code: String!) { openParentView(input: { code: $code }) { ... on ParentViewOpened { key view { children { name } } } } }";
const view = "query ($key: String!) { parentView(key: $key) { ... on ParentView { children { name } } } }";
const takeBack =
  "mutation ($key: String!, $id: ID!) { withdrawOwnConsent(input: { key: $key, consentId: $id }) { __typename } }";
const circles = "{ supportCircles { id } }";

/** What the shelter's part does for the sake of guidance. */
export function shelterDeeds(scene: Scene): readonly Deed[] {
  const ask = (query: string, variables = {}) => scene.ask("shelter", worker, query, variables);
  const asParent = (query: string, variables: object) => scene.ask("shelter", parent, query, { ...variables });
  const deed = deedsOf("shelter");
  const invited = async () => {
    const agreed = await scene.agreed();
    const input = { guidanceId: agreed.guidance, parentId: scene.parentOf(agreed) };
    const { inviteParent } = await ask(invite, { input });
    return { ...agreed, code: inviteParent.code };
  };
  const opened = async () => {
    const one = await invited();
    const { openParentView } = await asParent(open, { code: one.code });
    return { ...one, key: openParentView.key };
  };
  return [
    deed("the start of guidance", async () => {
      const input = { familyId: registryKey("family", scene.unguided()), supporter };
      return () => ask(start, { input });
    }),
    deed("the families in guidance", async () => {
      await scene.guided();
      return () => ask(guidances);
    }),
    deed("one family", async () => {
      const { guidance: id } = await scene.guided();
      return () => ask(guidance, { id });
    }),
    deed("another supporter", async () => {
      const { guidance: guidanceId } = await scene.guided();
      return () => ask(change, { input: { guidanceId, supporter: { ...supporter, name: "Noa Bos" } } });
    }),
    deed("the end of guidance", async () => {
      const { guidance: id } = await scene.agreed();
      return () => ask(end, { id });
    }),
    deed("a consent", async () => {
      const guided = await scene.guided();
      const { guidance: guidanceId, child: childId } = guided;
      const input = { guidanceId, childId, parentId: scene.parentOf(guided), validUntil: "2027-03-20" };
      return () => ask(consent, { input });
    }),
    deed("a consent that is withdrawn", async () => {
      const { consent: id } = await scene.agreed();
      return () => ask(withdraw, { id });
    }),
    deed("a consent that was withdrawn, once more", async () => {
      const { consent: id } = await scene.agreed();
      await ask(withdraw, { id });
      return () => ask(withdraw, { id });
    }),
    deed("violence", async () => {
      const { guidance: guidanceId, child } = await scene.guided();
      const occurredAt = "2027-03-08T08:00:00Z";
      const input = { guidanceId, childIds: [child], occurredAt, idempotencyKey: `log ${scene.key()}` };
      return () => ask(violence, { input });
    }),
    deed("a parent who is invited", async () => {
      const guided = await scene.guided();
      const input = { guidanceId: guided.guidance, parentId: scene.parentOf(guided) };
      return () => ask(invite, { input });
    }),
    deed("a parent's code", async () => {
      const { code } = await invited();
      return () => asParent(open, { code });
    }),
    deed("a parent's view", async () => {
      const { key } = await opened();
      return () => asParent(view, { key });
    }),
    deed("a consent that a parent takes back", async () => {
      const { key, consent: id } = await opened();
      return () => asParent(takeBack, { key, id });
    }),
    deed("the support circles of a school", async () => {
      const { number } = await scene.circle();
      const { id } = scene.world.region.child(number).school;
      const contact = { party: "school", organisation: "o", schools: [id], scope: "circles:read" };
      return () => scene.ask("shelter", contact, circles);
    }),
    deed("news of a child's school", async () => {
      const { circle: id } = await scene.circle();
      return () => scene.tell("shelter", "leerplicht", "recordSchool", { id, turn: 1_000, found: null });
    }),
  ];
}
