import { type Operation, operation } from "../api/ask.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import type { ListSource } from "../api/use-live-list.ts";
import schoolEventsText from "../operations/school/talk-events.graphql?raw";
import schoolTalksText from "../operations/school/talks.graphql?raw";
import callForTalkText from "../operations/school+shelter/call-for-talk.graphql?raw";
import cancelTalkText from "../operations/school+shelter/cancel-talk.graphql?raw";
import chooseMomentText from "../operations/school+shelter/choose-moment.graphql?raw";
import confirmActionText from "../operations/school+shelter/confirm-action.graphql?raw";
import proposeMomentsText from "../operations/school+shelter/propose-moments.graphql?raw";
import recordTalkText from "../operations/school+shelter/record-talk.graphql?raw";
import shelterEventsText from "../operations/shelter/talk-events.graphql?raw";
import shelterTalksText from "../operations/shelter/talks.graphql?raw";
import { afterEvent, type Role, type TalkEvent, type Talks } from "./talks.ts";

interface TalksAnswer {
  readonly toCome: Talks;
  readonly over: Talks;
}

interface EventAnswer {
  readonly conversationEvents: TalkEvent;
}

/** Where talks come from. */
type TalkSource = ListSource<Talks, TalksAnswer, EventAnswer, TalkEvent>;

function source(read: string, events: string): TalkSource {
  return {
    read: operation(read),
    events: operation(events),
    listOf: ({ toCome, over }) => [...toCome, ...over],
    eventOf: ({ conversationEvents }) => conversationEvents,
    afterEvent,
  };
}

export const talksAtSchool = source(schoolTalksText, schoolEventsText);
export const talksAtShelter = source(shelterTalksText, shelterEventsText);

type Gesture<Input> = Operation<OutcomeAnswer, { readonly input: Input }>;
type OfTalk = { readonly conversationId: string };

export interface NewAction {
  readonly what: string;
  readonly who: Role;
  /** ISO 8601, a day. */
  readonly by: string;
}

export const callForTalk: Gesture<{ readonly circleId: string }> = operation(callForTalkText);
export const proposeMoments: Gesture<OfTalk & { readonly moments: readonly string[]; readonly place: string }> =
  operation(proposeMomentsText);
export const chooseMoment: Gesture<OfTalk & { readonly moment: string }> = operation(chooseMomentText);
export const recordTalk: Gesture<OfTalk & { readonly actions: readonly NewAction[] }> = operation(recordTalkText);
export const cancelTalk: Gesture<OfTalk> = operation(cancelTalkText);
export const confirmAction: Gesture<{ readonly actionId: string }> = operation(confirmActionText);
