import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ShelterContext } from "../context.ts";
import { GuidanceFigures } from "../schema/guidance-figures.ts";
import { operator, readStatistics } from "../schema/parties.ts";
import { readFigures } from "../store/evaluation.ts";

@Resolver()
export class GuidanceFiguresDoor {
  @Query(() => GuidanceFigures, { description: "What the guidances that began in a year came to, for the evaluation." })
  @Allow(operator, readStatistics)
  guidanceFigures(
    @Arg("year", () => Int) year: number,
    @Ctx() { database, claims }: ShelterContext,
  ): Promise<GuidanceFigures> {
    return database.transaction(claims, (rows) => readFigures(rows, year));
  }
}
