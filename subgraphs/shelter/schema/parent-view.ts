import { createUnionType, Directive, Field, ID, InputType, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import type { ViewRefusal } from "../decisions/parent-code.ts";
import { Conversation } from "./conversation.ts";
import { CircleSchool, ConsentCoverageEnum, ConsentState, Supporter } from "./guidance.ts";
import { GuidanceNotFound } from "./guidance-results.ts";
import { ownConsents, parent, shelter } from "./parties.ts";

@InputType()
export class InviteParentInput {
  @Field(() => ID)
  guidanceId!: string;

  @Field(() => ID, { description: "The `id` of one of `Guidance.parents`." })
  parentId!: string;
}

@ObjectType({ description: "Hand the code over in person, on paper or as a link; it is told once, and good once." })
@Allow(shelter)
export class ParentInvited {
  @Field(() => String, {
    description: "Sixteen characters, in fours. In a link it belongs behind a `#`, which no server is sent.",
  })
  code!: string;

  @Field(() => DateTimeScalar)
  validUntil!: Date;
}

@ObjectType({ description: "No code was made." })
@Allow(shelter)
export class InvitationRefused {
  @Field(() => String, { description: "`GUIDANCE_ENDED` or `PARENT_NOT_IN_FAMILY`." })
  readonly code: "GUIDANCE_ENDED" | "PARENT_NOT_IN_FAMILY";

  constructor(code: InvitationRefused["code"]) {
    this.code = code;
  }
}

@ObjectType({ description: "A site of a school, by name." })
@Directive('@key(fields: "id", resolvable: false)')
@Allow(parent)
export class NamedSchool {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ description: "That the school and the supporter knew each other, by name, telephone and e-mail." })
@Allow(parent, ownConsents)
export class Sharing {
  @Field(() => ID, { description: "The site id of the school." })
  schoolId!: string;

  @Field(() => NamedSchool, {
    nullable: true,
    description: "By name; also of a school that is out. Null where that cannot be asked now.",
  })
  school!: NamedSchool | null;

  @Field(() => DateTimeScalar)
  since!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "Null while they do." })
  until!: Date | null;
}

@ObjectType({ description: "A consent that the parent gave." })
@Allow(parent, ownConsents)
export class OwnConsent {
  @Field(() => ID)
  id!: string;

  @Field(() => ConsentState)
  state!: ConsentState;

  @Field(() => [ConsentCoverageEnum])
  covers!: ConsentCoverage[];

  @Field(() => DateTimeScalar)
  givenAt!: Date;

  @Field(() => DateTimeScalar)
  validUntil!: Date;

  @Field(() => ID, {
    nullable: true,
    description: "The site id of the one school that it is for; null where it is for whichever the child goes to.",
  })
  schoolId!: string | null;

  @Field(() => NamedSchool, {
    nullable: true,
    description: "The one school that it is for, by name. Null also where that cannot be asked now.",
  })
  namedSchool!: NamedSchool | null;

  @Field(() => CircleSchool, { nullable: true, description: "The school that is in now, and its contact persons." })
  school!: CircleSchool | null;

  @Field(() => [Sharing], { description: "What it has led to, the latest first." })
  sharings!: Sharing[];
}

@ObjectType({ description: "A child for whom the parent gave a consent." })
@Allow(parent, ownConsents)
export class OwnChild {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [OwnConsent], { description: "The latest first." })
  consents!: OwnConsent[];
}

@ObjectType({
  description:
    "What a parent's own consents led to: what was shared, with whom and when. Another parent's are not in it.",
})
@Allow(parent, ownConsents)
export class ParentView {
  @Field(() => DateTimeScalar, { description: "Until when the key opens it." })
  until!: Date;

  @Field(() => Supporter)
  supporter!: Supporter;

  @Field(() => [OwnChild])
  children!: OwnChild[];

  @Field(() => [Conversation], { description: "The talks about these children, while a consent holds." })
  conversations!: Conversation[];
}

@InputType()
export class OpenParentViewInput {
  @Field(() => String, { description: "As the supporter gave it; blanks, hyphens and small letters do no harm." })
  code!: string;
}

@InputType()
export class WithdrawOwnConsentInput {
  @Field(() => String, { description: "`ParentViewOpened.key`" })
  key!: string;

  @Field(() => ID, { description: "The `id` of one of `OwnChild.consents`." })
  consentId!: string;
}

@ObjectType({ description: "The view is open for half an hour. Keep the key in memory only." })
@Allow(parent)
export class ParentViewOpened {
  @Field(() => String)
  key!: string;

  @Field(() => ParentView)
  view!: ParentView;
}

@ObjectType({ description: "There is nothing to see: ask the supporter for a new code." })
@Allow(parent)
export class ParentViewRefused {
  @Field(() => String, {
    description:
      "`CODE_UNKNOWN`; `CODE_EXPIRED`: a week is over; `CODE_USED`: it was handed in before; `VIEW_OVER`: the key is unknown, or half an hour is over.",
  })
  readonly code: ViewRefusal;

  constructor(code: ViewRefusal) {
    this.code = code;
  }
}

@ObjectType({ description: "The parent gave no such consent." })
@Allow(parent)
export class OwnConsentNotFound {
  @Field(() => String, { description: "Always `CONSENT_NOT_FOUND`." })
  readonly code: string = "CONSENT_NOT_FOUND";
}

@ObjectType({ description: "Something that happened to what the parent sees." })
@Allow(parent, ownConsents)
export class ParentViewEvent {
  @Field(() => ParentView, {
    nullable: true,
    description: "As it is now; null once its time is over, which is the last that is told.",
  })
  view!: ParentView | null;
}

/** type-graphql tells the members apart by their classes, so results are instances. */
export const InviteParentResult = createUnionType({
  name: "InviteParentResult",
  types: () => [ParentInvited, GuidanceNotFound, InvitationRefused] as const,
});

export const OpenParentViewResult = createUnionType({
  name: "OpenParentViewResult",
  types: () => [ParentViewOpened, ParentViewRefused] as const,
});

export const ParentViewResult = createUnionType({
  name: "ParentViewResult",
  types: () => [ParentView, ParentViewRefused] as const,
});

export const WithdrawOwnConsentResult = createUnionType({
  name: "WithdrawOwnConsentResult",
  types: () => [ParentView, ParentViewRefused, OwnConsentNotFound] as const,
});
