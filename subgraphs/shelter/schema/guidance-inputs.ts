import { Field, ID, InputType, Int } from "type-graphql";
import { DateScalar } from "../../../plumbing/scalars.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import { ConsentCoverageEnum } from "./guidance.ts";

@InputType({ description: "Who accompanies the family. The school is told, where a parent consents." })
export class SupporterInput {
  @Field(() => String, { description: "At most 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "A telephone number or an e-mail address is needed." })
  telephone?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;
}

@InputType()
export class StartGuidanceInput {
  @Field(() => ID, { description: "The family's key in the shelter's own system." })
  familyId!: string;

  @Field(() => SupporterInput)
  supporter!: SupporterInput;
}

@InputType()
export class ChangeSupporterInput {
  @Field(() => ID)
  guidanceId!: string;

  @Field(() => SupporterInput)
  supporter!: SupporterInput;
}

@InputType()
export class EndGuidanceInput {
  @Field(() => ID)
  guidanceId!: string;
}

@InputType()
export class RecordConsentInput {
  @Field(() => ID)
  guidanceId!: string;

  @Field(() => ID, { description: "The `id` of one of `Guidance.children`." })
  childId!: string;

  @Field(() => ID, { description: "The `id` of one of `Guidance.parents`: who gave it." })
  parentId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The site id of the school that the parent names, for example `99AA00`: no other is told. Without it, the child's school, and after a change the next one.",
  })
  schoolId?: string | null;

  @Field(() => [ConsentCoverageEnum], { nullable: true, defaultValue: [] })
  covers?: ConsentCoverage[] | null;

  @Field(() => DateScalar, { description: "The last day on which it holds: not past, and within a year." })
  validUntil!: string;
}

@InputType()
export class WithdrawConsentInput {
  @Field(() => ID)
  consentId!: string;
}

@InputType({ description: "A school, and the key under which it knows the circle." })
export class FoundSchoolInput {
  @Field(() => ID)
  schoolId!: string;

  @Field(() => ID)
  circleKey!: string;
}

@InputType()
export class RecordSchoolInput {
  @Field(() => ID, { description: "The id under which the school was asked for." })
  id!: string;

  @Field(() => Int, { description: "Counts the news of one search: what is older than the latest changes nothing." })
  turn!: number;

  @Field(() => FoundSchoolInput, { nullable: true, description: "Null where the child has no school at the moment." })
  found?: FoundSchoolInput | null;
}
