import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { ConcernKind, ConversationSide, ConversationStatus, ParticipantRole } from "../decisions/conversation.ts";
import { GuidedChild } from "./guidance.ts";
import { manageConversations, parent, readCircles, school, shelter } from "./parties.ts";
import { SupportCircle } from "./support-circle.ts";

/** Who takes part in a talk and reads of it. */
const participants = [...shelter, ...school, ...parent];

export const ConcernKindEnum = {
  DOMESTIC_VIOLENCE: "DOMESTIC_VIOLENCE",
  ABSENCE: "ABSENCE",
  OTHER: "OTHER",
} as const satisfies { [Kind in ConcernKind]: Kind };
registerEnumType(ConcernKindEnum, {
  name: "ConcernKind",
  description: "Why a talk is called for.",
  valuesConfig: {
    DOMESTIC_VIOLENCE: { description: "The shelter: there was actual violence at home." },
    ABSENCE: { description: "Leerplicht: the child is suspected to be absent from school without leave." },
    OTHER: { description: "Another concern, of the supporter or of the school." },
  },
});

export const ConversationSideEnum = {
  SHELTER: "SHELTER",
  SCHOOL: "SCHOOL",
  LEERPLICHT: "LEERPLICHT",
} as const satisfies { [Side in ConversationSide]: Side };
registerEnumType(ConversationSideEnum, { name: "ConversationSide", description: "Who called for a talk." });

export const ConversationStatusEnum = {
  CALLED: "CALLED",
  PROPOSED: "PROPOSED",
  PLANNED: "PLANNED",
  HELD: "HELD",
  CANCELLED: "CANCELLED",
} as const satisfies { [Status in ConversationStatus]: Status };
registerEnumType(ConversationStatusEnum, {
  name: "ConversationStatus",
  description: "How far a talk is.",
  valuesConfig: {
    CALLED: { description: "Somebody has called for it." },
    PROPOSED: { description: "There are moments to choose from." },
    PLANNED: { description: "A moment is chosen." },
    HELD: { description: "It was held. Final." },
    CANCELLED: { description: "It will not be held: somebody said so, or consent ended. Final." },
  },
});

export const ParticipantRoleEnum = {
  PARENTS: "PARENTS",
  SUPPORTER: "SUPPORTER",
  SCHOOL_CONTACT: "SCHOOL_CONTACT",
} as const satisfies { [Role in ParticipantRole]: Role };
registerEnumType(ParticipantRoleEnum, { name: "ParticipantRole", description: "As whom somebody takes part." });

@ObjectType({ description: "Why a talk was called for, and by whom." })
@Allow(participants)
export class Concern {
  @Field(() => ConcernKindEnum)
  kind!: ConcernKind;

  @Field(() => ConversationSideEnum)
  raisedBy!: ConversationSide;
}

@ObjectType({ description: "Somebody who takes part in a talk." })
@Allow(participants)
export class Participant {
  @Field(() => ParticipantRoleEnum)
  role!: ParticipantRole;

  @Field(() => String, {
    nullable: true,
    description: "Null for the school's contact, whom the school chooses, and once it is over for the caller.",
  })
  name!: string | null;
}

@ObjectType({ description: "What was agreed in a talk." })
@Allow(participants)
export class SupportAction {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  what!: string;

  @Field(() => ParticipantRoleEnum, { description: "Who does it." })
  who!: ParticipantRole;

  @Field(() => DateScalar, { description: "By which day." })
  by!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: "When somebody confirmed that it was done." })
  keptAt!: Date | null;
}

@ObjectType({
  description:
    "A talk of parents, supporter and the school's contact, to agree on support for a child together. A school sees it from when a moment is proposed, or from the start where it called for it, and only as long as a parent agrees.",
})
@Allow(participants)
export class Conversation {
  @Field(() => ID)
  id!: string;

  @Field(() => ConversationStatusEnum)
  status!: ConversationStatus;

  @Field(() => Concern, {
    nullable: true,
    description:
      "Told to the side that called for the talk, to parents and, where a parent's consent covers CONCERNS, to the others.",
  })
  concern!: Concern | null;

  @Field(() => [Participant], {
    description: "A parent who has consented is named; for a parent, no other parent is.",
  })
  participants!: Participant[];

  @Field(() => [DateTimeScalar], { description: "The moments that are proposed." })
  moments!: Date[];

  @Field(() => DateTimeScalar, { nullable: true, description: "The moment that is chosen." })
  startsAt!: Date | null;

  @Field(() => String, { nullable: true })
  place!: string | null;

  @Field(() => [SupportAction], { description: "What was agreed." })
  actions!: SupportAction[];

  @Field(() => String, {
    nullable: true,
    description:
      "For a calendar: the text of an `.ics` file (RFC 5545, `text/calendar`). It says when, and names neither child, concern nor place. Of a talk that was planned and is CANCELLED it takes that out of the calendar again. Null where no moment is chosen, and once the talk was held.",
  })
  invitation!: string | null;

  @Field(() => GuidedChild, { nullable: true, description: "The child whom it is about." })
  @Allow(shelter)
  child?: GuidedChild | null;

  @Field(() => SupportCircle, { nullable: true, description: "The support circle of the pupil whom it is about." })
  @Allow(school, readCircles)
  circle?: SupportCircle | null;
}

@ObjectType({ description: "Something that happened to a talk." })
@Allow([...shelter, ...school], manageConversations)
export class ConversationEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => ID)
  conversationId!: string;

  @Field(() => Conversation, {
    nullable: true,
    description: "The talk as it is now; null where it is no longer for the caller to see: take it off the screen.",
  })
  conversation!: Conversation | null;
}
