import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import { readSignals, school } from "./parties.ts";
import { InvalidPeriod, SchoolNotFound, StaffMemberNotFound } from "./results.ts";
import { School, StaffMember } from "./school.ts";

@ObjectType({ description: "Days on which a contact person cannot be reached: others are told of a signal instead." })
@Allow(school, readSignals)
export class ContactAbsence {
  @Field(() => ID)
  id!: string;

  @Field(() => StaffMember)
  staffMember!: StaffMember;

  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included." })
  lastDay!: string;
}

@InputType()
export class RecordAbsenceInput {
  @Field(() => ID)
  schoolId!: string;

  @Field(() => ID, { description: "One of the school's `contacts`." })
  staffMemberId!: string;

  @Field(() => DateScalar, { description: "May lie before today, and at most a year after it." })
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included. Today or later; at most a year from the first day on." })
  lastDay!: string;
}

@InputType()
export class CancelAbsenceInput {
  @Field(() => ID)
  absenceId!: string;
}

@ObjectType({
  description: "There is no such absence that the caller may cancel; or it has been cancelled, or is over.",
})
@Allow(school)
export class AbsenceNotFound {
  @Field(() => String, { description: "Always `ABSENCE_NOT_FOUND`." })
  readonly code: string = "ABSENCE_NOT_FOUND";
}

@ObjectType({
  description: "The absence is known. Where nobody else can be reached on the next school day, Leerplicht is told.",
})
@Allow(school)
export class AbsenceRecorded {
  @Field(() => ContactAbsence)
  absence!: ContactAbsence;
}

@ObjectType({ description: "The person can be reached again." })
@Allow(school)
export class AbsenceCancelled {
  @Field(() => School)
  school!: School;
}

export const RecordAbsenceResult = createUnionType({
  name: "RecordAbsenceResult",
  types: () => [AbsenceRecorded, SchoolNotFound, StaffMemberNotFound, InvalidPeriod] as const,
});

export const CancelAbsenceResult = createUnionType({
  name: "CancelAbsenceResult",
  types: () => [AbsenceCancelled, AbsenceNotFound] as const,
});
