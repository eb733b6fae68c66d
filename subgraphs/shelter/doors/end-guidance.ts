import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem, actFor } from "../../../plumbing/database.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { erasureAfter } from "../decisions/consent.ts";
import { EndGuidanceInput } from "../schema/guidance-inputs.ts";
import { EndGuidanceResult, GuidanceEnded, GuidanceNotFound } from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { takeCircles } from "../store/circles.ts";
import { endConsents, openConsents } from "../store/consents.ts";
import { GuidanceRow } from "../store/entities.ts";
import { everybodyIn, type GuidanceRecord, readGuidance, takeGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { guidanceChanged, tell } from "../store/telling.ts";

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
      const guidance = await takeGuidance(rows, guidanceId);
      if (guidance === undefined) return new GuidanceNotFound();
      const before = await readRecord(rows, guidanceId);
      const now = clock.now();
      await actAsSystem(rows);
      const childIds = before.children.map(({ child }) => child.id);
      const circles = await takeCircles(rows, childIds);
      await recordProcessingOf(rows, context, "guidance.end", [everybodyIn(before)]);
      if (guidance.endedAt === null) {
        const erasesAt = erasureAfter(now);
        await rows.update(GuidanceRow, { id: guidanceId }, { endedAt: now, erasesAt });
        await schedule(rows, "eraseGuidance", { id: guidanceId }, erasesAt, `erase:${guidanceId}`);
        const consents = await openConsents(rows, childIds);
        const events = await endConsents(rows, circles, consents, { now, withdrawn: false });
        tell(rows, [...events, guidanceChanged(guidance)]);
      }
      await actFor(rows, claims);
      return Object.assign(new GuidanceEnded(), { guidance: toGuidance(await readRecord(rows, guidanceId), now) });
    });
  }
}

async function readRecord(rows: EntityManager, id: string): Promise<GuidanceRecord> {
  const record = await readGuidance(rows, id);
  if (record === undefined) throw new Error("A guidance that is taken cannot be read");
  return record;
}
