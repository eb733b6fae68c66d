import { createUnionType, Field, ID, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { GuidanceNotFound } from "./guidance-results.ts";
import { shelter } from "./parties.ts";

@ObjectType({ description: "It is reported, and a signal about each child is on its way." })
@Allow(shelter)
export class ViolenceReported {
  @Field(() => Boolean, { description: "Whether it had been reported under this key before." })
  replayed!: boolean;

  @Field(() => ID, { description: "The `Incident.id`, whose signals tell how far they are." })
  incidentId!: string;
}

@ObjectType({ description: "Nothing was reported." })
@Allow(shelter)
export class ViolenceRefused {
  @Field(() => String, {
    description:
      "`GUIDANCE_ENDED`; `CHILD_NOT_IN_FAMILY`, also where no child is named; `AGE_OUT_OF_RANGE`: over 18; `OCCURRED_AT_INVALID`: to come, or more than 30 days ago; `IDEMPOTENCY_KEY_INVALID`; `IDEMPOTENCY_CONFLICT`: the key came with another report.",
  })
  readonly code: ViolenceRefusal;

  constructor(code: ViolenceRefusal) {
    this.code = code;
  }
}

type ViolenceRefusal =
  | "GUIDANCE_ENDED"
  | "CHILD_NOT_IN_FAMILY"
  | "AGE_OUT_OF_RANGE"
  | "OCCURRED_AT_INVALID"
  | "IDEMPOTENCY_KEY_INVALID"
  | "IDEMPOTENCY_CONFLICT";

/** type-graphql tells the members apart by their classes, so results are instances. */
export const ReportViolenceResult = createUnionType({
  name: "ReportViolenceResult",
  types: () => [ViolenceReported, GuidanceNotFound, ViolenceRefused] as const,
});
