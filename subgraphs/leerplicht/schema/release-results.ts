import { createUnionType, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { ReleaseTaskRow } from "../store/entities.ts";
import { release } from "./parties.ts";
import { ReleaseTask } from "./release-task.ts";

@ObjectType({ description: "There is no such task at this desk." })
@Allow(release)
export class ReleaseTaskNotFound {
  @Field(() => String, { description: "Always `RELEASE_TASK_NOT_FOUND`." })
  readonly code: string = "RELEASE_TASK_NOT_FOUND";
}

@ObjectType({ description: "Somebody has done the task already, or it has ended by itself." })
@Allow(release)
export class ReleaseTaskClosed {
  @Field(() => String, { description: "Always `RELEASE_TASK_CLOSED`." })
  readonly code: string = "RELEASE_TASK_CLOSED";

  @Field(() => ReleaseTask)
  task!: ReleaseTask;
}

@ObjectType({ description: "The signal goes on to be routed." })
@Allow(release)
export class SignalReleased {
  @Field(() => ReleaseTask)
  task!: ReleaseTask;
}

@ObjectType({ description: "The signal has ended: no school is told." })
@Allow(release)
export class SignalStopped {
  @Field(() => ReleaseTask)
  task!: ReleaseTask;
}

/** Why a task of the desk could not be taken, as all gestures answer it. */
export function releaseRefusal(
  refusal: { refused: "not found" } | { refused: "closed"; task: ReleaseTaskRow },
): ReleaseTaskNotFound | ReleaseTaskClosed {
  if (refusal.refused === "not found") return new ReleaseTaskNotFound();
  return Object.assign(new ReleaseTaskClosed(), { task: refusal.task });
}

export const ReleaseSignalResult = createUnionType({
  name: "ReleaseSignalResult",
  types: () => [SignalReleased, ReleaseTaskNotFound, ReleaseTaskClosed] as const,
});

export const StopSignalResult = createUnionType({
  name: "StopSignalResult",
  types: () => [SignalStopped, ReleaseTaskNotFound, ReleaseTaskClosed] as const,
});
