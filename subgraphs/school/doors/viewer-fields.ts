import { Ctx, FieldResolver, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { SchoolContext } from "../context.ts";
import { school } from "../schema/parties.ts";
import { School, Viewer } from "../schema/school.ts";
import { schoolsOf } from "./schools.ts";

@Resolver(() => Viewer)
export class ViewerFields {
  @FieldResolver(() => [School], { description: "The schools that the caller may act for." })
  @Allow(school)
  schools(@Ctx() context: SchoolContext): Promise<School[]> {
    return schoolsOf(context);
  }
}
