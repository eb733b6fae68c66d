import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { type SchoolContext, sitesOf } from "../context.ts";
import { displayName } from "../decisions/display-name.ts";
import { siteIdOf } from "../loaders.ts";
import type { RegistrySchool, RegistryStaffMember } from "../registry/entities.ts";
import { school } from "../schema/parties.ts";
import { School, StaffMember } from "../schema/school.ts";

@Resolver(() => School)
export class Schools {
  @Query(() => [School], { description: "The schools that the caller may act for." })
  @Allow(school)
  schools(@Ctx() context: SchoolContext): Promise<School[]> {
    return schoolsOf(context);
  }

  @Query(() => School, { nullable: true, description: "One of the schools that the caller may act for, else null." })
  @Allow(school)
  school(@Arg("id", () => ID) id: string, @Ctx() context: SchoolContext): Promise<School | null> {
    return schoolById(id, context);
  }

  @FieldResolver(() => [StaffMember], {
    description:
      "The contact persons, in the order in which they are told of a signal: the first contact, then the deputies.",
  })
  @Allow(school)
  async contacts(@Root() { id }: School, @Ctx() { loaders }: SchoolContext): Promise<StaffMember[]> {
    return (await loaders.contacts.load(id)).map(toStaffMember);
  }

  @FieldResolver(() => [StaffMember], { description: "Who works there today: whom a signal can be handed over to." })
  @Allow(school)
  async staff(@Root() { id }: School, @Ctx() { loaders }: SchoolContext): Promise<StaffMember[]> {
    return (await loaders.staff.load(id)).map(toStaffMember);
  }
}

/** The schools that the caller may act for, in the order of the token. */
export async function schoolsOf(context: SchoolContext): Promise<School[]> {
  const found = await Promise.all(sitesOf(context).map((id) => schoolById(id, context)));
  return found.filter((one) => one !== null);
}

/** Finds a school for a root field, or for another subgraph's reference to it. */
export async function schoolById(id: string, { loaders }: SchoolContext): Promise<School | null> {
  const found = await loaders.school.load(id);
  return found === null ? null : toSchool(found);
}

function toSchool(row: RegistrySchool): School {
  const id = siteIdOf(row);
  return { id, name: row.name ?? id, city: row.city };
}

export function toStaffMember(row: RegistryStaffMember): StaffMember {
  return { id: row.id, name: displayName(row), email: row.email };
}
