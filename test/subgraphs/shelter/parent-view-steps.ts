import type { Json } from "../../subgraph.ts";
import { type ConsentedFamily, type GuidedShelter, worker } from "./guided-shelter.ts";

export const parent = { party: "parent", scope: "consents:own" };
const talkFields = "id status moments concern { kind } participants { role name }";
const fields = `until supporter { name telephone email } children { name consents { id state covers schoolId namedSchool { id }
  school { circleKey } sharings { schoolId school { id } since until } } } conversations { ${talkFields} }`;
export const invite = `mutation ($input: InviteParentInput!) { inviteParent(input: $input) {
  ... on ParentInvited { secret: code validUntil } ... on InvitationRefused { code } ... on GuidanceNotFound { code } } }`;
export const open = `mutation ($code: String!) { openParentView(input: { code: $code }) {
  ... on ParentViewOpened { key view { ${fields} } } ... on ParentViewRefused { code } } }`;
export const see = `query ($key: String!) { parentView(key: $key) { ... on ParentView { ${fields} } ... on ParentViewRefused { code } } }`;
export const withdraw = `mutation ($input: WithdrawOwnConsentInput!) { withdrawOwnConsent(input: $input) {
  ... on ParentView { ${fields} } ... on ParentViewRefused { code } ... on OwnConsentNotFound { code } } }`;

/** How a parent comes to a view. */
export interface ParentSteps {
  /** A parent's code. */
  invited(input: Json): Promise<string>;
  /** A family with a school in, and the parent's view of it. */
  opened(change?: Json): Promise<ConsentedFamily & { readonly key: string; readonly view: Json }>;
}

export function parentSteps(shelter: GuidedShelter): ParentSteps {
  const invited: ParentSteps["invited"] = async ({ guidanceId, parentId }) =>
    (await shelter.as(worker, invite, { input: { guidanceId, parentId } })).secret;
  return {
    invited,
    async opened(change = {}) {
      const family = await shelter.consented(change);
      await shelter.found(family.circle, 1, "99AA00");
      const { key, view } = await shelter.as(parent, open, { code: await invited(family.input) });
      return { ...family, key, view };
    },
  };
}
