import { Temporal } from "temporal-polyfill";
import { dutchTime, dutchZone } from "../plumbing/dutch-time.ts";
import { bellAfter, deadline } from "../plumbing/school-days/deadline.ts";
import { calendarOfRegion } from "../plumbing/school-days/official-holidays.ts";
import { defaultRegion } from "../plumbing/school-days/school-calendar.ts";

/** What the school of a scripted child does with a signal. */
export type ScriptedGesture = "acknowledgeSignal" | "confirmSupport" | "returnSignal";

/** What a scripted child's name says of its signals. */
interface Script {
  readonly gesture: ScriptedGesture;
  /** When the gesture is made. */
  due(raisedAt: Date): Date;
}

/**
 * Fictional children of the demonstration whose names script what happens, for integrators who want to see it: by the
 * name that a contact reads. They are pupils of one demonstration school, and nowhere else.
 */
const scripts: Readonly<Record<string, Script>> = {
  "Ruben Retour": { gesture: "returnSignal", due: (raisedAt) => raisedAt },
  "Sanne Steun": { gesture: "confirmSupport", due: (raisedAt) => raisedAt },
  "Vera Vijfoverachten": { gesture: "acknowledgeSignal", due: nextFivePastEight },
  // An hour past any deadline that it can have, for the incident was before the signal.
  "Lotte Telaat": {
    gesture: "acknowledgeSignal",
    due: (raisedAt) => {
      const latest = deadline(raisedAt, bellAfter(raisedAt, calendarOfRegion(defaultRegion)));
      return new Date(latest.getTime() + 60 * 60 * 1000);
    },
  },
};

/** The gesture that is due for a signal that nobody has seen; undefined where it is none of a script, or not yet. */
export function scriptedGesture(pupilName: string, raisedAt: Date, now: Date): ScriptedGesture | undefined {
  const script = Object.hasOwn(scripts, pupilName) ? scripts[pupilName] : undefined;
  return script !== undefined && script.due(raisedAt) <= now ? script.gesture : undefined;
}

/** 08:05 by the clock on the wall in the Netherlands. */
function nextFivePastEight(at: Date): Date {
  const local = dutchTime(at);
  const today = local.toPlainDate();
  const moment = Temporal.PlainTime.from("08:05");
  const day = Temporal.PlainTime.compare(local.toPlainTime(), moment) < 0 ? today : today.add({ days: 1 });
  return new Date(day.toZonedDateTime({ timeZone: dutchZone, plainTime: moment }).epochMilliseconds);
}
