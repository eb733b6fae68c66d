import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import type { LeerplichtContext } from "../context.ts";
import { discloseFigures } from "../decisions/figures.ts";
import { operator, readStatistics } from "../schema/parties.ts";
import { Statistics } from "../schema/statistics.ts";
import { readFigures } from "../store/figures.ts";

@Resolver()
export class StatisticsDoor {
  @Query(() => Statistics, { description: "How often the promise was kept, from one day to another, both counted." })
  @Allow(operator, readStatistics)
  async statistics(
    @Arg("from", () => DateScalar) from: string,
    @Arg("to", () => DateScalar) to: string,
    @Ctx() { database, clock }: LeerplichtContext,
  ): Promise<Statistics> {
    // An operator may read no row of the ledger, only these figures about all of them.
    const figures = await database.transaction(systemClaims, (rows) => readFigures(rows, from, to, clock.now()));
    return { from, to, ...discloseFigures(figures) };
  }
}
