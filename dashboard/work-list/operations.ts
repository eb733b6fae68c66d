import { operation } from "../api/ask.ts";
import type { ListSource } from "../api/use-live-list.ts";
import closeText from "../operations/leerplicht/close.graphql?raw";
import routeText from "../operations/leerplicht/route.graphql?raw";
import workListText from "../operations/leerplicht/work-list.graphql?raw";
import workListEventsText from "../operations/leerplicht/work-list-events.graphql?raw";
import { afterEvent, inOrder, type Task, type TaskEvent, type Tasks } from "./work-list.ts";

interface WorkListAnswer {
  readonly routingTasks: { readonly edges: readonly { readonly node: Task }[] };
}

interface EventAnswer {
  readonly routingTaskEvents: TaskEvent;
}

export interface GestureAnswer {
  readonly result: { readonly __typename: string; readonly code?: string };
}

/** Where the work list comes from. */
export const workListSource: ListSource<Tasks, WorkListAnswer, EventAnswer, TaskEvent> = {
  read: operation(workListText),
  events: operation(workListEventsText),
  listOf: ({ routingTasks }) => inOrder(routingTasks.edges.map(({ node }) => node)),
  eventOf: ({ routingTaskEvents }) => routingTaskEvents,
  afterEvent,
};

export const route = operation<
  GestureAnswer,
  { readonly taskId: string; readonly schoolId: string; readonly candidateId: string | null }
>(routeText);
export const close = operation<GestureAnswer, { readonly taskId: string; readonly outcome: string }>(closeText);
