import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";

/** Who is told with which schools something was shared, also where a circle is no more. */
const parent = ["parent"];

@ObjectType({ description: "A site of a school, by name." })
@Directive('@key(fields: "id")')
@Allow(parent)
export class NamedSchool {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: "The site id, where no name is known here." })
  name!: string;

  @Field(() => String, { nullable: true })
  city!: string | null;
}
