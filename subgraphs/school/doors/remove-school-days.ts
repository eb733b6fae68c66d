import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import { RemoveSchoolDaysInput } from "../schema/inputs.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { RemoveSchoolDaysResult, SchoolDaysNotFound, SchoolDaysRemoved } from "../schema/results.ts";
import { OwnDaysRow } from "../store/entities.ts";
import { schoolById } from "./schools.ts";

@Resolver()
export class RemoveSchoolDays {
  @Mutation(() => RemoveSchoolDaysResult, {
    description: "Takes back that the school differs from its region on these days.",
  })
  @Allow(school, handleSignals)
  async removeSchoolDays(
    @Arg("input", () => RemoveSchoolDaysInput) { schoolDaysId: id }: RemoveSchoolDaysInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof RemoveSchoolDaysResult> {
    if (!isUuid(id)) return new SchoolDaysNotFound();
    const removed = await context.database.transaction(context.claims, async (rows) => {
      const days = await rows.findOneBy(OwnDaysRow, { id });
      await rows.delete(OwnDaysRow, { id });
      return days;
    });
    const found = removed === null ? null : await schoolById(removed.schoolId, context);
    if (found === null) return new SchoolDaysNotFound();
    context.loaders.ownDays.clear(found.id);
    return Object.assign(new SchoolDaysRemoved(), { school: found });
  }
}
