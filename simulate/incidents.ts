import { Temporal } from "temporal-polyfill";
import { dutchZone } from "../plumbing/dutch-time.ts";
import { choose, type Dice } from "./dice.ts";
import { firstDay } from "./region.ts";

export interface Agency {
  readonly part: "police" | "shelter";
  readonly organisation: string;
}

/** One incident that an agency will report. */
export interface Incident {
  readonly number: number;
  readonly agency: Agency;
  /** Milliseconds since 1970, like the others. */
  readonly occurredAt: number;
  readonly reportedAt: number;
  readonly withdrawnAt: number | undefined;
  readonly children: readonly number[];
  /** Whether the same child was reported before. */
  readonly isRepeat: boolean;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const agencies: readonly (readonly [Agency, number])[] = [
  [{ part: "police", organisation: "00000099000000001000" }, 50],
  [{ part: "police", organisation: "00000099000000002000" }, 30],
  [{ part: "shelter", organisation: "00000099000000003000" }, 20],
];

/** When it happens at home: most of it in the evening and the night. By the hour of the day. */
const byHour = [7, 6, 5, 3, 2, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5, 6, 8, 9, 10, 11, 11, 9].map(
  (weight, at) => [at, weight] as const,
);

/** Saturday, Sunday and the long holidays weigh more. */
function weightOf(date: Temporal.PlainDate): number {
  const holiday = date.month === 12 && date.day > 20 ? 1.4 : date.month === 7 || date.month === 8 ? 1.2 : 1;
  return holiday * (date.dayOfWeek >= 5 ? 1.6 : 1);
}

/** About as many of the reports to Veilig Thuis are repeats during its involvement (design facts). */
const repeats = 0.28;

/** The year's incidents: as many as make so many signals. */
export function planIncidents(dice: Dice, signals: number, children: number): Incident[] {
  const first = Temporal.PlainDate.from(firstDay);
  const days = Array.from({ length: first.daysInYear - 1 }, (_, place) => {
    const date = first.add({ days: place });
    return [date, weightOf(date)] as const;
  });
  const incidents: Incident[] = [];
  for (let planned = 0, number = 0; planned < signals; number += 1) {
    const earlier = incidents[Math.floor(dice("earlier", number) * incidents.length)];
    const isRepeat = earlier !== undefined && dice("repeat", number) < repeats;
    const agency = choose(dice("agency", number), agencies);
    const home = Math.floor(dice("child", number) * children);
    const family = dice("siblings", number) < 0.15 && children > 1 ? [home, (home + 1) % children] : [home];
    const occurredAt = isRepeat
      ? earlier.occurredAt + Math.floor(dice("again", number) ** 2 * 20 * day) + 30 * minute
      : momentOn(choose(dice("day", number), days), dice, number);
    const reportedAt = occurredAt + (20 + Math.floor(dice("report", number) ** 2 * 300)) * minute;
    const withdrawn = dice("withdraw", number) < 0.03;
    const reported = (isRepeat ? earlier.children : family).slice(0, signals - planned);
    incidents.push({
      number,
      agency,
      occurredAt,
      reportedAt,
      withdrawnAt: withdrawn ? reportedAt + Math.floor(dice("regret", number) ** 3 * 2 * day) : undefined,
      children: reported,
      isRepeat,
    });
    planned += reported.length;
  }
  return incidents;
}

function momentOn(date: Temporal.PlainDate, dice: Dice, number: number): number {
  const at = { hour: choose(dice("hour", number), byHour), minute: Math.floor(dice("minute", number) * 60) };
  return date.toZonedDateTime({ timeZone: dutchZone, plainTime: at }).epochMilliseconds;
}
