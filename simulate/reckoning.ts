import { Client } from "pg";
import type { PartName, Parts } from "./parts.ts";
import type { Accepted } from "./people.ts";
import type { Circumstance, Habit } from "./region.ts";

/** A signal as all the parts have it at the end. */
interface Fate {
  readonly id: string;
  readonly progress: string;
  readonly received_at: Date;
  readonly seen_at: Date | null;
  readonly ended_at: Date | null;
  readonly due_by: Date | null;
  readonly municipality: string | null;
  readonly child_left: boolean;
  /** How its officers' tasks came about, the first first. */
  readonly reasons: string[];
  readonly closing: string | null;
  /** Why an officer had the task that ended last. */
  readonly closing_reason: string | null;
  readonly open_tasks: number;
  /** The deliveries of it that a school has, or is about to get. */
  readonly standing: string[];
}

/** How many of some signals were seen in time. */
export interface Share {
  readonly signals: number;
  /**
   * Those that were seen, or whose deadline passed, before they were withdrawn or closed; and those that an officer closed
   * because nobody had looked.
   */
  readonly decided: number;
  readonly inTime: number;
}

export interface Reckoning {
  readonly accepted: number;
  /** How many signals ended so. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What is wrong, and of how many signals; empty where all is well. */
  readonly wrong: ReadonlyMap<string, number>;
  readonly inTime: { readonly all: Share; readonly byCause: ReadonlyMap<string, Share> };
  readonly escalated: number;
}

export type Addresses = Readonly<Record<PartName, { readonly adminUrl: string }>>;

/** Looks up in every part's database what has become of each signal that was accepted. */
export async function reckon(databases: Addresses, parts: Parts, accepted: readonly Accepted[]): Promise<Reckoning> {
  const wrong = new Tally();
  const outcomes = new Tally();
  const fates = new Map(
    (await readAll<Fate>(databases.leerplicht.adminUrl, fatesQuery)).map((fate) => [fate.id, fate]),
  );
  const told = new Map<string, string>();
  for (const part of ["police", "shelter"] as const) {
    for (const row of await readAll<{ id: string; progress: string }>(databases[part].adminUrl, sentQuery)) {
      told.set(row.id, row.progress);
    }
  }
  const atSchool = new Map(
    (await readAll<AtSchool>(databases.school.adminUrl, schoolQuery)).map((row) => [row.id, row]),
  );
  wrong.add("signals in the ledger that nobody sent", fates.size - accepted.filter(({ id }) => fates.has(id)).length);
  for (const { id } of accepted) {
    const fate = fates.get(id);
    if (fate === undefined) {
      wrong.add("lost: not in the ledger");
      continue;
    }
    const outcome = outcomeOf(fate, atSchool);
    outcomes.add(outcome ?? "left over");
    if (outcome === undefined) wrong.add(`left over: ${fate.progress}, ${fate.open_tasks} tasks open`);
    if (fate.standing.length > 1) wrong.add("doubled: stands at two schools");
    if (told.get(id) !== fate.progress) wrong.add("the sender was not told");
    if (fate.standing.some((delivery) => !atSchool.has(delivery))) wrong.add("lost: not at the school");
  }
  for (const [, { status, at_once }] of atSchool) {
    if (status === "RAISED") wrong.add("left over in an inbox");
    if (at_once > 1) wrong.add("doubled: a pupil with two open signals");
  }
  for (const [name, { adminUrl }] of Object.entries(databases)) {
    const [row] = await readAll<{ left: number }>(
      adminUrl,
      "select count(*)::int as left from care.outbox where acknowledged_at is null",
    );
    wrong.add(`left over in the outbox of ${name}`, row?.left ?? 0);
  }
  for (const [name, jobs] of parts.jobs) wrong.add(`jobs left over at ${name}`, await jobs.left());
  return {
    accepted: accepted.length,
    outcomes: outcomes.counts,
    wrong: wrong.counts,
    inTime: sharesOf(accepted, fates),
    escalated: [...fates.values()].filter(({ reasons }) => reasons.includes("NOT_SEEN_IN_TIME")).length,
  };
}

interface AtSchool {
  readonly id: string;
  readonly status: string;
  /** How many open signals the pupil of it has. */
  readonly at_once: number;
}

/** How a signal ended, or undefined where it has not. */
function outcomeOf(fate: Fate, atSchool: ReadonlyMap<string, AtSchool>): string | undefined {
  if (fate.open_tasks > 0 || fate.child_left) return undefined;
  switch (fate.progress) {
    case "SUPPORTED":
      return "supported";
    case "WITHDRAWN":
      return "withdrawn by the sender";
    case "CLOSED":
      return `closed by an officer: ${fate.closing}`;
    case "SEEN": {
      const ended = fate.standing.every((id) => atSchool.get(id)?.status !== "RAISED");
      return fate.seen_at !== null && ended ? "seen, and erased after its school day" : undefined;
    }
    default:
      return undefined;
  }
}

function sharesOf(accepted: readonly Accepted[], fates: ReadonlyMap<string, Fate>): Reckoning["inTime"] {
  const byCause = new Map<string, Share>();
  const none: Share = { signals: 0, decided: 0, inTime: 0 };
  let all = none;
  for (const { id, child } of accepted) {
    const fate = fates.get(id);
    if (fate === undefined) continue;
    const { seen_at: seenAt, ended_at: endedAt, due_by: dueBy } = fate;
    const inTime = seenAt !== null && dueBy !== null && seenAt <= dueBy;
    const lookedOrEnded = seenAt ?? endedAt;
    const late = lookedOrEnded !== null && dueBy !== null && lookedOrEnded > dueBy;
    const givenUp = seenAt === null && fate.progress === "CLOSED" && fate.closing_reason === "NOT_SEEN_IN_TIME";
    const decided = inTime || late || givenUp;
    const add = (to: Share): Share => ({
      signals: to.signals + 1,
      decided: to.decided + Number(decided),
      inTime: to.inTime + Number(inTime),
    });
    all = add(all);
    const cause = causeOf(child.circumstance, fate, child.school.habit);
    byCause.set(cause, add(byCause.get(cause) ?? none));
  }
  return { all, byCause };
}

/** What decided whether a signal was seen in time: the officer's part in its way, else the contact's habit. */
function causeOf(circumstance: Circumstance, { reasons }: Fate, habit: Habit): string {
  const [reason] = reasons.filter((one) => one !== "NOT_SEEN_IN_TIME");
  if (reason !== undefined) return `by an officer: ${reason}`;
  return circumstance === "enrolled" ? `straight, contact ${habit}` : "straight, to another school";
}

class Tally {
  readonly counts = new Map<string, number>();

  add(what: string, count = 1): void {
    if (count !== 0) this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }
}

export async function readAll<Row extends object>(url: string, query: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}

const fatesQuery = `
  select id, progress, received_at, seen_at, ended_at, due_by, municipality, sought is not null as child_left,
    array(select reason from care.routing_task task where task.submission_id = submission.id order by opened_at) as reasons,
    (select outcome from care.routing_task task where task.submission_id = submission.id order by closed_at desc limit 1) as closing,
    (select reason from care.routing_task task where task.submission_id = submission.id order by closed_at desc limit 1) as closing_reason,
    (select count(*)::int from care.routing_task task
     where task.submission_id = submission.id and closed_at is null) as open_tasks,
    array(select delivery.id from care.delivery
          where submission_id = submission.id and state in ('SENT', 'DELIVERED')) as standing
  from care.submission`;

const sentQuery = "select id, progress from care.sent_signal";

const schoolQuery = `
  select delivery.id, coalesce(status, 'HELD') as status,
    (select count(*)::int from care.signal other
     where other.pupil_digest = signal.pupil_digest and other.status in ('RAISED', 'SEEN')) as at_once
  from care.delivery left join care.signal on signal.id = delivery.signal_id`;
