import type { Task } from "graphile-worker";
import { IsNull } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { RoutingTaskRow, SubmissionRow } from "../store/entities.ts";
import { scheduleForgetting, takeSubmissionTurn } from "../store/ledger.ts";

/** Takes the child out of the ledger once the signal can no longer come back to be routed anew. */
export function forgetChildTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      const waiting = await rows.existsBy(RoutingTaskRow, { submissionId: id, closedAt: IsNull() });
      if (waiting) await scheduleForgetting(rows, id, clock.now());
      else await rows.update(SubmissionRow, { id }, { child: null, personId: null });
    });
  };
}
