import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import { byItself, type Keyed } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { holds } from "../decisions/consent.ts";
import { takeCircle } from "../store/circles.ts";
import { endConsents } from "../store/consents.ts";
import { ConsentRow, GuidedChildRow } from "../store/entities.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { tell } from "../store/telling.ts";

/** Ends a consent whose last day is over. It has not held from that moment, whenever this runs. */
export function endConsentTask({ database, clock, config }: Pick<Room, "database" | "clock"> & Keyed): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const childId = (await rows.findOneBy(ConsentRow, { id }))?.childId;
      const circle = childId === undefined ? undefined : await takeCircle(rows, { childId });
      if (circle === undefined) return;
      const now = clock.now();
      const consent = await rows.findOneByOrFail(ConsentRow, { id });
      if (consent.endedAt !== null) return;
      if (holds(consent, now)) return postpone(rows, "endConsent", { id }, consent.validUntil, `consent:${id}`);
      const { registryKey } = await rows.findOneByOrFail(GuidedChildRow, { id: circle.childId });
      const persons = [registryKey, consent.givenBy];
      await recordProcessingOf(rows, byItself(circle.organisation, config.pseudonymKey), "consent.end", [
        { object: id, persons },
      ]);
      tell(rows, await endConsents(rows, [circle], [consent], { now, withdrawn: false }));
    });
  };
}
