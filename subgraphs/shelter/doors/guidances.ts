import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { IsNull, Not } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { Guidance } from "../schema/guidance.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { GuidanceRow } from "../store/entities.ts";
import { readGuidance, readGuidances } from "../store/guidance.ts";

@Resolver()
export class Guidances {
  @Query(() => [Guidance], {
    description:
      "The families that your organisation guides, the latest first; or, ended, those whose content is there yet.",
  })
  @Allow(shelter, manageGuidance)
  async guidances(
    @Arg("ended", () => Boolean, { nullable: true, defaultValue: false }) ended: boolean | null,
    @Ctx() { database, claims, clock }: ShelterContext,
  ): Promise<Guidance[]> {
    const where = ended ? { endedAt: Not(IsNull()), familyKey: Not(IsNull()) } : { endedAt: IsNull() };
    const records = await database.transaction(claims, async (rows) =>
      readGuidances(rows, await rows.find(GuidanceRow, { where, order: { startedAt: "DESC", id: "DESC" } })),
    );
    return records.map((record) => toGuidance(record, clock.now()));
  }

  @Query(() => Guidance, { nullable: true, description: "One guidance of your organisation, else null." })
  @Allow(shelter, manageGuidance)
  async guidance(
    @Arg("id", () => ID) id: string,
    @Ctx() { database, claims, clock }: ShelterContext,
  ): Promise<Guidance | null> {
    if (!isUuid(id)) return null;
    const record = await database.transaction(claims, (rows) => readGuidance(rows, id));
    return record === undefined ? null : toGuidance(record, clock.now());
  }
}
