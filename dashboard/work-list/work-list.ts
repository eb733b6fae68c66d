import type { Child } from "../elements/child.ts";

/* What the work list holds, without a connection or a screen. */

export type RoutingReason =
  | "CIRCLE_SCHOOL_NOT_NAMED"
  | "CIRCLE_SCHOOL_UNKNOWN"
  | "NOT_SEEN_IN_TIME"
  | "NO_ENROLMENT"
  | "NO_MATCH"
  | "OTHER_MUNICIPALITY"
  | "PUPIL_UNKNOWN_AT_SCHOOL"
  | "RETURNED_BY_SCHOOL"
  | "SCHOOL_NOT_PARTICIPATING"
  | "SEVERAL_ENROLMENTS"
  | "SEVERAL_MATCHES";

/** Why a school returned a signal. */
export type ReturnReason = "LEFT_SCHOOL" | "NOT_OUR_PUPIL";

/** How a task ended. */
export type RoutingOutcome =
  | "DUPLICATE"
  | "FORWARDED"
  | "LAPSED"
  | "NOT_FOUND"
  | "NO_SCHOOL"
  | "ROUTED"
  | "SEEN"
  | "SUPPORT_ARRANGED"
  | "WITHDRAWN";

export interface School {
  readonly id: string;
  readonly name: string | null;
  readonly city: string | null;
  readonly telephone: string | null;
  readonly participates: boolean;
}

export interface Candidate {
  readonly id: string;
  readonly reason: string;
  readonly childName: string;
  readonly school: School;
}

export interface Task {
  readonly id: string;
  readonly reason: RoutingReason;
  /** Null unless a school returned it and said why. */
  readonly returnReason: ReturnReason | null;
  /** RFC 3339 */
  readonly dueBy: string;
  readonly closedAt: string | null;
  /** Null while it is open. */
  readonly outcome: RoutingOutcome | null;
  /** The `sub` of the officer who is at work on it. */
  readonly claimedBy: string | null;
  readonly claimedUntil: string | null;
  readonly child: Child;
  /** The one to call. */
  readonly school: School | null;
  readonly candidates: readonly Candidate[];
}

/** A task that has ended, as the list of those shows it. */
export type EndedTask = Pick<Task, "id" | "reason" | "closedAt" | "outcome"> & {
  /** Forgotten some time after the end. */
  readonly child: Pick<Child, "name" | "bsn">;
};

export interface TaskEvent {
  readonly cursor: string;
  readonly kind: string;
  readonly task: Task;
}

/** Open tasks, the one with the least time left first. */
export type Tasks = readonly Task[];

export function inOrder(tasks: Tasks): Tasks {
  return [...tasks].sort((one, other) => Date.parse(one.dueBy) - Date.parse(other.dueBy));
}

/** The list once an event has told what a task is now. */
export function afterEvent(tasks: Tasks, { task }: TaskEvent): Tasks {
  const others = tasks.filter(({ id }) => id !== task.id);
  return task.closedAt === null ? inOrder([...others, task]) : others;
}

/** That an officer is at work on a task. */
export interface Claim {
  readonly isOurs: boolean;
  readonly until: Date;
}

/** Who has a task at a moment. A claim ends by the clock, without an event. @param officer the `sub` of who looks */
export function claimOf({ claimedBy, claimedUntil }: Task, officer: string, now: Date): Claim | undefined {
  if (claimedBy === null || claimedUntil === null) return undefined;
  const until = new Date(claimedUntil);
  return now < until ? { isOurs: claimedBy === officer, until } : undefined;
}

export function schoolName({ id, name, city }: Pick<School, "id" | "name" | "city">): string {
  return [name ?? id, city].filter(Boolean).join(", ");
}
