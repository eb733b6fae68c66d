import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { type EntityManager, IsNull, Not } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { Guidance } from "../schema/guidance.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { GuidanceRow } from "../store/entities.ts";
import { everybodyIn, type GuidanceRecord, readGuidances } from "../store/guidance.ts";
import { mostListed } from "../store/listing.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class Guidances {
  @Query(() => [Guidance], {
    description:
      "The families that your organisation guides, the latest 500 first; or, ended, those whose content is there yet. It has no pages: a shelter guides a few dozen at a time, and those that ended go after four weeks.",
  })
  @Allow(shelter, manageGuidance)
  async guidances(
    @Arg("ended", () => Boolean, { nullable: true, defaultValue: false }) ended: boolean | null,
    @Ctx() context: ShelterContext,
  ): Promise<Guidance[]> {
    const where = { endedAt: ended ? Not(IsNull()) : IsNull() };
    const order = { startedAt: "DESC", id: "DESC" } as const;
    return seen(context, async (rows) =>
      readGuidances(rows, await rows.find(GuidanceRow, { where, order, take: mostListed })),
    );
  }

  @Query(() => Guidance, { nullable: true, description: "One guidance of your organisation, else null." })
  @Allow(shelter, manageGuidance)
  async guidance(@Arg("id", () => ID) id: string, @Ctx() context: ShelterContext): Promise<Guidance | null> {
    if (!isUuid(id)) return null;
    const [found] = await seen(context, async (rows) => readGuidances(rows, await rows.findBy(GuidanceRow, { id })));
    return found ?? null;
  }
}

/** What the caller sees of guidances, which then stands in the processing log. */
export function seen(
  context: ShelterContext,
  read: (rows: EntityManager) => Promise<readonly GuidanceRecord[]>,
): Promise<Guidance[]> {
  const { database, claims, clock } = context;
  return database.transaction(claims, async (rows) => {
    const records = await read(rows);
    await recordProcessingOf(rows, context, "guidance.read", records.map(everybodyIn));
    return records.map((record) => toGuidance(record, clock.now()));
  });
}
