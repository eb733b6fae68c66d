import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { DateTimeScalar } from "../../../plumbing/scalars.ts";
import type { LeerplichtContext } from "../context.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { ChildIdentity, RoutingCandidate, RoutingTask } from "../schema/routing-task.ts";
import type { SoughtChild } from "../store/candidates.ts";
import type { RoutingTaskRow } from "../store/entities.ts";

@Resolver(() => RoutingTask)
export class RoutingTaskFields {
  @FieldResolver(() => ChildIdentity)
  @Allow(leerplicht, manageRouting)
  async child(@Root() task: RoutingTaskRow, @Ctx() { loaders }: LeerplichtContext): Promise<ChildIdentity> {
    const child = (await soughtIn(task, loaders))?.child ?? {};
    const name = [child.givenName, child.prefix, child.familyName].filter((part) => part != null).join(" ");
    return { bsn: child.bsn ?? null, name: name === "" ? null : name, birthDate: child.birthDate ?? null };
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
    const sought = await soughtIn(task, loaders);
    if (sought === null || sought.child === null) return [];
    return (await loaders.candidates.load(sought)).map(({ candidate }) => candidate);
  }
}

/** How long an officer has to find the school for a support circle, in milliseconds: parents wait for it, no promise does. */
const searchPeriod = 7 * 24 * 60 * 60 * 1000;

/** Whose school a task asks for: the child of a signal, or of a search. */
async function soughtIn(
  { submissionId, circleSearchId }: RoutingTaskRow,
  { submission, circleSearch }: LeerplichtContext["loaders"],
): Promise<SoughtChild | null> {
  if (submissionId !== null) return submission.load(submissionId);
  return circleSearchId === null ? null : circleSearch.load(circleSearchId);
}
