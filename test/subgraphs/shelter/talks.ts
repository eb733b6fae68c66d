import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { contact, type GuidedShelter, router, worker } from "./guided-shelter.ts";

const fields = `id status concern { kind raisedBy } participants { role name } moments startsAt place invitation
  actions { id what who by keptAt }`;
const answer = `{ __typename ... on ConversationChanged { conversation { ${fields} } } ... on ConversationRefused { code } }`;

/** Every gesture on a talk, as a document with one variable `$input`. */
const gestures = {
  call: `mutation ($input: CallForTalkInput!) { callForTalk(input: $input) ${answer} }`,
  propose: `mutation ($input: ProposeMomentsInput!) { proposeMoments(input: $input) ${answer} }`,
  choose: `mutation ($input: ChooseMomentInput!) { chooseMoment(input: $input) ${answer} }`,
  record: `mutation ($input: RecordTalkInput!) { recordTalk(input: $input) ${answer} }`,
  confirm: `mutation ($input: ConfirmActionInput!) { confirmAction(input: $input) ${answer} }`,
  cancel: `mutation ($input: CancelTalkInput!) { cancelTalk(input: $input) ${answer} }`,
};
export type Gesture = keyof typeof gestures;

export const moments = ["2026-11-26T14:00:00.000Z", "2026-11-27T08:30:00.000Z"];
export const place = "Opvanghuis De Steiger";
/** The contact person of another school. */
export const otherSchool = { ...contact, schools: ["99AB00"] };

/** A family whose consent stands, with the school in. */
export type Circle = Awaited<ReturnType<GuidedShelter["consented"]>>;

/** What is done and seen of talks at a shelter. */
export interface Talks {
  gesture(who: TestClaims, name: Gesture, input: Json): Promise<Json>;
  /** Why a gesture is refused. */
  refusal(who: TestClaims, name: Gesture, input: Json): Promise<string | undefined>;
  list(who: TestClaims, over?: boolean): Promise<Json[]>;
  seen(who: TestClaims, id: string): Promise<Json>;
  circle(change?: Json): Promise<Circle>;
  called(who: TestClaims, circleId: string): Promise<Json>;
  /** A talk that the supporter called for and that is planned for the later of `moments`. */
  planned(change?: Json): Promise<Circle & { readonly conversationId: string }>;
  /** The same, held, with one action agreed. The clock stands after it. */
  held(change?: Json): Promise<Circle & { readonly conversationId: string; readonly actionId: string }>;
  /** Leerplicht calls for a talk about the child's absence. */
  absence(family: Circle): Promise<void>;
  /** The supporter reports violence in the family. */
  violence(family: Circle): Promise<void>;
  /** What a side was told of a talk so far, as the events stand in the database. */
  told(side: string, conversationId: string): Promise<number>;
}

export function talksAt(shelter: GuidedShelter): Talks {
  const talks: Talks = {
    gesture: (who, name, input) => shelter.as(who, gestures[name], { input }),
    refusal: async (who, name, input) => (await talks.gesture(who, name, input)).code,
    list: (who, over = false) =>
      shelter.as(who, `query ($over: Boolean) { conversations(over: $over) { ${fields} } }`, { over }),
    seen: (who, id) => shelter.as(who, `query ($id: ID!) { conversation(id: $id) { ${fields} } }`, { id }),
    async circle(change = {}) {
      const family = await shelter.consented(change);
      await shelter.found(family.circle, 1, "99AA00");
      return family;
    },
    called: async (who, circleId) => (await talks.gesture(who, "call", { circleId })).conversation,
    async planned(change = {}) {
      const family = await talks.circle(change);
      const { id: conversationId } = await talks.called(worker, family.circle);
      await talks.gesture(worker, "propose", { conversationId, moments, place });
      await talks.gesture(contact, "choose", { conversationId, moment: moments[1] });
      return { ...family, conversationId };
    },
    async held(change = {}) {
      const talk = await talks.planned(change);
      shelter.now = new Date("2026-11-27T09:00:00Z");
      const actions = [{ what: "Bellen", who: "SUPPORTER", by: "2026-11-28" }];
      const { conversationId } = talk;
      const { conversation } = await talks.gesture(worker, "record", { conversationId, actions });
      return { ...talk, actionId: conversation.actions[0].id };
    },
    async absence({ circle }) {
      await shelter.as(router, "mutation ($input: RaiseAbsenceInput!) { raiseAbsence(input: $input) { accepted } }", {
        input: { id: randomUUID(), circleId: circle },
      });
    },
    async violence({ id, input }) {
      const reported = await shelter.as(
        worker,
        "mutation ($input: ReportViolenceInput!) { reportViolence(input: $input) { __typename } }",
        {
          input: {
            idempotencyKey: randomUUID(),
            guidanceId: id,
            childIds: [input.childId],
            occurredAt: new Date(shelter.now.getTime() - 3_600_000),
          },
        },
      );
      expect(reported).toEqual({ __typename: "ViolenceReported" });
    },
    async told(side, conversationId) {
      const [{ count }] = await shelter.rows(
        "select count(*)::int from care.event where stream = $1 and subject = $2",
        [`conversation:${side}`, conversationId],
      );
      return count;
    },
  };
  return talks;
}
