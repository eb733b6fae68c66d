import { operation } from "../api/ask.ts";
import type { Page } from "../api/page.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import type { ListSource } from "../api/use-live-list.ts";
import releaseListText from "../operations/release/release-list.graphql?raw";
import releaseListEventsText from "../operations/release/release-list-events.graphql?raw";
import releaseSignalText from "../operations/release/release-signal.graphql?raw";
import stopSignalText from "../operations/release/stop-signal.graphql?raw";
import { afterEvent, inOrder, type ReleaseEvent, type ReleaseTask, type ReleaseTasks } from "./release-list.ts";

interface ListAnswer {
  readonly releaseTasks: Page<ReleaseTask>;
}

interface EventAnswer {
  readonly releaseTaskEvents: ReleaseEvent;
}

/** Where the desk's list comes from. */
export const releaseListSource: ListSource<ReleaseTasks, ListAnswer, EventAnswer, ReleaseEvent> = {
  read: operation(releaseListText),
  events: operation(releaseListEventsText),
  listOf: ({ releaseTasks }) => inOrder(releaseTasks.edges.map(({ node }) => node)),
  isCut: ({ releaseTasks }) => releaseTasks.pageInfo.hasNextPage,
  eventOf: ({ releaseTaskEvents }) => releaseTaskEvents,
  afterEvent,
};

export const releaseSignal = operation<OutcomeAnswer, { readonly taskId: string }>(releaseSignalText);
export const stopSignal = operation<OutcomeAnswer, { readonly taskId: string; readonly reason: string }>(
  stopSignalText,
);
