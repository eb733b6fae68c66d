import { Field, ID, InputType } from "type-graphql";
import { SubmittedChildInput } from "./inputs.ts";

@InputType()
export class FindSchoolInput {
  @Field(() => ID, { description: "The asking part's own id. The same one is taken in once." })
  id!: string;

  @Field(() => SubmittedChildInput)
  child!: SubmittedChildInput;

  @Field(() => ID, {
    nullable: true,
    description: "The site that the parent named: no other is told. Null where the parent named none.",
  })
  schoolId?: string | null;
}

@InputType()
export class EndSearchInput {
  @Field(() => ID)
  id!: string;
}
