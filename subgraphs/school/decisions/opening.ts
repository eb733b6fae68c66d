import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../../../plumbing/dutch-time.ts";
import {
  firstBell,
  firstSchoolDay,
  isSchoolDay,
  type SchoolCalendar,
} from "../../../plumbing/school-days/school-calendar.ts";

/** When the contact persons of a school are reached on its school days, by the clock on the wall: `HH:MM`. */
export interface ContactHours {
  readonly opens: string;
  readonly closes: string;
  /** On every day and at every hour, whatever the others say. */
  readonly always: boolean;
}

/** The hours of a school that has set none. */
export const usualContactHours: ContactHours = { opens: "07:00", closes: "18:00", always: false };

/** How long before the first bell a contact is reached at the latest, in milliseconds: so that there is time to act. */
const lead = 60 * 60 * 1000;

/** When a signal that is there at `at` appears in the inbox: at once while the hours last, else at their next opening. */
export function opensAt(at: Date, hours: ContactHours, calendar: SchoolCalendar): Date {
  if (hours.always) return at;
  const today = dutchTime(at).toPlainDate();
  if (isSchoolDay(today, calendar)) {
    const { opening, closing } = openOn(today, hours, calendar);
    if (at < closing) return later(at, opening);
  }
  const next = firstSchoolDay(today.add({ days: 1 }), calendar);
  return later(at, openingOn(next, hours, calendar));
}

/** When the hours of a school day begin. */
export function openingOn(day: Temporal.PlainDate, hours: ContactHours, calendar: SchoolCalendar): Date {
  return openOn(day, hours, calendar).opening;
}

/** The hours of one day. However short they were set, the hour before the first bell is among them. */
function openOn(day: Temporal.PlainDate, { opens, closes }: ContactHours, calendar: SchoolCalendar) {
  const bell = firstBell(day.toString(), calendar).getTime();
  return {
    opening: new Date(Math.min(moment(day, opens), bell - lead)),
    closing: new Date(Math.max(moment(day, closes), bell)),
  };
}

function moment(day: Temporal.PlainDate, time: string): number {
  const plainTime = Temporal.PlainTime.from(time);
  return day.toZonedDateTime({ timeZone: dutchZone, plainTime }).epochMilliseconds;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
