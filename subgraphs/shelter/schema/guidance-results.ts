import { createUnionType, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { Guidance } from "./guidance.ts";
import { shelter } from "./parties.ts";

@ObjectType({ description: "The family is in guidance. Started again, the one that runs is given." })
@Allow(shelter)
export class GuidanceStarted {
  @Field(() => Guidance)
  guidance!: Guidance;
}

@ObjectType({ description: "Your organisation has no such family. Another's is answered like one that never was." })
@Allow(shelter)
export class FamilyNotFound {
  @Field(() => String, { description: "Always `FAMILY_NOT_FOUND`." })
  readonly code: string = "FAMILY_NOT_FOUND";
}

@ObjectType({ description: "The supporter has no readable name, or neither telephone number nor e-mail address." })
@Allow(shelter)
export class InvalidSupporter {
  @Field(() => String, { description: "Always `INVALID_SUPPORTER`." })
  readonly code: string = "INVALID_SUPPORTER";
}

@ObjectType({ description: "The family has another supporter. Said again, it stays so." })
@Allow(shelter)
export class SupporterChanged {
  @Field(() => Guidance)
  guidance!: Guidance;
}

@ObjectType({ description: "Nobody accompanies the family any more." })
@Allow(shelter)
export class GuidanceAlreadyEnded {
  @Field(() => String, { description: "Always `GUIDANCE_ENDED`." })
  readonly code: string = "GUIDANCE_ENDED";
}

@ObjectType({ description: "Guidance has ended, and with it every consent. Ended again, it stays as it is." })
@Allow(shelter)
export class GuidanceEnded {
  @Field(() => Guidance)
  guidance!: Guidance;
}

@ObjectType({ description: "Your organisation has no such guidance." })
@Allow(shelter)
export class GuidanceNotFound {
  @Field(() => String, { description: "Always `GUIDANCE_NOT_FOUND`." })
  readonly code: string = "GUIDANCE_NOT_FOUND";
}

@ObjectType({ description: "The consent is recorded, and the child's school is looked for." })
@Allow(shelter)
export class ConsentRecorded {
  @Field(() => Guidance)
  guidance!: Guidance;
}

@ObjectType({ description: "The consent cannot be recorded. Nothing was stored." })
@Allow(shelter)
export class ConsentRefused {
  @Field(() => String, {
    description:
      "`GUIDANCE_ENDED`, `CHILD_NOT_IN_FAMILY`, `PARENT_NOT_IN_FAMILY`, `SCHOOL_ID_INVALID`, or `VALID_UNTIL_INVALID`: past, or more than a year from now.",
  })
  readonly code: ConsentRefusal;

  constructor(code: ConsentRefusal) {
    this.code = code;
  }
}

export type ConsentRefusal =
  | "GUIDANCE_ENDED"
  | "CHILD_NOT_IN_FAMILY"
  | "PARENT_NOT_IN_FAMILY"
  | "SCHOOL_ID_INVALID"
  | "VALID_UNTIL_INVALID";

@ObjectType({ description: "The consent holds no more, on every screen. Withdrawn again, the answer is the same." })
@Allow(shelter)
export class ConsentWithdrawn {
  @Field(() => Guidance)
  guidance!: Guidance;
}

@ObjectType({ description: "Your organisation has no such consent." })
@Allow(shelter)
export class ConsentNotFound {
  @Field(() => String, { description: "Always `CONSENT_NOT_FOUND`." })
  readonly code: string = "CONSENT_NOT_FOUND";
}

/** type-graphql tells the members apart by their classes, so results are instances. */
export const StartGuidanceResult = createUnionType({
  name: "StartGuidanceResult",
  types: () => [GuidanceStarted, FamilyNotFound, InvalidSupporter] as const,
});

export const ChangeSupporterResult = createUnionType({
  name: "ChangeSupporterResult",
  types: () => [SupporterChanged, GuidanceNotFound, GuidanceAlreadyEnded, InvalidSupporter] as const,
});

export const EndGuidanceResult = createUnionType({
  name: "EndGuidanceResult",
  types: () => [GuidanceEnded, GuidanceNotFound] as const,
});

export const RecordConsentResult = createUnionType({
  name: "RecordConsentResult",
  types: () => [ConsentRecorded, GuidanceNotFound, ConsentRefused] as const,
});

export const WithdrawConsentResult = createUnionType({
  name: "WithdrawConsentResult",
  types: () => [ConsentWithdrawn, ConsentNotFound] as const,
});
