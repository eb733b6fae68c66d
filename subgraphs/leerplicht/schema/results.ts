import { createUnionType, Field, ObjectType } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import type { TaskRefusal } from "../store/tasks.ts";
import { leerplicht } from "./parties.ts";
import { RoutingTask } from "./routing-task.ts";

@ObjectType({ description: "There is no such task in this office." })
@Allow(leerplicht)
export class RoutingTaskNotFound {
  @Field(() => String, { description: "Always `ROUTING_TASK_NOT_FOUND`." })
  readonly code: string = "ROUTING_TASK_NOT_FOUND";
}

@ObjectType({ description: "Somebody has done the task already, or it has ended by itself." })
@Allow(leerplicht)
export class RoutingTaskClosed {
  @Field(() => String, { description: "Always `ROUTING_TASK_CLOSED`." })
  readonly code: string = "ROUTING_TASK_CLOSED";

  @Field(() => RoutingTask)
  task!: RoutingTask;
}

@ObjectType({ description: "Another officer is at work on the task." })
@Allow(leerplicht)
export class RoutingTaskTaken {
  @Field(() => String, { description: "Always `ROUTING_TASK_TAKEN`." })
  readonly code: string = "ROUTING_TASK_TAKEN";

  @Field(() => RoutingTask)
  task!: RoutingTask;
}

@ObjectType({ description: "The task is the caller's, for the next 30 minutes." })
@Allow(leerplicht)
export class RoutingTaskClaimed {
  @Field(() => RoutingTask)
  task!: RoutingTask;
}

@ObjectType({ description: "Nobody has the task." })
@Allow(leerplicht)
export class RoutingTaskReleased {
  @Field(() => RoutingTask)
  task!: RoutingTask;
}

@ObjectType({
  description: "The registry has no such school, it does not take part or has ended, or it must not be told.",
})
@Allow(leerplicht)
export class SchoolNotAvailable {
  @Field(() => String, {
    description:
      "`SCHOOL_UNKNOWN`; `SCHOOL_NOT_PARTICIPATING`, as does no site that has ended; or `SCHOOL_NOT_NAMED`: of a support circle, the parent named another.",
  })
  code!: string;
}

@ObjectType({ description: "The candidate is not, or no longer, offered for this task." })
@Allow(leerplicht)
export class CandidateNotFound {
  @Field(() => String, { description: "Always `CANDIDATE_NOT_FOUND`." })
  readonly code: string = "CANDIDATE_NOT_FOUND";
}

@ObjectType({ description: "The signal is on its way to the school." })
@Allow(leerplicht)
export class SignalRouted {
  @Field(() => RoutingTask)
  task!: RoutingTask;
}

@ObjectType({ description: "The task has ended without a school." })
@Allow(leerplicht)
export class TaskEnded {
  @Field(() => RoutingTask)
  task!: RoutingTask;
}

/** Why an officer could not take a task, as all gestures answer it. */
export function refusal(refusal: TaskRefusal): RoutingTaskNotFound | RoutingTaskClosed | RoutingTaskTaken {
  if (refusal.refused === "not found") return new RoutingTaskNotFound();
  const { refused, task } = refusal;
  return Object.assign(refused === "closed" ? new RoutingTaskClosed() : new RoutingTaskTaken(), { task });
}

/** type-graphql tells the members apart by their classes, so results are instances. */
export const RouteToSchoolResult = createUnionType({
  name: "RouteToSchoolResult",
  types: () =>
    [
      SignalRouted,
      RoutingTaskNotFound,
      RoutingTaskClosed,
      RoutingTaskTaken,
      SchoolNotAvailable,
      CandidateNotFound,
    ] as const,
});

export const CloseRoutingTaskResult = createUnionType({
  name: "CloseRoutingTaskResult",
  types: () => [TaskEnded, RoutingTaskNotFound, RoutingTaskClosed, RoutingTaskTaken] as const,
});

export const ClaimRoutingTaskResult = createUnionType({
  name: "ClaimRoutingTaskResult",
  types: () => [RoutingTaskClaimed, RoutingTaskTaken, RoutingTaskNotFound, RoutingTaskClosed] as const,
});

export const ReleaseRoutingTaskResult = createUnionType({
  name: "ReleaseRoutingTaskResult",
  types: () => [RoutingTaskReleased, RoutingTaskTaken, RoutingTaskNotFound, RoutingTaskClosed] as const,
});
