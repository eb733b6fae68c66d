import { Field, Int, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { operator, readStatistics } from "./parties.ts";

@ObjectType({
  description:
    "What guidance came to, of families whose content is erased: told of at least five together, and null of fewer.",
})
@Allow(operator, readStatistics)
export class GuidanceFigures {
  @Field(() => Int, { nullable: true, description: "How many guidances these figures are of." })
  guidances!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "From the start of guidance until the supporter and a contact of the child's school first knew of each other; of those where they did.",
  })
  medianHoursToFirstContact!: number | null;

  @Field(() => Int, { nullable: true, description: "How many talks were held." })
  talks!: number | null;

  @Field(() => Int, { nullable: true, description: "How many actions were agreed in them." })
  agreements!: number | null;

  @Field(() => Int, { nullable: true, description: "How many of these were confirmed as done." })
  agreementsKept!: number | null;
}
