import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import { type ReleaseOutcome, releaseOutcomes, type StopReason, stopReasons } from "../decisions/release.ts";
import { connectionType } from "./paging.ts";
import { manageReleases, release } from "./parties.ts";

export const ReleaseOutcomeEnum = Object.fromEntries(releaseOutcomes.map((one) => [one, one])) as {
  [Outcome in ReleaseOutcome]: Outcome;
};
registerEnumType(ReleaseOutcomeEnum, {
  name: "ReleaseOutcome",
  description: "How a signal left the release desk.",
  valuesConfig: {
    RELEASED: { description: "The desk let it go on to Leerplicht." },
    STOPPED: { description: "The desk ended it. No school is told." },
    PASSED_ON: { description: "The desk's share of the time was over, and it went on by itself." },
    WITHDRAWN: { description: "The sender took it back." },
  },
});

export const StopReasonEnum = Object.fromEntries(stopReasons.map((one) => [one, one])) as {
  [Reason in StopReason]: Reason;
};
registerEnumType(StopReasonEnum, {
  name: "StopReason",
  description: "Why a release desk stops a signal.",
  valuesConfig: {
    UNSAFE: { description: "It would not be safe for the child, for example because of who works at the school." },
    SUPPORT_ARRANGED: { description: "The child is supported already, in another way." },
    DUPLICATE: { description: "It is about a child whom another signal has reached." },
    NO_SCHOOL_AGE: { description: "The child is too young or too old to go to school." },
  },
});

@ObjectType({
  description:
    "A signal that the region's release desk may let go or stop before it is routed. It tells who the child is and by when; not what happened, nor who said so.",
})
@Allow(release, manageReleases)
export class ReleaseTask {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar, { description: "When the signal goes on by itself, if nothing is done." })
  actBy!: Date;

  @Field(() => DateTimeScalar)
  openedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "Null while it is open." })
  closedAt!: Date | null;

  @Field(() => ReleaseOutcomeEnum, { nullable: true, description: "Null while it is open." })
  outcome!: ReleaseOutcome | null;

  @Field(() => StopReasonEnum, { nullable: true, description: "Null unless the desk stopped it." })
  stopReason!: StopReason | null;
}

export const ReleaseTaskConnection = connectionType("ReleaseTask", ReleaseTask, release);

export enum ReleaseTaskEventKind {
  OPENED = "OPENED",
  CLOSED = "CLOSED",
}
registerEnumType(ReleaseTaskEventKind, {
  name: "ReleaseTaskEventKind",
  description: "What happened to a task.",
  valuesConfig: {
    OPENED: { description: "It is on the list." },
    CLOSED: { description: "It has left the list; its `outcome` says how." },
  },
});

@ObjectType({ description: "Something that happened on the release desk's list." })
@Allow(release, manageReleases)
export class ReleaseTaskEvent {
  @Field(() => String, { description: "Give the last one that you have as `after` when you subscribe again." })
  cursor!: string;

  @Field(() => ReleaseTaskEventKind)
  kind!: ReleaseTaskEventKind;

  @Field(() => ReleaseTask, { description: "The task as it is now." })
  task!: ReleaseTask;
}

@InputType()
export class ReleaseSignalInput {
  @Field(() => ID)
  taskId!: string;
}

@InputType()
export class StopSignalInput {
  @Field(() => ID)
  taskId!: string;

  @Field(() => StopReasonEnum)
  reason!: StopReason;
}
