import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { In, IsNull } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { erasureAfter } from "../decisions/consent.ts";
import { EndGuidanceInput } from "../schema/guidance-inputs.ts";
import { EndGuidanceResult, GuidanceEnded, GuidanceNotFound } from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { endConsents, guidanceStream } from "../store/circles.ts";
import { ConsentRow, GuidanceRow, GuidedChildRow } from "../store/entities.ts";
import { everybodyIn, readGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class EndGuidance {
  @Mutation(() => EndGuidanceResult, {
    description:
      "Ends the guidance of a family: every consent ends with it at once, and its content goes in four weeks.",
  })
  @Allow(shelter, manageGuidance)
  async endGuidance(
    @Arg("input", () => EndGuidanceInput) { guidanceId }: EndGuidanceInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof EndGuidanceResult> {
    if (!isUuid(guidanceId)) return new GuidanceNotFound();
    const { database, claims, clock } = context;
    return database.transaction(claims, async (rows) => {
      const guidance = await rows.findOne(GuidanceRow, {
        where: { id: guidanceId },
        lock: { mode: "for_no_key_update" },
      });
      if (guidance === null) return new GuidanceNotFound();
      const now = clock.now();
      if (guidance.endedAt === null) {
        const erasesAt = erasureAfter(now);
        await rows.update(GuidanceRow, { id: guidanceId }, { endedAt: now, erasesAt });
        await schedule(rows, "eraseGuidance", { id: guidanceId }, erasesAt, `erase:${guidanceId}`);
      }
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) throw new Error("A guidance that was just ended cannot be read");
      await recordProcessingOf(rows, context, "guidance.end", [everybodyIn(record)]);
      if (guidance.endedAt === null) {
        await actAsSystem(rows);
        const children = await rows.findBy(GuidedChildRow, { guidanceId });
        const consents = await rows.findBy(ConsentRow, {
          childId: In(children.map(({ id }) => id)),
          endedAt: IsNull(),
        });
        await endConsents(rows, consents, { now, withdrawn: false });
        await recordEvent(rows, {
          stream: guidanceStream(guidance.organisation),
          kind: "CHANGED",
          subject: guidanceId,
        });
      }
      return Object.assign(new GuidanceEnded(), { guidance: toGuidance(record, now) });
    });
  }
}
