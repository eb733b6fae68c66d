import { Field, ID, InputType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { ParticipantRole } from "../decisions/conversation.ts";
import { ParticipantRoleEnum } from "./conversation.ts";

@InputType()
export class ReportViolenceInput {
  @Field(() => String, {
    description: "1–128 characters; the same key and body are one report, for example when an answer got lost.",
  })
  idempotencyKey!: string;

  @Field(() => ID)
  guidanceId!: string;

  @Field(() => [ID], { description: "The `id`s of those of `Guidance.children` who were met with it." })
  childIds!: string[];

  @Field(() => DateTimeScalar, { description: "In the last 30 days." })
  occurredAt!: Date;
}

@InputType()
export class CallForTalkInput {
  @Field(() => ID, { description: "`SupportCircle.id`; at a shelter, the id of a consent on which it stands." })
  circleId!: string;
}

@InputType()
export class RaiseAbsenceInput {
  @Field(() => ID, { description: "Leerplicht's id of the absence. The same one is taken in once." })
  id!: string;

  @Field(() => ID, { description: "The id under which the school was asked for." })
  circleId!: string;
}

@InputType()
export class ProposeMomentsInput {
  @Field(() => ID)
  conversationId!: string;

  @Field(() => [DateTimeScalar], { description: "1–5 moments still to come. They replace those proposed before." })
  moments!: Date[];

  @Field(() => String, { description: "Where: at most 200 characters." })
  place!: string;
}

@InputType()
export class ChooseMomentInput {
  @Field(() => ID)
  conversationId!: string;

  @Field(() => DateTimeScalar, { description: "One of `Conversation.moments`." })
  moment!: Date;
}

@InputType({ description: "What somebody will do." })
export class SupportActionInput {
  @Field(() => String, { description: "At most 500 characters." })
  what!: string;

  @Field(() => ParticipantRoleEnum)
  who!: ParticipantRole;

  @Field(() => DateScalar, { description: "By which day: not past." })
  by!: string;
}

@InputType()
export class RecordTalkInput {
  @Field(() => ID)
  conversationId!: string;

  @Field(() => [SupportActionInput], { description: "At most 20; none where nothing was agreed." })
  actions!: SupportActionInput[];
}

@InputType()
export class CancelTalkInput {
  @Field(() => ID)
  conversationId!: string;
}

@InputType()
export class ConfirmActionInput {
  @Field(() => ID, { description: "`SupportAction.id`" })
  actionId!: string;
}
