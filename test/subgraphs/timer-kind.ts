import type { EntityManager } from "typeorm";

/** One kind of timer of a part: how it is set, and what shows that its time has come. */
export interface TimerKind {
  readonly task: string;
  /** @returns the id in the job's payload. */
  set(rows: EntityManager, due: Date): Promise<string>;
  /** Of the ids in its payload: true once it was done. */
  readonly done: string;
}
