import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { endConsents, takeOpenConsent } from "../store/circles.ts";

/** Ends a consent whose last day is over. It has not held from that moment, whenever this runs. */
export function endConsentTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const consent = await takeOpenConsent(rows, id);
      if (consent === undefined || consent.validUntil > clock.now()) return;
      await endConsents(rows, [consent], { now: consent.validUntil, withdrawn: false });
    });
  };
}
