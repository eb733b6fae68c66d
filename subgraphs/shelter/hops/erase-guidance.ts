import type { Task } from "graphile-worker";
import { In } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { ConsentRow, ConversationRow, GuidanceRow, GuidedChildRow, SupportActionRow } from "../store/entities.ts";
import { keepFacts } from "../store/evaluation.ts";
import { ParentCodeRow, SharingRow } from "../store/parents.ts";

/**
 * Takes out of a guidance that has ended whom it was about, with all that was said. When it was stays, and apart from it
 * what the evaluation asks for.
 */
export function eraseGuidanceTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const guidance = await rows.findOne(GuidanceRow, { where: { id }, lock: { mode: "for_no_key_update" } });
      // Done before, it has no family.
      if (guidance?.erasesAt == null || guidance.erasesAt > clock.now() || guidance.familyKey === null) return;
      await keepFacts(rows, id);
      const talks = (await rows.findBy(ConversationRow, { guidanceId: id })).map((talk) => talk.id);
      await rows.delete(SupportActionRow, { conversationId: In(talks) });
      await rows.delete(ConversationRow, { id: In(talks) });
      await rows.delete(ParentCodeRow, { guidanceId: id });
      const children = (await rows.findBy(GuidedChildRow, { guidanceId: id })).map((child) => child.id);
      const consents = (await rows.findBy(ConsentRow, { childId: In(children) })).map((consent) => consent.id);
      await rows.delete(SharingRow, { consentId: In(consents) });
      await rows.query("delete from care.event where subject = any ($1)", [[id, ...consents, ...talks]]);
      await rows.update(ConsentRow, { id: In(consents) }, { givenBy: null, schoolId: null });
      await rows.update(GuidedChildRow, { id: In(children) }, { registryKey: null });
      const nobody = { familyKey: null, supporterName: null, supporterTelephone: null, supporterEmail: null };
      await rows.update(GuidanceRow, { id }, nobody);
    });
  };
}
