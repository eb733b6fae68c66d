import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { IsNull } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { takeTurn } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { checkSupporter } from "../decisions/supporter.ts";
import { ShelterGuidance } from "../registry/entities.ts";
import { isFamilyOf } from "../registry/families.ts";
import { StartGuidanceInput } from "../schema/guidance-inputs.ts";
import { FamilyNotFound, GuidanceStarted, InvalidSupporter, StartGuidanceResult } from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { GuidanceRow } from "../store/entities.ts";
import { everybodyIn, readGuidances } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class StartGuidance {
  @Mutation(() => StartGuidanceResult, {
    description: "Begins the guidance of a family with its children. No school is told: that takes a parent's consent.",
  })
  @Allow(shelter, manageGuidance)
  async startGuidance(
    @Arg("input", () => StartGuidanceInput) { familyId, supporter: given }: StartGuidanceInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof StartGuidanceResult> {
    const supporter = checkSupporter(given);
    if (supporter === undefined) return new InvalidSupporter();
    const { database, claims, clock } = context;
    const { organisation = "" } = claims;
    return database.transaction(claims, async (rows) => {
      if (!isUuid(familyId) || !(await isFamilyOf(rows, familyId, organisation))) return new FamilyNotFound();
      await takeTurn(rows, `guidance:${familyId}`);
      const running = { familyKey: familyId, endedAt: IsNull() };
      const starts = !(await rows.existsBy(GuidanceRow, running));
      if (starts) {
        // As the shelter's own system would have: the trigger does the rest for both.
        await rows.insert(ShelterGuidance, {
          familyId,
          supporter: supporter.name,
          telephone: supporter.telephone,
          email: supporter.email,
        });
      }
      const [record] = await readGuidances(rows, await rows.findBy(GuidanceRow, running));
      if (record === undefined) throw new Error("The trigger on the registry did not begin the guidance");
      await recordProcessingOf(rows, context, starts ? "guidance.start" : "guidance.read", [everybodyIn(record)]);
      return Object.assign(new GuidanceStarted(), { guidance: toGuidance(record, clock.now()) });
    });
  }
}
