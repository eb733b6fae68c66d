import { operation } from "../api/ask.ts";
import type { ListSource } from "../api/use-live-list.ts";
import circleEventsText from "../operations/school/circle-events.graphql?raw";
import circlesText from "../operations/school/circles.graphql?raw";
import { afterEvent, type CircleEvent, type Circles } from "./circles.ts";

interface CirclesAnswer {
  readonly supportCircles: Circles;
}

interface EventAnswer {
  readonly supportCircleEvents: CircleEvent;
}

/** Where the circles come from. */
export const circlesSource: ListSource<Circles, CirclesAnswer, EventAnswer, CircleEvent> = {
  read: operation(circlesText),
  events: operation(circleEventsText),
  listOf: ({ supportCircles }) => supportCircles,
  eventOf: ({ supportCircleEvents }) => supportCircleEvents,
  afterEvent,
};
