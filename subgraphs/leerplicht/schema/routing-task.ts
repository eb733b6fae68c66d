import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import { type CandidateReason, candidateReasons } from "../decisions/candidates.ts";
import { type ReturnReason, type RoutingReason, returnReasons, routingReasons } from "../decisions/route.ts";
import type { TaskOutcome } from "../store/entities.ts";
import { connectionType } from "./paging.ts";
import { leerplicht, manageRouting } from "./parties.ts";

export const RoutingReasonEnum = Object.fromEntries(routingReasons.map((reason) => [reason, reason])) as {
  [Reason in RoutingReason]: Reason;
};
registerEnumType(RoutingReasonEnum, {
  name: "RoutingReason",
  description: "Why an officer has to look.",
  valuesConfig: {
    NO_MATCH: { description: "Nobody in the registry is surely this child." },
    SEVERAL_MATCHES: { description: "More than one child in the registry fits." },
    NO_ENROLMENT: { description: "The child is enrolled nowhere today." },
    SEVERAL_ENROLMENTS: { description: "The child is enrolled at more than one school today." },
    SCHOOL_NOT_PARTICIPATING: { description: "The child's school does not take part." },
    PUPIL_UNKNOWN_AT_SCHOOL: { description: "The school's own system does not know the child." },
    RETURNED_BY_SCHOOL: { description: "The school said that the child is not theirs." },
    NOT_SEEN_IN_TIME: { description: "Nobody at the school has looked: call them." },
    OTHER_MUNICIPALITY: { description: "The child goes to school outside this office's area." },
    CIRCLE_SCHOOL_UNKNOWN: {
      description:
        "No signal: a parent has agreed to a support circle, and the child's school cannot be told for sure.",
    },
    CIRCLE_SCHOOL_NOT_NAMED: {
      description:
        "No signal: a parent has agreed to a support circle with one school, and the registry says that the child goes to another, which is not told.",
    },
  },
});

export const ReturnReasonEnum = Object.fromEntries(returnReasons.map((reason) => [reason, reason])) as {
  [Reason in ReturnReason]: Reason;
};
registerEnumType(ReturnReasonEnum, {
  name: "ReturnReason",
  description: "Why a signal is not for this school.",
  valuesConfig: {
    NOT_OUR_PUPIL: { description: "The school does not know this child." },
    LEFT_SCHOOL: { description: "The child went here and has left." },
  },
});

/** How an officer may end a task without a school. */
export const closingOutcomes = {
  SUPPORT_ARRANGED: { description: "An officer arranged support another way, for example by phone." },
  NO_SCHOOL: { description: "The child goes to no school." },
  NOT_FOUND: { description: "The child could not be found." },
  DUPLICATE: { description: "It is about a child whom another signal has reached." },
  FORWARDED: { description: "The office of another municipality has it." },
};

const outcomes: { [Outcome in TaskOutcome]: Outcome } = {
  ROUTED: "ROUTED",
  WITHDRAWN: "WITHDRAWN",
  SEEN: "SEEN",
  SUPPORT_ARRANGED: "SUPPORT_ARRANGED",
  NO_SCHOOL: "NO_SCHOOL",
  NOT_FOUND: "NOT_FOUND",
  DUPLICATE: "DUPLICATE",
  FORWARDED: "FORWARDED",
  LAPSED: "LAPSED",
};
export const TaskOutcomeEnum = outcomes;
registerEnumType(TaskOutcomeEnum, {
  name: "RoutingOutcome",
  description: "How a task ended.",
  valuesConfig: {
    ROUTED: { description: "An officer chose the school, or it was found after all." },
    WITHDRAWN: { description: "The sender took it back." },
    SEEN: { description: "The school has looked after all." },
    ...closingOutcomes,
    LAPSED: { description: "Nobody has worked on it for 28 days past its deadline: who it was about is forgotten." },
  },
});

export const CandidateReasonEnum = Object.fromEntries(candidateReasons.map((reason) => [reason, reason])) as {
  [Reason in CandidateReason]: Reason;
};
registerEnumType(CandidateReasonEnum, {
  name: "CandidateReason",
  description: "Why a school is offered.",
  valuesConfig: {
    ENROLLED: { description: "This child is enrolled there today." },
    FORMERLY_ENROLLED: { description: "This child was enrolled there." },
    NAMESAKE_ENROLLED: { description: "A child with this name and birth date is enrolled there." },
    SIMILAR_CHILD_ENROLLED: { description: "A child with this birth date and family name is enrolled there." },
    CAME_BACK: {
      description:
        "The registry names this school, but the signal has come back from it. Call before you send it again.",
    },
  },
});

@ObjectType({ description: "A school that a signal may go to, or has been to." })
@Allow(leerplicht, manageRouting)
export class CandidateSchool {
  @Field(() => ID, { description: "The site id, for example `99AA00`." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Null where the site lies outside the office's registry." })
  name!: string | null;

  @Field(() => String, { nullable: true })
  city!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Of the school, as DUO publishes it; null where it is not known.",
  })
  telephone!: string | null;

  @Field(() => Boolean, { description: "Whether it takes part, and can be routed to. A site that has ended cannot." })
  participates!: boolean;
}

@ObjectType({ description: "A school that the child may go to, and why." })
@Allow(leerplicht, manageRouting)
export class RoutingCandidate {
  @Field(() => ID, { description: "Give this as `candidateId` to `routeToSchool`." })
  id!: string;

  @Field(() => CandidateSchool)
  school!: CandidateSchool;

  @Field(() => CandidateReasonEnum)
  reason!: CandidateReason;

  @Field(() => String, { description: "The child whom the registry has there, by name." })
  childName!: string;
}

@ObjectType({
  description:
    "A signal that an officer has to route. It tells who the child is and by when; not what happened, nor who said so.",
})
@Allow(leerplicht, manageRouting)
export class RoutingTask {
  @Field(() => ID)
  id!: string;

  @Field(() => RoutingReasonEnum)
  reason!: RoutingReason;

  @Field(() => ReturnReasonEnum, { nullable: true, description: "Why the school returned it, where it said so." })
  returnReason!: ReturnReason | null;

  @Field(() => DateTimeScalar)
  openedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "Null while it is open." })
  closedAt!: Date | null;

  @Field(() => TaskOutcomeEnum, { nullable: true, description: "Null while it is open." })
  outcome!: TaskOutcome | null;
}

export const RoutingTaskConnection = connectionType("RoutingTask", RoutingTask, leerplicht);

export enum RoutingTaskEventKind {
  OPENED = "OPENED",
  CLAIMED = "CLAIMED",
  RELEASED = "RELEASED",
  CLOSED = "CLOSED",
}
registerEnumType(RoutingTaskEventKind, {
  name: "RoutingTaskEventKind",
  description: "What happened to a task.",
  valuesConfig: {
    OPENED: { description: "It is on the list or, where it was there already, there for another reason now." },
    CLAIMED: { description: "An officer is at work on it." },
    RELEASED: { description: "An officer left it to the others. A claim that ends by the clock is not told." },
    CLOSED: { description: "It has left the list; its `outcome` says how." },
  },
});

@ObjectType({ description: "Something that happened on the work list." })
@Allow(leerplicht, manageRouting)
export class RoutingTaskEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => RoutingTaskEventKind)
  kind!: RoutingTaskEventKind;

  @Field(() => RoutingTask, { description: "The task as it is now." })
  task!: RoutingTask;
}
