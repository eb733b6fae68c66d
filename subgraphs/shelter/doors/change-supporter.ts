import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { checkSupporter } from "../decisions/supporter.ts";
import { ShelterGuidance } from "../registry/entities.ts";
import { ChangeSupporterInput } from "../schema/guidance-inputs.ts";
import {
  ChangeSupporterResult,
  GuidanceAlreadyEnded,
  GuidanceNotFound,
  InvalidSupporter,
  SupporterChanged,
} from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { everybodyIn, readGuidance, takeGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class ChangeSupporter {
  @Mutation(() => ChangeSupporterResult, {
    description:
      "Says who accompanies a family from now on. Whoever sees the supporter hears of it: your organisation, the schools that are in, and the parents.",
  })
  @Allow(shelter, manageGuidance)
  async changeSupporter(
    @Arg("input", () => ChangeSupporterInput) { guidanceId, supporter: given }: ChangeSupporterInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ChangeSupporterResult> {
    const supporter = checkSupporter(given);
    if (supporter === undefined) return new InvalidSupporter();
    if (!isUuid(guidanceId)) return new GuidanceNotFound();
    const { database, claims, clock } = context;
    return database.transaction(claims, async (rows) => {
      const guidance = await takeGuidance(rows, guidanceId);
      if (guidance === undefined) return new GuidanceNotFound();
      if (guidance.endedAt !== null) return new GuidanceAlreadyEnded();
      // As the shelter's own system would have: the trigger does the rest for both.
      const { name, telephone, email } = supporter;
      await rows.insert(ShelterGuidance, { familyId: guidance.familyKey, supporter: name, telephone, email });
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) throw new Error("A guidance that is taken cannot be read");
      await recordProcessingOf(rows, context, "guidance.change", [everybodyIn(record)]);
      return Object.assign(new SupporterChanged(), { guidance: toGuidance(record, clock.now()) });
    });
  }
}
