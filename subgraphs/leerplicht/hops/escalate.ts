import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { isUnseen } from "../decisions/progress.ts";
import { isUnderWay, takeDelivery } from "../store/deliveries.ts";
import { openTask } from "../store/tasks.ts";

/** Asks an officer to call the school where a signal lies that nobody has seen, or that it could not be brought to. */
export function escalateTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const taken = await takeDelivery(rows, id);
      if (taken === undefined || !isUnderWay(taken.delivery) || !isUnseen(taken.submission)) return;
      await openTask(rows, taken.submission, "NOT_SEEN_IN_TIME", clock.now(), taken.delivery.schoolId);
    });
  };
}
