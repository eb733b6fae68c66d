import { Field, Float, Int, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateScalar } from "../../../plumbing/scalars.ts";
import type { RoutingReason } from "../decisions/route.ts";
import { operator } from "./parties.ts";
import { RoutingReasonEnum } from "./routing-task.ts";

const unlessFewer = "Null where there are fewer than five.";

/** What the whole and each of its parts tell. In no schema itself. */
@ObjectType()
class Figures {
  @Field(() => Int, {
    nullable: true,
    description: `Signals that came in and have been routed, or ended: withdrawn and closed ones as well. ${unlessFewer}`,
  })
  signals!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Of these, those that a contact person has seen. A signal counts as seen once its school can no longer return it. ${unlessFewer}`,
  })
  seen!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `Of these, those of which the school has said that the pupil was met with support. ${unlessFewer}`,
  })
  supported!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The share, from 0 to 1, that was seen by its deadline. One that an officer closed because nobody at the school had looked was not; one that was withdrawn, or closed for another reason, unseen before its deadline is left out. One that nobody has seen a day after it counts as late for good.",
  })
  shareSeenInTime!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Within so many minutes of coming in, half of those that were seen were seen. A multiple of five.",
  })
  medianMinutesToSeen!: number | null;

  @Field(() => Float, { nullable: true, description: "The same for nine in ten." })
  p90MinutesToSeen!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Within so many minutes of coming in, half of those that were supported were. A multiple of five.",
  })
  medianMinutesToSupported!: number | null;

  @Field(() => Float, { nullable: true, description: "The same for nine in ten." })
  p90MinutesToSupported!: number | null;
}

@ObjectType({ description: "The figures of one month in one municipality, where there are five signals or more." })
@Allow(operator)
export class MonthStatistics extends Figures {
  @Field(() => String, { description: "In which the signals came in, for example `2026-11`." })
  month!: string;

  @Field(() => String, {
    description:
      "Where the school is that the signals went to, else where the children live: four digits of Statistics Netherlands (CBS), or `unknown`. `rest` is what was left of a month in municipalities with fewer than five, told a week after the month.",
  })
  municipality!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What the office's list of institutions calls it; null where that does not say, and for the other two.",
  })
  municipalityName!: string | null;
}

@ObjectType({ description: "How many signals wait for an officer for one reason: five or more." })
@Allow(operator)
export class ReasonCount {
  @Field(() => RoutingReasonEnum)
  reason!: RoutingReason;

  @Field(() => Int, { description: "A multiple of five, to within four." })
  count!: number;
}

@ObjectType({
  description:
    "How often the promise was kept. Signals are told of by fives of one month and municipality, and a week after the month those that were left by fives of all municipalities together; what does not make five is in no figure, the total included, and a figure moves only when five more can be told of. Figures are brought up to date every minute, and those of a month are left as they are from the third month after it.",
})
@Allow(operator)
export class Statistics extends Figures {
  @Field(() => DateScalar, { description: "The first day counted: of the month that you asked from." })
  from!: string;

  @Field(() => DateScalar, { description: "The last day counted: of the month that you asked to." })
  to!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Signals that wait for an officer now, of the whole office: a multiple of five, to within four.",
  })
  backlog!: number | null;

  @Field(() => [ReasonCount], { description: "Why they wait." })
  backlogByReason!: readonly ReasonCount[];

  @Field(() => Float, {
    nullable: true,
    description:
      "Five signals or so have waited unseen for at least this long, in minutes. Told in steps of half an hour to four weeks.",
  })
  oldestWaitingMinutes!: number | null;

  @Field(() => [MonthStatistics], { description: "The months and municipalities that the figures are about." })
  months!: readonly MonthStatistics[];
}
