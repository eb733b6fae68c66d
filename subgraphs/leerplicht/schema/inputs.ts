import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { ReturnReason } from "../decisions/route.ts";
import { closingOutcomes, ReturnReasonEnum } from "./routing-task.ts";

@InputType()
export class RouteToSchoolInput {
  @Field(() => ID)
  taskId!: string;

  @Field(() => ID, { description: "The site id of the school, for example `99AA00`." })
  schoolId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The candidate whom the officer recognised: the school is then told of that child of the registry.",
  })
  candidateId?: string | null;
}

export enum ClosingOutcome {
  SUPPORT_ARRANGED = "SUPPORT_ARRANGED",
  NO_SCHOOL = "NO_SCHOOL",
  NOT_FOUND = "NOT_FOUND",
  DUPLICATE = "DUPLICATE",
  FORWARDED = "FORWARDED",
}
registerEnumType(ClosingOutcome, {
  name: "ClosingOutcome",
  description: "How an officer ends a task without a school.",
  valuesConfig: closingOutcomes,
});

@InputType()
export class ClaimRoutingTaskInput {
  @Field(() => ID)
  taskId!: string;
}

@InputType()
export class ReleaseRoutingTaskInput {
  @Field(() => ID)
  taskId!: string;
}

@InputType()
export class CloseRoutingTaskInput {
  @Field(() => ID)
  taskId!: string;

  @Field(() => ClosingOutcome)
  outcome!: ClosingOutcome;
}

@InputType({ description: "A child as the agency described it: a BSN, or a name and a birth date." })
export class SubmittedChildInput {
  @Field(() => String, { nullable: true })
  bsn?: string | null;

  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  prefix?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => DateScalar, { nullable: true })
  birthDate?: string | null;
}

@InputType()
export class SubmitSignalInput {
  @Field(() => ID, { description: "The id of the sender's `SentSignal`. The same one is taken in once." })
  id!: string;

  @Field(() => String, { description: "The organisation that sends, for example an OIN." })
  organisation!: string;

  @Field(() => DateTimeScalar, {
    description: "When the incident was: the deadline follows from it, and then it goes.",
  })
  occurredAt!: Date;

  @Field(() => SubmittedChildInput)
  child!: SubmittedChildInput;
}

@InputType()
export class WithdrawSubmissionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The organisation that sent it, which sees it as withdrawn though it may never come; an earlier version does not say it.",
  })
  organisation?: string | null;
}

@InputType()
export class ReportAppearanceInput {
  @Field(() => ID, { description: "The delivery's id." })
  id!: string;

  @Field(() => DateTimeScalar)
  appearsAt!: Date;

  @Field(() => [DateTimeScalar], { description: "The school's first bells, as `SignalDelivered` tells them." })
  firstBells!: Date[];

  @Field(() => Int, { description: "Which of the times that it has moved this is, from 1." })
  revision!: number;
}

export enum DeliveryProgress {
  SEEN = "SEEN",
  SUPPORTED = "SUPPORTED",
  RETURNED = "RETURNED",
}
registerEnumType(DeliveryProgress, { name: "DeliveryProgress", description: "How far a delivery is at its school." });

@InputType()
export class ReportProgressInput {
  @Field(() => ID, { description: "The delivery's id." })
  id!: string;

  @Field(() => DeliveryProgress)
  progress!: DeliveryProgress;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when a signal that was seen may still be returned. Told again where that moves.",
  })
  returnableUntil?: Date | null;

  @Field(() => [DateTimeScalar], {
    nullable: true,
    description: "The school's first bells, as `SignalDelivered` tells them: this may come before that is known.",
  })
  firstBells?: Date[] | null;

  @Field(() => ReturnReasonEnum, { nullable: true, description: "Of what was returned." })
  reason?: ReturnReason | null;
}
