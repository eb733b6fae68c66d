import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import { byItself, type Keyed } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { isUnseen } from "../decisions/progress.ts";
import { escalationKey, isUnderWay, takeDelivery } from "../store/deliveries.ts";
import { DeliveryRow } from "../store/entities.ts";
import { recordSought } from "../store/sought.ts";
import { openTask } from "../store/tasks.ts";

/** Asks an officer to call the school where a signal lies that nobody has seen, or that it could not be brought to. */
export function escalateTask({ database, clock, config }: Pick<Room, "database" | "clock"> & Keyed): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const taken = await takeDelivery(rows, id);
      const escalatesAt = taken?.delivery.escalatesAt ?? null;
      if (taken === undefined || escalatesAt === null) return;
      const { delivery, submission } = taken;
      const now = clock.now();
      if (escalatesAt > now) return postpone(rows, "escalate", { id }, escalatesAt, escalationKey(id));
      await rows.update(DeliveryRow, { id }, { escalatesAt: null });
      if (!isUnderWay(delivery) || !isUnseen(submission)) return;
      recordSought(rows, byItself(submission.organisation, config.pseudonymKey), "task.open", submission);
      await openTask(rows, submission, "NOT_SEEN_IN_TIME", now, delivery.schoolId);
    });
  };
}
