import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { eraseAbsences } from "../store/absences.ts";

/** Each minute: takes out the absences whose time is over. */
export function eraseAbsencesTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return () => database.transaction(systemClaims, (rows) => eraseAbsences(rows, clock.now()));
}
