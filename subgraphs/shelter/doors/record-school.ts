import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { RecordSchoolInput } from "../schema/guidance-inputs.ts";
import { routerPart } from "../schema/parties.ts";
import { guidanceStream, takeOpenConsent } from "../store/circles.ts";
import { leaveConversations } from "../store/conversations.ts";
import { ConsentRow, GuidanceRow, GuidedChildRow, SchoolLinkRow } from "../store/entities.ts";
import { beginSharing, endSharing } from "../store/parents.ts";

@Resolver()
export class RecordSchool {
  @Mutation(() => HopReceipt, {
    description:
      "Leerplicht tells where a child with a consent goes to school today. News that is older changes nothing.",
  })
  @AllowParts(routerPart)
  async recordSchool(
    @Arg("input", () => RecordSchoolInput) { id, turn, found }: RecordSchoolInput,
    @Ctx() { clock, database }: ShelterContext,
  ): Promise<HopReceipt> {
    if (!isUuid(id)) return received;
    await database.transaction(systemClaims, async (rows) => {
      const asked = await rows.findOneBy(ConsentRow, { id });
      const child = asked && (await rows.findOneBy(GuidedChildRow, { id: asked.childId }));
      if (child == null) return;
      const guidance = await rows.findOneOrFail(GuidanceRow, {
        where: { id: child.guidanceId },
        lock: { mode: "for_no_key_update" },
      });
      const consent = await takeOpenConsent(rows, id);
      // It has ended meanwhile: where the child goes to school is then nobody's business here.
      if (consent === undefined) return;
      const before = await rows.findOneBy(SchoolLinkRow, { consentId: id });
      if (before !== null && before.turn >= turn) return;
      const now = clock.now();
      const { organisation } = consent;
      // The parent named a school: where else the child goes is not for the shelter to know.
      const meant = found != null && (consent.schoolId ?? found.schoolId) === found.schoolId ? found : null;
      const schoolId = meant?.schoolId ?? null;
      const circleKey = meant?.circleKey ?? null;
      await rows.save(SchoolLinkRow, { consentId: id, organisation, turn, schoolId, circleKey, since: now });
      if (schoolId !== null && guidance.firstCircleAt === null)
        await rows.update(GuidanceRow, { id: guidance.id }, { firstCircleAt: now });
      const out = before?.schoolId ?? null;
      if (schoolId !== out) {
        await endSharing(rows, [id], now);
        if (schoolId !== null) await beginSharing(rows, id, schoolId, now);
        if (out !== null) {
          await leaveConversations(rows, [consent.childId], now);
          await recordEvent(rows, { stream: out, kind: "CLOSED", subject: id });
        }
      }
      if (schoolId !== null) await recordEvent(rows, { stream: schoolId, kind: "OPENED", subject: id });
      await recordEvent(rows, { stream: guidanceStream(organisation), kind: "CHANGED", subject: child.guidanceId });
    });
    return received;
  }
}
