import { createUnionType, Field, ObjectType } from "type-graphql";
import { Allow, service } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { PeriodProblem } from "../decisions/absence-period.ts";
import { school } from "./parties.ts";
import { School } from "./school.ts";
import { Signal } from "./signal.ts";

@ObjectType({ description: "There is no such signal that the caller may handle." })
@Allow(school)
export class SignalNotFound {
  @Field(() => String, { description: "Always `SIGNAL_NOT_FOUND`." })
  readonly code: string = "SIGNAL_NOT_FOUND";
}

@ObjectType({ description: "The signal has come to its end: it was returned, withdrawn, supported or has expired." })
@Allow(school)
export class SignalClosed {
  @Field(() => String, { description: "Always `SIGNAL_CLOSED`." })
  readonly code: string = "SIGNAL_CLOSED";
}

/** Why a gesture was not made, as a result. */
export function refusal(refused: "not found" | "closed"): SignalNotFound | SignalClosed {
  return refused === "closed" ? new SignalClosed() : new SignalNotFound();
}

@ObjectType({ description: "No such person works at the school." })
@Allow(school)
export class StaffMemberNotFound {
  @Field(() => String, { description: "Always `STAFF_MEMBER_NOT_FOUND`." })
  readonly code: string = "STAFF_MEMBER_NOT_FOUND";
}

@ObjectType({ description: "There is no such school that the caller may act for." })
@Allow(school)
export class SchoolNotFound {
  @Field(() => String, { description: "Always `SCHOOL_NOT_FOUND`." })
  readonly code: string = "SCHOOL_NOT_FOUND";
}

@ObjectType({ description: "The hours are not written `HH:MM`, or end before they begin." })
@Allow(school)
export class InvalidHours {
  @Field(() => String, { description: "Always `HOURS_INVALID`." })
  readonly code: string = "HOURS_INVALID";
}

@ObjectType({ description: "The days cannot be taken in as they are." })
@Allow(school)
export class InvalidPeriod {
  @Field(() => String, {
    description:
      "`PERIOD_REVERSED`: it ends before it begins. `PERIOD_TOO_LONG`: more than a year, or more than 60 school days in a run. `PERIOD_PAST`: it has ended. `PERIOD_TOO_FAR`: it begins more than a year from now. `TOO_MANY_PERIODS`: the school has 200 runs of days already.",
  })
  readonly code: string;

  constructor(code: PeriodProblem | "TOO_MANY_PERIODS") {
    this.code = code;
  }
}

@ObjectType({ description: "The school does not differ from its region by such days." })
@Allow(school)
export class SchoolDaysNotFound {
  @Field(() => String, { description: "Always `SCHOOL_DAYS_NOT_FOUND`." })
  readonly code: string = "SCHOOL_DAYS_NOT_FOUND";
}

@ObjectType({ description: "A signal to practise with is in the inbox." })
@Allow(school)
export class PracticeSignalSent {
  @Field(() => Signal)
  signal!: Signal;
}

@ObjectType({ description: "The contact persons are reached in these hours from now on." })
@Allow(school)
export class ContactHoursSet {
  @Field(() => School)
  school!: School;
}

@ObjectType({ description: "The school differs from its region on these days." })
@Allow(school)
export class SchoolDaysSet {
  @Field(() => School)
  school!: School;
}

@ObjectType({ description: "The school no longer differs from its region by these days." })
@Allow(school)
export class SchoolDaysRemoved {
  @Field(() => School)
  school!: School;
}

@ObjectType({ description: "The signal counts as seen." })
@Allow(school)
export class SignalAcknowledged {
  @Field(() => Signal)
  signal!: Signal;
}

@ObjectType({ description: "The teacher has the signal; it counts as seen." })
@Allow(school)
export class SignalHandedOver {
  @Field(() => Signal)
  signal!: Signal;
}

@ObjectType({ description: "The pupil has been met with support." })
@Allow(school)
export class SupportConfirmed {
  @Field(() => Signal)
  signal!: Signal;
}

@ObjectType({ description: "The signal goes back to be routed anew. Its pupil is shown to nobody here any more." })
@Allow(school)
export class SignalReturned {
  @Field(() => Signal)
  signal!: Signal;
}

@ObjectType({
  description: "The delivery has been taken in. What is told is of the school's calendar, not of the child.",
})
@Allow([service])
export class SignalDelivered {
  @Field(() => DateTimeScalar, { description: "When it appears in the school's inbox, so that somebody can see it." })
  appearsAt!: Date;

  @Field(() => [DateTimeScalar], {
    description: "When school began on the school days of the last month, and begins on the next one to come.",
  })
  firstBells!: Date[];
}

@ObjectType({ description: "The delivery has not been taken in, and will not be if it is sent again as it is." })
@Allow([service])
export class SignalNotDelivered {
  @Field(() => String, { description: "`PUPIL_UNKNOWN_AT_SCHOOL` or `SCHOOL_NOT_PARTICIPATING`." })
  readonly code: string;

  constructor(code: "PUPIL_UNKNOWN_AT_SCHOOL" | "SCHOOL_NOT_PARTICIPATING") {
    this.code = code;
  }
}

/** type-graphql tells the members apart by their classes, so results are instances. */
export const AcknowledgeSignalResult = createUnionType({
  name: "AcknowledgeSignalResult",
  types: () => [SignalAcknowledged, SignalNotFound, SignalClosed] as const,
});

export const HandOverSignalResult = createUnionType({
  name: "HandOverSignalResult",
  types: () => [SignalHandedOver, SignalNotFound, SignalClosed, StaffMemberNotFound] as const,
});

export const ConfirmSupportResult = createUnionType({
  name: "ConfirmSupportResult",
  types: () => [SupportConfirmed, SignalNotFound, SignalClosed] as const,
});

export const ReturnSignalResult = createUnionType({
  name: "ReturnSignalResult",
  types: () => [SignalReturned, SignalNotFound, SignalClosed] as const,
});

export const DeliverSignalResult = createUnionType({
  name: "DeliverSignalResult",
  types: () => [SignalDelivered, SignalNotDelivered] as const,
});

export const SendPracticeSignalResult = createUnionType({
  name: "SendPracticeSignalResult",
  types: () => [PracticeSignalSent, SchoolNotFound] as const,
});

export const SetContactHoursResult = createUnionType({
  name: "SetContactHoursResult",
  types: () => [ContactHoursSet, SchoolNotFound, InvalidHours] as const,
});

export const SetSchoolDaysResult = createUnionType({
  name: "SetSchoolDaysResult",
  types: () => [SchoolDaysSet, SchoolNotFound, InvalidPeriod] as const,
});

export const RemoveSchoolDaysResult = createUnionType({
  name: "RemoveSchoolDaysResult",
  types: () => [SchoolDaysRemoved, SchoolDaysNotFound] as const,
});
