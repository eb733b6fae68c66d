import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { ContactAbsence } from "../schema/absence.ts";
import { readSignals, school } from "../schema/parties.ts";
import { School } from "../schema/school.ts";
import { toStaffMember } from "./schools.ts";

@Resolver(() => School)
export class Absences {
  @FieldResolver(() => [ContactAbsence], { description: "When contact persons cannot be reached: today and later." })
  @Allow(school, readSignals)
  async absences(@Root() { id }: School, @Ctx() { loaders }: SchoolContext): Promise<ContactAbsence[]> {
    const absences = await loaders.absences.load(id);
    return absences.map(({ absence, person }) => ({ ...absence, staffMember: toStaffMember(person) }));
  }
}
