/* What the work list holds, without a connection or a screen. */

export type RoutingReason =
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

export interface School {
  readonly id: string;
  readonly name: string | null;
  readonly city: string | null;
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
  /** RFC 3339 */
  readonly dueBy: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly child: { readonly name: string | null; readonly birthDate: string | null; readonly bsn: string | null };
  readonly candidates: readonly Candidate[];
}

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

/** Less than none where it is late. */
export function minutesLeft({ dueBy }: Task, now: Date): number {
  return (Date.parse(dueBy) - now.getTime()) / 60_000;
}

/** What a task is called: by the child's name or, where the sender gave none, the number. */
export function nameOf({ child }: Task, texts: { readonly bsn: string; readonly unknownChild: string }): string {
  return child.name ?? (child.bsn === null ? texts.unknownChild : `${texts.bsn} ${child.bsn}`);
}
