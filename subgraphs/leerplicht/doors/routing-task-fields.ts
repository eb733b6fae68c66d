import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { LeerplichtContext } from "../context.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { ChildIdentity, RoutingCandidate, RoutingTask } from "../schema/routing-task.ts";
import type { RoutingTaskRow } from "../store/entities.ts";

@Resolver(() => RoutingTask)
export class RoutingTaskFields {
  @FieldResolver(() => ChildIdentity)
  @Allow(leerplicht, manageRouting)
  async child(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<ChildIdentity> {
    const child = (await loaders.submission.load(task.submissionId))?.child ?? {};
    const name = [child.givenName, child.prefix, child.familyName].filter((part) => part != null).join(" ");
    return { bsn: child.bsn ?? null, name: name === "" ? null : name, birthDate: child.birthDate ?? null };
  }

  @FieldResolver(() => DateTimeScalar, { description: "By when a contact person should have seen the signal." })
  @Allow(leerplicht, manageRouting)
  async dueBy(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<Date> {
    return (await loaders.submission.load(task.submissionId))?.dueBy ?? task.openedAt;
  }

  @FieldResolver(() => [RoutingCandidate], { description: "Schools that the child may go to, the likeliest first." })
  @Allow(leerplicht, manageRouting)
  async candidates(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<RoutingCandidate[]> {
    const submission = await loaders.submission.load(task.submissionId);
    if (submission === null || submission.child === null) return [];
    return (await loaders.candidates.load(submission)).map(({ candidate }) => candidate);
  }
}
