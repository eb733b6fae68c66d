import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { school } from "../schema/parties.ts";
import { ContactHours, School, SchoolDays } from "../schema/school.ts";

@Resolver(() => School)
export class SchoolCalendarFields {
  @FieldResolver(() => ContactHours, { description: "When the contact persons are reached." })
  @Allow(school)
  contactHours(@Root() { id }: School, @Ctx() { loaders }: SchoolContext): Promise<ContactHours> {
    return loaders.contactHours.load(id);
  }

  @FieldResolver(() => [SchoolDays], {
    description: "Days on which the school differs from its region, in their order.",
  })
  @Allow(school)
  ownDays(@Root() { id }: School, @Ctx() { loaders }: SchoolContext): Promise<SchoolDays[]> {
    return loaders.ownDays.load(id);
  }
}
