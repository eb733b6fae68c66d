import fc from "fast-check";
import type { MeasuredSignal, Told } from "../../../subgraphs/leerplicht/decisions/publication.ts";
import type { Figures, MonthFigures } from "../../../subgraphs/leerplicht/store/figures.ts";
import type { Answer, Moment } from "./figures-attack.ts";

/** What an attacker asks for, by the first days of the first and of the last month. */
export const ranges = {
  november: ["2026-11-01", "2026-11-01"],
  december: ["2026-12-01", "2026-12-01"],
  both: ["2026-11-01", "2026-12-01"],
} as const;

export const movements = ["seen", "returned", "forgotten", "supported", "withdrawn", "closed", "given up"] as const;

/** What happens to a signal in the ledger. `given up` is closed by an officer because nobody had looked. */
export type Movement = (typeof movements)[number];

/** One thing that happens. */
export interface Step {
  readonly month: number;
  readonly municipality: number;
  readonly movement: Movement | "came";
  /** Which of the signals that have come moves. */
  readonly which: number;
  /** How long after it came. */
  readonly minutes: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  month: fc.integer({ min: 0, max: 1 }),
  municipality: fc.integer({ min: 1, max: 4 }),
  movement: fc.oneof(
    { weight: 3, arbitrary: fc.constant("came" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...movements) },
  ),
  which: fc.nat(1_000),
  minutes: fc.integer({ min: 0, max: 3_000 }),
});

export const histories = fc.array(step, { minLength: 45, maxLength: 45 });

/** Where things happen, and where it is asked what of them is told. */
export interface Ledger {
  came(signal: { readonly id: string; readonly receivedAt: string; readonly municipality: string }): Promise<void>;
  move(id: string, movement: Movement, minutes: number): Promise<void>;
  /** What is told from now on, of whole months by the first days of the first and of the last. */
  ask(first: string, last: string): Promise<Answer>;
}

/** Lets things happen one by one, and asks everything after each. */
export async function watch(steps: readonly Step[], ledger: Ledger): Promise<Moment[]> {
  const signals: { id: string; cell: string }[] = [];
  const history: Moment[] = [];
  for (const { month, municipality, movement, which, minutes } of steps) {
    let signal = signals[which % Math.max(signals.length, 1)];
    if (movement === "came" || signal === undefined) {
      signal = {
        id: `00000000-0000-4000-8000-${String(signals.length).padStart(12, "0")}`,
        cell: `2026-${11 + month} 990${municipality}`,
      };
      signals.push(signal);
      const receivedAt = `2026-${11 + month}-10T08:00:00Z`;
      await ledger.came({ id: signal.id, receivedAt, municipality: `990${municipality}` });
    } else {
      await ledger.move(signal.id, movement, minutes);
    }
    const answers = new Map<string, Answer>();
    for (const [range, [first, last]] of Object.entries(ranges)) answers.set(range, await ledger.ask(first, last));
    history.push({ signal: signal.id, cell: signal.cell, answers });
  }
  return history;
}

const nothingTold: Told = { counted: null, inTime: null, minutesToSeen: null, minutesToSupported: null };

/**
 * A ledger in memory.
 * @param publish gives the signals of which more is told from now on.
 */
export function modelLedger(publish: (signals: readonly MeasuredSignal[]) => readonly MeasuredSignal[]): Ledger {
  let signals: MeasuredSignal[] = [];
  let isPublished = false;
  const put = (changed: readonly MeasuredSignal[]) => {
    const byId = new Map(changed.map((signal) => [signal.id, signal]));
    signals = signals.map((signal) => byId.get(signal.id) ?? signal);
  };
  return {
    async came({ id, receivedAt, municipality }) {
      isPublished = false;
      const came = new Date(receivedAt);
      signals.push({
        id,
        municipality,
        month: `${receivedAt.slice(0, 7)}-01`,
        place: municipality,
        progress: "DELIVERED",
        receivedAt: came,
        dueBy: later(came, 24 * 60),
        seenAt: null,
        endedAt: null,
        isForgotten: false,
        closedFor: null,
        ...nothingTold,
      });
    },
    async move(id, movement, minutes) {
      isPublished = false;
      put(signals.filter((signal) => signal.id === id).map((signal) => moved(signal, movement, minutes)));
    },
    async ask(first, last) {
      if (!isPublished) put(publish(signals));
      isPublished = true;
      return answerFrom(signals.filter(({ month }) => first <= month && month <= last));
    },
  };
}

/** As the ledger would; one that has ended stays as it is. */
function moved(signal: MeasuredSignal, movement: Movement, minutes: number): MeasuredSignal {
  const { progress, receivedAt, seenAt } = signal;
  if (progress !== "DELIVERED" && progress !== "SEEN") return signal;
  const at = later(receivedAt, minutes);
  const ended = { isForgotten: true, endedAt: at };
  switch (movement) {
    case "seen":
      return seenAt === null ? { ...signal, progress: "SEEN", seenAt: at } : signal;
    case "returned":
      return { ...signal, seenAt: null };
    case "forgotten":
      return seenAt === null ? signal : { ...signal, isForgotten: true };
    case "supported":
      return {
        ...signal,
        ...ended,
        progress: "SUPPORTED",
        seenAt: seenAt ?? at,
        endedAt: later(receivedAt, 2 * minutes),
      };
    case "withdrawn":
      return { ...signal, ...ended, progress: "WITHDRAWN" };
    case "closed":
      return { ...signal, ...ended, progress: "CLOSED" };
    case "given up":
      return { ...signal, ...ended, progress: "CLOSED", closedFor: "NOT_SEEN_IN_TIME" };
    default:
      return movement satisfies never;
  }
}

function later(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * 60_000);
}

/** What an operator is answered about signals, as the query of `readFigures` works it out. */
function answerFrom(signals: readonly MeasuredSignal[]): Answer {
  const cells = Map.groupBy(signals, ({ month, place }) => `${month.slice(0, 7)} ${place}`);
  const months = [...cells]
    .filter(([, cell]) => cell.some(({ counted }) => counted))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, cell]): MonthFigures => {
      const [month = "", municipality = ""] = name.split(" ");
      return { month, municipality, ...figuresOf(cell) };
    });
  return { total: figuresOf(signals), months };
}

function figuresOf(signals: readonly MeasuredSignal[]): Figures {
  const known = <Name extends keyof Told>(name: Name) => signals.flatMap((signal) => signal[name] ?? []);
  const [inTime, toSeen, toSupported] = [known("inTime"), known("minutesToSeen"), known("minutesToSupported")];
  const count = (values: readonly unknown[]) => (values.length === 0 ? null : values.length);
  return {
    signals: count(known("counted")),
    seen: count(toSeen),
    supported: count(toSupported),
    shareSeenInTime:
      inTime.length === 0 ? null : Math.round((inTime.filter(Boolean).length / inTime.length) * 1_000) / 1_000,
    medianMinutesToSeen: percentile(0.5, toSeen),
    p90MinutesToSeen: percentile(0.9, toSeen),
    medianMinutesToSupported: percentile(0.5, toSupported),
    p90MinutesToSupported: percentile(0.9, toSupported),
  };
}

/** As `percentile_disc`: the first of them by which so great a share is reached. */
function percentile(share: number, values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}
