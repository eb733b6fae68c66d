import { Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { school } from "../schema/parties.ts";
import { Viewer } from "../schema/school.ts";

@Resolver()
export class Me {
  @Query(() => Viewer, { description: "Who the caller is." })
  @Allow(school)
  me(@Ctx() { claims }: SchoolContext): Viewer {
    const { sub, party, organisation = null, scope } = claims;
    return { id: sub, party, organisation, scopes: [...scope] };
  }
}
