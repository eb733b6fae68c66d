import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { publishFigures } from "../store/publication.ts";

/** Brings what operators are told up to date. */
export function publishFiguresTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return () => database.transaction(systemClaims, (rows) => publishFigures(rows, clock.now()));
}
