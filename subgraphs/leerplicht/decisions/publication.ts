import { Temporal } from "temporal-polyfill";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { step } from "./figures.ts";
import { isEnded, type LedgerProgress } from "./progress.ts";
import type { RoutingReason } from "./route.ts";

/** What may be told of one signal; null is what is not told, or not yet. What is told stays as it is. */
export interface Told {
  /** That it came in. */
  readonly counted: boolean | null;
  readonly inTime: boolean | null;
  /** Both rounded up to multiples of five. */
  readonly minutesToSeen: number | null;
  readonly minutesToSupported: number | null;
}

/** A signal as the ledger knows it, and what is told of it. */
export interface MeasuredSignal extends Told {
  readonly id: string;
  /** The first day of the month, in the Netherlands, in which it came in. */
  readonly month: string;
  readonly municipality: string;
  /** Under which name it is told: that of its municipality, or `rest`. */
  readonly place: string;
  readonly progress: LedgerProgress;
  readonly receivedAt: Date;
  readonly dueBy: Date;
  readonly seenAt: Date | null;
  readonly endedAt: Date | null;
  /** Whether its child is gone from the ledger: its school can return it no more. */
  readonly isForgotten: boolean;
  /** Why the officer had it who closed it; null where none did. */
  readonly closedFor: RoutingReason | null;
}

/** The name under which what is left of a month is told. */
const rest = "rest";

/** Late news of somebody who looked in time is waited for so long, for parts may have been down. In milliseconds. */
const grace = 24 * 60 * 60 * 1000;

/** A month's figures are left as they are from the third month after it: the first that is not, by its first day. */
export function firstOpenMonth(now: Date): string {
  return Temporal.PlainDate.from(dutchDay(now)).with({ day: 1 }).subtract({ months: 3 }).toString();
}

/**
 * What may be told by now: of five signals at a time of one month and municipality, or of what was left of one month.
 * @param signals all of the open months of which something is not told, and all that are told as the rest of one.
 * @returns those of them that change, as they are from now on.
 */
export function decidePublication(signals: readonly MeasuredSignal[], now: Date): MeasuredSignal[] {
  let known = signals;
  for (const measure of Object.keys(measures) as (keyof Told)[]) known = tellFives(known, measure, now);
  // After the others: what joins the rest is told the next time.
  known = gatherRests(known, now);
  return known.filter((signal, place) => signal !== signals[place]);
}

/** What can be said of a signal, and when that came to be. */
interface Tellable {
  readonly value: boolean | number;
  readonly at: Date;
}

const measures: { readonly [Measure in keyof Told]: (signal: MeasuredSignal, now: Date) => Tellable | undefined } = {
  counted: ({ receivedAt }) => ({ value: true, at: receivedAt }),
  inTime(signal, now) {
    const { seenAt, dueBy } = signal;
    if (isLate(signal, now)) return { value: false, at: dueBy };
    return seenAt !== null && isFinal(signal) ? { value: true, at: seenAt } : undefined;
  },
  minutesToSeen: (signal) =>
    signal.seenAt !== null && isFinal(signal)
      ? { value: minutesBetween(signal.receivedAt, signal.seenAt), at: signal.seenAt }
      : undefined,
  minutesToSupported: ({ progress, receivedAt, endedAt }) =>
    progress === "SUPPORTED" && endedAt !== null
      ? { value: minutesBetween(receivedAt, endedAt), at: endedAt }
      : undefined,
};

/** Nothing that is told is taken back: so who looked counts only when the signal can no longer be returned. */
function isFinal({ progress, isForgotten }: MeasuredSignal): boolean {
  return isForgotten || isEnded(progress);
}

/**
 * Whether a signal was not seen by its deadline. It was not either where an officer ended it before, because nobody at
 * the school had looked: else the share would be the better the sooner officers give up on schools. One that was
 * withdrawn before it was late, or closed for another reason, is neither in time nor late.
 */
function isLate({ progress, seenAt, endedAt, dueBy, closedFor }: MeasuredSignal, now: Date): boolean {
  if (seenAt === null && progress === "CLOSED" && closedFor === "NOT_SEEN_IN_TIME") return true;
  return (seenAt ?? endedAt ?? new Date(now.getTime() - grace)) > dueBy;
}

function minutesBetween(start: Date, end: Date): number {
  const minutes = Math.max(0, end.getTime() - start.getTime()) / 60_000;
  return Math.ceil(minutes / step) * step;
}

function wholeSteps(count: number): number {
  return Math.floor(count / step) * step;
}

/** Of what can be told of each month and place, tells the first as many as make whole fives. */
function tellFives(signals: readonly MeasuredSignal[], measure: keyof Told, now: Date): MeasuredSignal[] {
  const tellable = signals.flatMap((signal) => {
    const found = signal[measure] === null ? measures[measure](signal, now) : undefined;
    return found === undefined ? [] : [{ ...found, signal }];
  });
  const told = new Map<string, Tellable["value"]>();
  for (const cell of Map.groupBy(tellable, ({ signal: { month, place } }) => `${month} ${place}`).values()) {
    cell.sort((a, b) => a.at.getTime() - b.at.getTime() || compareText(a.signal.id, b.signal.id));
    for (const { signal, value } of cell.slice(0, wholeSteps(cell.length))) told.set(signal.id, value);
  }
  return signals.map((signal) => {
    const value = told.get(signal.id);
    return value === undefined ? signal : { ...signal, [measure]: value };
  });
}

/**
 * A week after a month, what nothing has been told of is put together, by fives and whatever its municipality.
 *
 * There is never more in the rest than the others could have left without any one municipality, of four each: else it
 * would say of that one that it had signals.
 */
function gatherRests(signals: readonly MeasuredSignal[], now: Date): MeasuredSignal[] {
  const gathered = new Set<MeasuredSignal>();
  const today = dutchDay(now);
  for (const [month, all] of Map.groupBy(signals, (signal) => signal.month)) {
    if (today < gatheredFrom(month)) continue;
    const left = all.filter((signal) => signal.place === rest || !isToldOf(signal));
    const others = new Set(left.map(({ municipality }) => municipality)).size - 1;
    const most = wholeSteps(Math.min(left.length, others * (step - 1)));
    left.sort(
      (a, b) =>
        Number(b.place === rest) - Number(a.place === rest) ||
        a.receivedAt.getTime() - b.receivedAt.getTime() ||
        compareText(a.id, b.id),
    );
    for (const signal of left.slice(0, most)) if (signal.place !== rest) gathered.add(signal);
  }
  return signals.map((signal) => (gathered.has(signal) ? { ...signal, place: rest } : signal));
}

/** @param month by its first day. */
function gatheredFrom(month: string): string {
  return Temporal.PlainDate.from(month).add({ months: 1, days: 7 }).toString();
}

function isToldOf({ counted, inTime, minutesToSeen, minutesToSupported }: Told): boolean {
  return [counted, inTime, minutesToSeen, minutesToSupported].some((value) => value !== null);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
