import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import { leerplicht, manageRouting } from "./parties.ts";
import { CandidateSchool } from "./routing-task.ts";

@ObjectType({
  description:
    "A school day on which no contact person of a school can be reached: call the school, so that somebody can.",
})
@Allow(leerplicht, manageRouting)
export class ContactGap {
  @Field(() => CandidateSchool)
  school!: CandidateSchool;

  @Field(() => Boolean, { description: "Whether an officer of this office looks after the school." })
  inArea!: boolean;

  @Field(() => DateScalar)
  day!: string;

  @Field(() => DateTimeScalar, { description: "Since when the office knows of it." })
  foundAt!: Date;
}

@InputType()
export class ReportContactGapInput {
  @Field(() => ID)
  schoolId!: string;

  @Field(() => DateScalar)
  day!: string;

  @Field(() => Boolean, { description: "False once somebody can be reached after all." })
  open!: boolean;

  @Field(() => Int, { description: "Of two words about one day, that of the higher revision is the later one." })
  revision!: number;
}
