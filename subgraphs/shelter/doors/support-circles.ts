import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { toSupportCircle } from "../schema/guidance-view.ts";
import { readCircles, school } from "../schema/parties.ts";
import { Pupil, SupportCircle } from "../schema/support-circle.ts";
import { seeCircles } from "../store/circles.ts";
import { mostListed } from "../store/listing.ts";

@Resolver(() => Pupil)
export class SupportCircles {
  @Query(() => [SupportCircle], {
    description:
      "The support circles of the pupils of your schools, for whom a parent agrees, the oldest 500 first. It has no pages: a school has a handful, and they end with consent; who acts for very many schools asks for one at a time.",
  })
  @Allow(school, readCircles)
  async supportCircles(
    @Arg("schoolId", () => ID, { nullable: true, description: "One school; else all that the caller may read." })
    schoolId: string | null,
    @Ctx() context: ShelterContext,
  ): Promise<SupportCircle[]> {
    const { database, claims } = context;
    const by = schoolId == null ? undefined : ({ column: "school_id", values: [schoolId] } as const);
    const circles = await database.transaction(claims, (rows) => seeCircles(rows, context, by, mostListed));
    return circles.map(toSupportCircle);
  }

  @FieldResolver(() => SupportCircle, {
    nullable: true,
    description:
      "Null where no parent agrees, and for the pupil of a signal: a signal and a support circle have nothing to do with each other.",
  })
  @Allow(school, readCircles)
  async supportCircle(@Root() { circleKey }: Pupil, @Ctx() { circles }: ShelterContext): Promise<SupportCircle | null> {
    const circle = await circles.load(circleKey);
    return circle === null ? null : toSupportCircle(circle);
  }
}

/** Answers the school's reference to a pupil: what is added to it hangs on the key alone. */
export function resolvePupilReference({ circleKey }: Pupil): Pupil {
  return { circleKey };
}
