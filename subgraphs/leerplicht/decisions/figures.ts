import { Temporal } from "temporal-polyfill";

/** Every figure is about so many signals at least, and changes by so many at a time. */
export const step = 5;

/** The longest time that one answer is about, in months. */
const longestRange = 60;

/** A run of whole months, by the first day of the first and of the last. */
export interface Months {
  readonly first: string;
  readonly last: string;
}

/** Widens two days (`YYYY-MM-DD`, both counted) to whole months: of a part of a month nothing is told. */
export function wholeMonths(from: string, to: string): Months {
  const last = Temporal.PlainDate.from(to).with({ day: 1 });
  const earliest = last.subtract({ months: longestRange - 1 });
  const asked = Temporal.PlainDate.from(from).with({ day: 1 });
  const first = Temporal.PlainDate.compare(asked, earliest) < 0 ? earliest : asked;
  return { first: first.toString(), last: last.toString() };
}

export function lastDayOf(month: string): string {
  const day = Temporal.PlainDate.from(month);
  return day.with({ day: day.daysInMonth }).toString();
}

/**
 * What is shown of a number that goes up and down. It moves only when it is five off, so that no single signal is seen
 * to come or go; what is shown is a multiple of five, and at most four from the truth.
 */
export function shownCount(shown: number, actual: number): number {
  if (actual >= shown + step) return Math.floor(actual / step) * step;
  if (actual <= shown - step) return Math.ceil(actual / step) * step;
  return shown;
}

/** The ages that are told of the oldest waiting signals, in minutes: one of these is what five have reached. */
export const ages = [30, 60, 120, 240, 480, 720, 1_440, 2_880, 4_320, 7_200, 10_080, 20_160, 40_320] as const;
