import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { LeerplichtContext } from "../context.ts";
import { LeerplichtOfficer, School } from "../schema/joined.ts";
import { school } from "../schema/parties.ts";

@Resolver(() => School)
export class SchoolOfficer {
  @FieldResolver(() => LeerplichtOfficer, {
    nullable: true,
    description: "The compulsory-education officer (leerplichtambtenaar) who looks after this school.",
  })
  @Allow(school)
  async leerplichtOfficer(
    @Root() { id }: School,
    @Ctx() { loaders, claims }: LeerplichtContext,
  ): Promise<LeerplichtOfficer | null> {
    return claims.schools?.includes(id) ? loaders.officer.load(id) : null;
  }
}

/** Answers another subgraph's reference to a school: what we add to it hangs on its id alone. */
export function resolveSchoolReference({ id }: School): School {
  return { id };
}
