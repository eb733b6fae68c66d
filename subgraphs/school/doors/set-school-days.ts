import { Temporal } from "temporal-polyfill";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { SetSchoolDaysInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { InvalidPeriod, SchoolDaysSet, SchoolNotFound, SetSchoolDaysResult } from "../schema/results.ts";
import { OwnDaysRow } from "../store/entities.ts";
import { schoolById } from "./schools.ts";

/** The longest run of days: no holiday is longer, and a year that was mistyped is. */
const longestRun = 60;

/** How many runs a school may have: some years of them. */
const mostRuns = 200;

@Resolver()
export class SetSchoolDays {
  @Mutation(() => SetSchoolDaysResult, {
    description:
      "Says that the school is free, or open, on these days, whatever its region does; at most 60 in a run. The same run, set the other way, takes the place of the one before. Where runs overlap, open goes before free.",
  })
  @Allow(school, handleSignals)
  async setSchoolDays(
    @Arg("input", () => SetSchoolDaysInput) { schoolId, firstDay, lastDay, isSchool }: SetSchoolDaysInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof SetSchoolDaysResult> {
    const found = await schoolById(schoolId, context);
    if (found === null) return new SchoolNotFound();
    if (lastDay < firstDay) return new InvalidPeriod("PERIOD_REVERSED");
    if (Temporal.PlainDate.from(firstDay).until(lastDay).days >= longestRun)
      return new InvalidPeriod("PERIOD_TOO_LONG");
    const set = await context.database.transaction(context.claims, (rows) =>
      setDays(rows, { schoolId, firstDay, lastDay, isSchool }),
    );
    if (!set) return new InvalidPeriod("TOO_MANY_PERIODS");
    context.loaders.ownDays.clear(schoolId);
    return Object.assign(new SchoolDaysSet(), { school: found });
  }
}

async function setDays(rows: EntityManager, days: SetSchoolDaysInput): Promise<boolean> {
  const { schoolId, firstDay, lastDay, isSchool } = days;
  await rows.delete(OwnDaysRow, { schoolId, firstDay, lastDay, isSchool: !isSchool });
  if ((await rows.countBy(OwnDaysRow, { schoolId })) >= mostRuns) return false;
  await rows.createQueryBuilder().insert().into(OwnDaysRow).values(days).orIgnore().execute();
  return true;
}
