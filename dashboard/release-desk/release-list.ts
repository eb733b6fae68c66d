import type { Child } from "../elements/child.ts";

/* What the release desk's list holds, without a connection or a screen. */

export interface ReleaseTask {
  readonly id: string;
  /** RFC 3339: when the signal goes on by itself. */
  readonly actBy: string;
  readonly closedAt: string | null;
  readonly child: Child;
}

export interface ReleaseEvent {
  readonly cursor: string;
  readonly kind: string;
  readonly task: ReleaseTask;
}

/** Open tasks, the one that goes on soonest first. */
export type ReleaseTasks = readonly ReleaseTask[];

export function inOrder(tasks: ReleaseTasks): ReleaseTasks {
  return [...tasks].sort((one, other) => Date.parse(one.actBy) - Date.parse(other.actBy));
}

/** The list once an event has told what a task is now. */
export function afterEvent(tasks: ReleaseTasks, { task }: ReleaseEvent): ReleaseTasks {
  const others = tasks.filter(({ id }) => id !== task.id);
  return task.closedAt === null ? inOrder([...others, task]) : others;
}
