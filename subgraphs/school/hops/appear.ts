import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { byItself } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { takeCalendarTurn } from "../calendar/school-days.ts";
import { isEnrolled } from "../registry/pupils.ts";
import { arrive, lockOpenSignal, takeDeliveryTurn } from "../store/arrival.ts";
import { ContactPersonRow, HeldDeliveryRow } from "../store/entities.ts";
import { postponeAppearance } from "../store/held.ts";
import { recordPupil } from "../store/processing.ts";
import { reportDeliveries } from "../store/progress-reports.ts";
import { pupilNumberOf } from "../store/pupil-number.ts";

/** When the inbox opens, a held delivery comes in; or goes back, where the school can do nothing for the pupil any more. */
export function appearTask({
  database,
  clock,
  config,
  log,
}: Pick<Room, "database" | "clock" | "config" | "log">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeDeliveryTurn(rows, id);
      const known = await rows.findOneBy(HeldDeliveryRow, { id });
      if (known === null) return;
      const { schoolId } = known;
      const pupilNumber = pupilNumberOf(rows, "held_delivery", id, known.pupil);
      await takeCalendarTurn(rows, schoolId);
      // Who returns the pupil's signal at this moment returns this as well: the signal first, then what is held.
      await lockOpenSignal(rows, pupilNumber);
      const held = await rows.findOne(HeldDeliveryRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (held === null) return;
      const { appearsAt } = held;
      const now = clock.now();
      if (appearsAt > now) return postponeAppearance(rows, held);
      await recordPupil(rows, byItself(config.organisation, config.pseudonymKey), "signal.appear", {
        table: "held_delivery",
        ...held,
      });
      await rows.delete(HeldDeliveryRow, { id });
      const hasLeft = !(await isEnrolled(rows, schoolId, pupilNumber, now));
      if (!hasLeft && (await rows.existsBy(ContactPersonRow, { schoolId }))) {
        return arrive(rows, { deliveryId: id, schoolId, pupilNumber, appearsAt }, now, log);
      }
      const report = { progress: "RETURNED", at: now, reason: hasLeft ? "LEFT_SCHOOL" : null } as const;
      await reportDeliveries(rows, schoolId, [id], report, now);
    });
  };
}
