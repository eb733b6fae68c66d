import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import { manageGuidance, parent, school, shelter } from "./parties.ts";

@ObjectType({ description: "The school's side of a support circle; there as long as a consent holds." })
@Directive('@key(fields: "circleKey", resolvable: false)')
@Allow([...shelter, ...parent])
export class CircleSchool {
  @Field(() => ID)
  @Directive("@inaccessible")
  circleKey!: string;
}

export enum ConsentState {
  GIVEN = "GIVEN",
  WITHDRAWN = "WITHDRAWN",
  EXPIRED = "EXPIRED",
}
registerEnumType(ConsentState, {
  name: "ConsentState",
  description: "Whether a consent holds.",
  valuesConfig: {
    GIVEN: { description: "It holds." },
    WITHDRAWN: { description: "It was taken back. Final." },
    EXPIRED: {
      description: "Its time is over, guidance has ended, or the same parent has given another in its place. Final.",
    },
  },
});

export const ConsentCoverageEnum = { CONCERNS: "CONCERNS", PAST_TALKS: "PAST_TALKS" } as const;
registerEnumType(ConsentCoverageEnum, {
  name: "ConsentCoverage",
  description:
    "What a consent is for, besides that supporter and school's contact know each other as the child's contacts.",
  valuesConfig: {
    CONCERNS: { description: "Each side may know why another has called for a talk." },
    PAST_TALKS: { description: "The school may see the talks that were held with a school before it." },
  },
});

@ObjectType({ description: "Somebody of a family, by name as the shelter's own system has it." })
@Allow(shelter, manageGuidance)
export class FamilyMember {
  @Field(() => ID, { description: "The key in the shelter's own system." })
  id!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({
  description:
    "A parent's consent that shelter and school know each other as this child's contacts, and support the child together. It is that parent's alone: the circle stands while one parent's holds, and covers what any that holds covers.",
})
@Allow(shelter, manageGuidance)
export class Consent {
  @Field(() => ID)
  id!: string;

  @Field(() => FamilyMember, {
    nullable: true,
    description: "The parent who gave it; null where the family's record no longer has them.",
  })
  givenBy!: FamilyMember | null;

  @Field(() => ID, {
    nullable: true,
    description: "The site id of the one school that it is for; null where it is for whichever the child goes to.",
  })
  schoolId!: string | null;

  @Field(() => [ConsentCoverageEnum])
  covers!: ConsentCoverage[];

  @Field(() => DateTimeScalar)
  givenAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it ends by itself, or ended." })
  validUntil!: Date;

  @Field(() => ConsentState)
  state!: ConsentState;
}

@ObjectType({ description: "A child of a family in guidance." })
@Allow(shelter, manageGuidance)
export class GuidedChild {
  @Field(() => ID, { description: "Random; another for another guidance." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: "Null where the shelter's own system no longer has the child in the family.",
  })
  name!: string | null;

  @Field(() => DateScalar, { nullable: true })
  birthDate!: string | null;

  @Field(() => [Consent], { description: "The latest first." })
  consents!: Consent[];

  @Field(() => CircleSchool, {
    nullable: true,
    description:
      "The child's school and its contact persons. Null without a consent that holds, until the school is found, and where the child goes to another one than the consent names.",
  })
  school!: CircleSchool | null;
}

@ObjectType({ description: "The shelter's worker who accompanies a family." })
@Allow([...shelter, ...school, ...parent])
export class Supporter {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  telephone!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;
}

@ObjectType({ description: "The guidance of one family." })
@Allow(shelter, manageGuidance)
export class Guidance {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  endedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When its content goes; null while it runs." })
  erasesAt!: Date | null;

  @Field(() => Supporter)
  supporter!: Supporter;

  @Field(() => [FamilyMember], { description: "Who can give consent." })
  parents!: FamilyMember[];

  @Field(() => [GuidedChild])
  children!: GuidedChild[];
}

@ObjectType({ description: "Something that happened to a family in guidance: a consent, a school, the end." })
@Allow(shelter, manageGuidance)
export class GuidanceEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => Guidance, { description: "The guidance as it is now." })
  guidance!: Guidance;
}
