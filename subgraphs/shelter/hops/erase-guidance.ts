import type { Task } from "graphile-worker";
import { In } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { ConsentRow, ConversationRow, GuidanceRow, GuidedChildRow, SupportActionRow } from "../store/entities.ts";
import { keepFacts } from "../store/evaluation.ts";
import { takeGuidance } from "../store/guidance.ts";
import { ParentCodeRow, SharingRow, sharingsOf } from "../store/parents.ts";

/** Takes away a guidance that has ended, with all that hangs on it. What the evaluation asks for stays, linked to nothing. */
export function eraseGuidanceTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const guidance = await takeGuidance(rows, id);
      if (guidance?.erasesAt == null) return;
      if (guidance.erasesAt > clock.now()) {
        return postpone(rows, "eraseGuidance", { id }, guidance.erasesAt, `erase:${id}`);
      }
      await keepFacts(rows, id);
      const talks = (await rows.findBy(ConversationRow, { guidanceId: id })).map((talk) => talk.id);
      const children = (await rows.findBy(GuidedChildRow, { guidanceId: id })).map((child) => child.id);
      const consents = (await rows.findBy(ConsentRow, { childId: In(children) })).map((consent) => consent.id);
      const circles = (await sharingsOf(rows, consents)).map((sharing) => sharing.circleId);
      await rows.delete(SupportActionRow, { conversationId: In(talks) });
      await rows.delete(ConversationRow, { id: In(talks) });
      await rows.delete(ParentCodeRow, { guidanceId: id });
      await rows.delete(SharingRow, { consentId: In(consents) });
      await rows.delete(ConsentRow, { id: In(consents) });
      await rows.delete(GuidedChildRow, { id: In(children) });
      await rows.delete(GuidanceRow, { id });
      // What subscribers were told of a circle says which school was in it.
      await rows.query("delete from care.event where subject = any ($1)", [[id, ...talks, ...circles]]);
    });
  };
}
