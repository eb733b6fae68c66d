import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import type { LeerplichtContext } from "../context.ts";
import { lastDayOf, wholeMonths } from "../decisions/figures.ts";
import { municipalityNames } from "../registry/municipalities.ts";
import { operator, readStatistics } from "../schema/parties.ts";
import { Statistics } from "../schema/statistics.ts";
import { readFigures, readWaiting } from "../store/figures.ts";

@Resolver()
export class StatisticsDoor {
  @Query(() => Statistics, {
    description:
      "How often the promise was kept, from one day to another, both counted and widened to whole months; of the last five years where it is more.",
  })
  @Allow(operator, readStatistics)
  async statistics(
    @Arg("from", () => DateScalar) from: string,
    @Arg("to", () => DateScalar) to: string,
    @Ctx() { database }: LeerplichtContext,
  ): Promise<Statistics> {
    const range = wholeMonths(from, to);
    // An operator may read no row of the ledger, only these figures about all of them.
    return database.transaction(systemClaims, async (rows) => {
      const { total, months } = await readFigures(rows, range);
      const names = await municipalityNames(rows, [...new Set(months.map(({ municipality }) => municipality))]);
      const named = months.map((month) => ({ ...month, municipalityName: names.get(month.municipality) ?? null }));
      return { from: range.first, to: lastDayOf(range.last), ...total, ...(await readWaiting(rows)), months: named };
    });
  }
}
