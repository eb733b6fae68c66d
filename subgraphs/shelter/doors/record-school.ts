import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { RecordSchoolInput } from "../schema/guidance-inputs.ts";
import { routerPart } from "../schema/parties.ts";
import { takeCircle } from "../store/circles.ts";
import { CircleRow, GuidanceRow, GuidedChildRow } from "../store/entities.ts";
import { takeGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { enterSchool } from "../store/school-entry.ts";
import { guidanceChanged, tell } from "../store/telling.ts";

@Resolver()
export class RecordSchool {
  @Mutation(() => HopReceipt, {
    description:
      "Leerplicht tells where a child with a consent goes to school today. News that is older changes nothing.",
  })
  @AllowParts(routerPart)
  async recordSchool(
    @Arg("input", () => RecordSchoolInput) { id, turn, found }: RecordSchoolInput,
    @Ctx() { clock, database, claims, config }: ShelterContext,
  ): Promise<HopReceipt> {
    if (!isUuid(id)) return received;
    await database.transaction(systemClaims, async (rows) => {
      const asked = await rows.findOneBy(CircleRow, { id });
      const child = asked && (await rows.findOneBy(GuidedChildRow, { id: asked.childId }));
      const guidance = child && (await takeGuidance(rows, child.guidanceId));
      const circle = guidance && (await takeCircle(rows, { id }));
      // It has ended meanwhile: where the child goes to school is then nobody's business here.
      if (child === null || circle == null || guidance == null || circle.turn >= turn) return;
      await recordProcessingOf(rows, { claims, config }, "circle.record", [
        { object: id, persons: [child.registryKey] },
      ]);
      const now = clock.now();
      const events = await enterSchool(rows, circle, { turn, found: found ?? null }, now);
      if (circle.schoolId !== null && guidance.firstCircleAt === null)
        await rows.update(GuidanceRow, { id: guidance.id }, { firstCircleAt: now });
      tell(rows, [...events, guidanceChanged(guidance)]);
    });
    return received;
  }
}
