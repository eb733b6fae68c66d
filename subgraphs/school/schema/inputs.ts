import { Field, ID, InputType, registerEnumType } from "type-graphql";
import { DateScalar } from "../../../plumbing/scalars.ts";

@InputType()
export class AcknowledgeSignalInput {
  @Field(() => ID)
  signalId!: string;
}

@InputType()
export class HandOverSignalInput {
  @Field(() => ID)
  signalId!: string;

  @Field(() => ID, { description: "The teacher who has been told; someone of the signal's school." })
  staffMemberId!: string;
}

@InputType()
export class ConfirmSupportInput {
  @Field(() => ID)
  signalId!: string;
}

export enum ReturnReason {
  NOT_OUR_PUPIL = "NOT_OUR_PUPIL",
  LEFT_SCHOOL = "LEFT_SCHOOL",
}
registerEnumType(ReturnReason, {
  name: "ReturnReason",
  description: "Why a signal is not for this school.",
  valuesConfig: {
    NOT_OUR_PUPIL: { description: "The school does not know this child." },
    LEFT_SCHOOL: { description: "The child went here and has left." },
  },
});

@InputType()
export class ReturnSignalInput {
  @Field(() => ID)
  signalId!: string;

  @Field(() => ReturnReason)
  reason!: ReturnReason;
}

@InputType()
export class SendPracticeSignalInput {
  @Field(() => ID)
  schoolId!: string;
}

@InputType()
export class SetContactHoursInput {
  @Field(() => ID)
  schoolId!: string;

  @Field(() => String, { description: "`HH:MM`, by the clock on the wall." })
  opens!: string;

  @Field(() => String, { description: "`HH:MM`, after `opens`." })
  closes!: string;
}

@InputType()
export class SetSchoolDaysInput {
  @Field(() => ID)
  schoolId!: string;

  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included." })
  lastDay!: string;

  @Field(() => Boolean, { description: "Whether pupils are at school on these days." })
  isSchool!: boolean;
}

@InputType()
export class RemoveSchoolDaysInput {
  @Field(() => ID)
  schoolDaysId!: string;
}

@InputType({ description: "Whom a delivery is about, as Leerplicht's registry has it." })
export class DeliveredChildInput {
  @Field(() => String, { nullable: true })
  bsn?: string | null;

  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  callName?: string | null;

  @Field(() => String, { nullable: true })
  prefix?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => DateScalar, { nullable: true })
  birthDate?: string | null;
}

@InputType()
export class DeliverSignalInput {
  @Field(() => ID, { description: "The delivery's id. The same one is taken in once." })
  id!: string;

  @Field(() => ID)
  schoolId!: string;

  @Field(() => DeliveredChildInput)
  child!: DeliveredChildInput;
}

@InputType()
export class WithdrawDeliveryInput {
  @Field(() => ID)
  id!: string;
}
