import DataLoader from "dataloader";
import type { EntityManager } from "typeorm";
import type { PartContext } from "../../plumbing/subgraph.ts";
import type { LedgerProgress } from "./decisions/progress.ts";
import { type Officer, officersOf } from "./registry/officers.ts";
import type { LeerplichtSettings } from "./settings.ts";
import { type AbsenceRow, childrenOfAbsences } from "./store/absences.ts";
import type { Candidate, CandidateSchool } from "./store/candidates.ts";
import type { ChildRecord, ReleaseTaskRow, RoutingTaskRow, SubmissionRow } from "./store/entities.ts";
import { candidatesOfTasks, childrenOfTasks, schoolsOf, submissionsOf } from "./store/task-reading.ts";

/** The context of one request to the Leerplicht subgraph. */
export interface LeerplichtContext extends PartContext<LeerplichtSettings> {
  readonly loaders: {
    /** By the sender's id; null where the caller sent no such signal, or it has not come yet. */
    readonly progress: DataLoader<string, LedgerProgress | null>;
    /** By id, for officers of the same office. */
    readonly submission: DataLoader<string, SubmissionRow | null>;
    /** Whom a task is about; null once that is gone. */
    readonly taskChild: DataLoader<RoutingTaskRow, ChildRecord | null>;
    /** The same of a task of the release desk; null too once it has left the desk. */
    readonly releaseChild: DataLoader<ReleaseTaskRow, ChildRecord | null>;
    /** Whom an absence is about; null once no parent agrees any more. */
    readonly absentChild: DataLoader<AbsenceRow, ChildRecord | null>;
    /** The schools that an officer may choose for a task, with why. */
    readonly candidates: DataLoader<RoutingTaskRow, Candidate[]>;
    /** By site id. */
    readonly school: DataLoader<string, CandidateSchool>;
    /** By site id. */
    readonly officer: DataLoader<string, Officer | null>;
  };
}

export function leerplichtContext(base: PartContext<LeerplichtSettings>): LeerplichtContext {
  const { database, claims, clock } = base;
  const loader = <Key, Value>(read: (rows: EntityManager, keys: readonly Key[]) => Promise<Value[]>) =>
    new DataLoader<Key, Value>(
      (keys) => database.transaction(claims, (rows) => read(rows, keys)),
      // A subscription lives as long as one context: what it tells is read anew each time.
      { cache: false },
    );
  return {
    ...base,
    loaders: {
      progress: loader(async (rows, ids) => (await submissionsOf(rows, ids)).map((row) => row?.progress ?? null)),
      submission: loader(submissionsOf),
      taskChild: loader((rows, tasks) => childrenOfTasks(rows, base, "task.read", tasks)),
      releaseChild: loader((rows, tasks) => childrenOfTasks(rows, base, "release.read", tasks)),
      absentChild: loader((rows, absences) => childrenOfAbsences(rows, base, absences)),
      candidates: loader((rows, tasks) => candidatesOfTasks(rows, base, tasks, clock.now())),
      school: loader((rows, ids) => schoolsOf(rows, ids, clock.now())),
      officer: loader(officersOf),
    },
  };
}
