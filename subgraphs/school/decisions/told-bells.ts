import { bellsBetween } from "../../../plumbing/school-days/deadline.ts";
import type { SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";

/** How far back the first bells are told, in milliseconds: further than the incident of any signal lies. */
const lookBack = 32 * 24 * 60 * 60 * 1000;

/**
 * The first bells that the router is told, in their order, up to and with the next one to come: it sets the deadline by
 * the first after the incident, of which the school's part knows nothing.
 */
export function toldBells(now: Date, calendar: SchoolCalendar): Date[] {
  return bellsBetween(new Date(now.getTime() - lookBack), now, calendar);
}
