import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { LeerplichtContext } from "../context.ts";
import { claimant } from "../decisions/claim.ts";
import { ChildIdentity, identityOf } from "../schema/child-identity.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { CandidateSchool, RoutingCandidate, RoutingTask } from "../schema/routing-task.ts";
import type { RoutingTaskRow } from "../store/entities.ts";

@Resolver(() => RoutingTask)
export class RoutingTaskFields {
  @FieldResolver(() => ChildIdentity)
  @Allow(leerplicht, manageRouting)
  async child(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<ChildIdentity> {
    return identityOf(await loaders.taskChild.load(task));
  }

  @FieldResolver(() => DateTimeScalar, {
    description: "By when a contact person should have seen the signal, or the school of a support circle be found.",
  })
  @Allow(leerplicht, manageRouting)
  async dueBy(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<Date> {
    if (task.submissionId === null) return new Date(task.openedAt.getTime() + searchPeriod);
    return (await loaders.submission.load(task.submissionId))?.dueBy ?? task.openedAt;
  }

  @FieldResolver(() => [RoutingCandidate], { description: "Schools that the child may go to, the likeliest first." })
  @Allow(leerplicht, manageRouting)
  async candidates(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<RoutingCandidate[]> {
    return (await loaders.candidates.load(task)).map(({ candidate }) => candidate);
  }

  @FieldResolver(() => CandidateSchool, {
    nullable: true,
    description:
      "The school to call: where the signal lies unseen, or from where it came back. Of a support circle, the only one that the parent agreed to, which is told by routing alone.",
  })
  @Allow(leerplicht, manageRouting)
  async school(
    @Root() { schoolId }: RoutingTaskRow,
    @Ctx() { loaders }: LeerplichtContext,
  ): Promise<CandidateSchool | null> {
    return schoolId === null ? null : loaders.school.load(schoolId);
  }

  @FieldResolver(() => ID, {
    nullable: true,
    description: "The officer who is at work on it, as their token's `sub` says; null where nobody is.",
  })
  @Allow(leerplicht, manageRouting)
  claimedBy(@Root() task: RoutingTaskRow, @Ctx() { clock }: LeerplichtContext): string | null {
    return claimant(task, clock.now());
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: "Until when they have it: 30 minutes after the last `claimRoutingTask`. Null where nobody has.",
  })
  @Allow(leerplicht, manageRouting)
  claimedUntil(@Root() task: RoutingTaskRow, @Ctx() { clock }: LeerplichtContext): Date | null {
    return claimant(task, clock.now()) === null ? null : task.claimedUntil;
  }
}

/** How long an officer has to find the school for a support circle, in milliseconds: parents wait for it, no promise does. */
const searchPeriod = 7 * 24 * 60 * 60 * 1000;
