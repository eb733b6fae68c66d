import type { Task } from "graphile-worker";
import { In } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { ConsentRow, GuidanceRow, GuidedChildRow } from "../store/entities.ts";

/** Takes out of a guidance that has ended whom it was about. When it was, and how soon a school was in, stays. */
export function eraseGuidanceTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const guidance = await rows.findOneBy(GuidanceRow, { id });
      if (guidance?.erasesAt == null || guidance.erasesAt > clock.now()) return;
      const nobody = { familyKey: null, supporterName: null, supporterTelephone: null, supporterEmail: null };
      await rows.update(GuidanceRow, { id }, nobody);
      const children = await rows.findBy(GuidedChildRow, { guidanceId: id });
      await rows.update(GuidedChildRow, { guidanceId: id }, { registryKey: null });
      await rows.update(ConsentRow, { childId: In(children.map((child) => child.id)) }, { givenBy: null });
    });
  };
}
