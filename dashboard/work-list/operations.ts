import { operation } from "../api/ask.ts";
import type { Page } from "../api/page.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import type { ListSource } from "../api/use-live-list.ts";
import claimText from "../operations/leerplicht/claim.graphql?raw";
import closeText from "../operations/leerplicht/close.graphql?raw";
import endedTasksText from "../operations/leerplicht/ended-tasks.graphql?raw";
import releaseText from "../operations/leerplicht/release.graphql?raw";
import routeText from "../operations/leerplicht/route.graphql?raw";
import workListText from "../operations/leerplicht/work-list.graphql?raw";
import workListEventsText from "../operations/leerplicht/work-list-events.graphql?raw";
import { afterEvent, type EndedTask, inOrder, type Task, type TaskEvent, type Tasks } from "./work-list.ts";

interface WorkListAnswer {
  readonly routingTasks: Page<Task>;
}

interface EventAnswer {
  readonly routingTaskEvents: TaskEvent;
}

/** Where the work list comes from. */
export const workListSource: ListSource<Tasks, WorkListAnswer, EventAnswer, TaskEvent> = {
  read: operation(workListText),
  events: operation(workListEventsText),
  listOf: ({ routingTasks }) => inOrder(routingTasks.edges.map(({ node }) => node)),
  isCut: ({ routingTasks }) => routingTasks.pageInfo.hasNextPage,
  eventOf: ({ routingTaskEvents }) => routingTaskEvents,
  afterEvent,
};

export const endedTasks = operation<{ readonly routingTasks: Page<EndedTask> }>(endedTasksText);

type OfTask = { readonly taskId: string };

export const claim = operation<OutcomeAnswer, OfTask>(claimText);
export const release = operation<OutcomeAnswer, OfTask>(releaseText);
export const route = operation<
  OutcomeAnswer,
  OfTask & { readonly schoolId: string; readonly candidateId: string | null }
>(routeText);
export const close = operation<OutcomeAnswer, OfTask & { readonly outcome: string }>(closeText);
