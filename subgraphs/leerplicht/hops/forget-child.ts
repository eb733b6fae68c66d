import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { SubmissionRow } from "../store/entities.ts";
import { forgetKey, takeSubmissionTurn } from "../store/ledger.ts";

/**
 * Takes the child out of the ledger once the signal can no longer come back to be routed anew. One that came back, and
 * is on its way again, has not been seen: its child goes when it has, as the timer is then set again.
 */
export function forgetChildTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeSubmissionTurn(rows, id);
      const forgetAt = (await rows.findOneBy(SubmissionRow, { id }))?.forgetAt ?? null;
      if (forgetAt === null) return;
      if (forgetAt > clock.now()) return postpone(rows, "forgetChild", { id }, forgetAt, forgetKey(id));
      await rows.update(SubmissionRow, { id }, { sought: null, forgetAt: null });
    });
  };
}
