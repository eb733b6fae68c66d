import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { endConsents } from "../store/circles.ts";
import { ConsentRow } from "../store/entities.ts";

/** Ends a consent whose last day is over. It has not held from that moment, whenever this runs. */
export function endConsentTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const consent = await rows.findOne(ConsentRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (consent === null || consent.endedAt !== null || consent.validUntil > clock.now()) return;
      await endConsents(rows, [consent], { now: consent.validUntil, withdrawn: false });
    });
  };
}
