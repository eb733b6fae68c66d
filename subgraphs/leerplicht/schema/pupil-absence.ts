import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar, DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { TalkStatus } from "../decisions/absence-talk.ts";
import { SubmittedChildInput } from "./inputs.ts";
import { leerplicht, reportAbsences } from "./parties.ts";

export const TalkStatusEnum = {
  CALLED: "CALLED",
  PROPOSED: "PROPOSED",
  PLANNED: "PLANNED",
  HELD: "HELD",
  CANCELLED: "CANCELLED",
} as const satisfies { [Status in TalkStatus]: Status };
registerEnumType(TalkStatusEnum, {
  name: "TalkStatus",
  description: "How far the talk about an absence is. Its content is for parents, supporter and school.",
  valuesConfig: {
    CALLED: { description: "It is called for." },
    PROPOSED: { description: "There are moments to choose from." },
    PLANNED: { description: "A moment is chosen." },
    HELD: { description: "It was held. Final." },
    CANCELLED: { description: "It will not be held, or there is no circle any more. Final." },
  },
});

@ObjectType({
  description:
    "Suspected unauthorised absence of a child with a support circle, about which there is a talk. Without a parent's consent there is none. Four weeks after the talk is over it is erased.",
})
@Allow(leerplicht, reportAbsences)
export class PupilAbsence {
  @Field(() => ID)
  id!: string;

  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included." })
  lastDay!: string;

  @Field(() => DateTimeScalar)
  reportedAt!: Date;

  @Field(() => TalkStatusEnum)
  talk!: TalkStatus;
}

@ObjectType({ description: "Something that happened to an absence, or to the talk about it." })
@Allow(leerplicht, reportAbsences)
export class PupilAbsenceEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => PupilAbsence, { description: "The absence as it is now." })
  absence!: PupilAbsence;
}

@InputType()
export class ReportPupilAbsenceInput {
  @Field(() => SubmittedChildInput)
  child!: SubmittedChildInput;

  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar, { description: "Included; not to come." })
  lastDay!: string;
}

@ObjectType({
  description:
    "It is taken in. Where a parent has agreed to a support circle, a talk is called for; whether there is one is not told, so that a report cannot find it out of any child. Once the talk has moments to choose from, `pupilAbsences` has it.",
})
@Allow(leerplicht)
export class PupilAbsenceReported {
  @Field(() => DateScalar)
  firstDay!: string;

  @Field(() => DateScalar)
  lastDay!: string;
}

@ObjectType({ description: "No talk is called for, and nothing was stored." })
@Allow(leerplicht)
export class PupilAbsenceRefused {
  @Field(() => String, {
    description:
      "`CHILD_NOT_FOUND`: the registry has no such child, or several. `DAYS_INVALID`: to come, or the last before the first.",
  })
  readonly code: AbsenceRefusal;

  constructor(code: AbsenceRefusal) {
    this.code = code;
  }
}

type AbsenceRefusal = "CHILD_NOT_FOUND" | "DAYS_INVALID";

/** type-graphql tells the members apart by their classes, so results are instances. */
export const ReportPupilAbsenceResult = createUnionType({
  name: "ReportPupilAbsenceResult",
  types: () => [PupilAbsenceReported, PupilAbsenceRefused] as const,
});

@InputType()
export class ReportTalkInput {
  @Field(() => ID, { description: "The absence's id." })
  id!: string;

  @Field(() => TalkStatusEnum)
  status!: TalkStatus;

  @Field(() => Int, { description: "Of two words about one talk, that of the higher revision is the later one." })
  revision!: number;
}
