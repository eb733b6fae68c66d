import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { school } from "../schema/parties.ts";
import { Group, Pupil, StaffMember } from "../schema/school.ts";
import { toStaffMember } from "./schools.ts";

/** A pupil on the way to an answer. */
export interface PupilNode extends Pupil {
  /** The registry's number of the pupil's group. */
  readonly groupNumber: string | null;
}

@Resolver(() => Pupil)
export class PupilFields {
  @FieldResolver(() => Group, { nullable: true })
  @Allow(school)
  async group(@Root() { groupNumber }: PupilNode, @Ctx() { loaders }: SchoolContext): Promise<Group | null> {
    return groupNumber === null ? null : loaders.group.load(groupNumber);
  }
}

@Resolver(() => Group)
export class GroupFields {
  @FieldResolver(() => [StaffMember], { description: "Who teaches the group. Told to contact persons only." })
  @Allow(school)
  async teachers(@Root() { id }: Group, @Ctx() { loaders }: SchoolContext): Promise<StaffMember[]> {
    return (await loaders.teachers.load(id)).map(toStaffMember);
  }
}
