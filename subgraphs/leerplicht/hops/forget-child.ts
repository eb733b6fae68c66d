import type { Task } from "graphile-worker";
import { IsNull, Not } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { SubmissionRow } from "../store/entities.ts";
import { takeSubmissionTurn } from "../store/ledger.ts";

/**
 * Takes the child out of the ledger once the signal can no longer come back to be routed anew. One that came back, and
 * is on its way again, has not been seen: its child goes when it has, as the timer is then set again.
 */
export function forgetChildTask({ database }: Pick<Room, "database">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      await rows.update(SubmissionRow, { id, seenAt: Not(IsNull()) }, { sought: null });
    });
  };
}
