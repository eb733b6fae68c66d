import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import type { LeerplichtContext } from "../context.ts";
import { sitesOf } from "../registry/sites.ts";
import { RouteToSchoolInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import {
  CandidateNotFound,
  RouteToSchoolResult,
  refusal,
  SchoolNotAvailable,
  SignalRouted,
} from "../schema/results.ts";
import { candidatesFor } from "../store/candidates.ts";
import { chooseSchool } from "../store/circle-search.ts";
import { deliver, takeBackDeliveries } from "../store/deliveries.ts";
import { type ChildRecord, SubmissionRow } from "../store/entities.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { recordOf } from "../store/routing.ts";
import { childOfSought, type Sought, soughtBy } from "../store/sought.ts";
import { closeTask, takeTask } from "../store/tasks.ts";

@Resolver()
export class RouteToSchool {
  @Mutation(() => RouteToSchoolResult, {
    description:
      "An officer chooses the school of a signal. What lies unseen at another is taken back. If the school does not know the child, a new task comes.",
  })
  @Allow(leerplicht, manageRouting)
  async routeToSchool(
    @Arg("input", () => RouteToSchoolInput) { taskId, schoolId, candidateId }: RouteToSchoolInput,
    @Ctx() { database, claims, clock, config, settings }: LeerplichtContext,
  ): Promise<typeof RouteToSchoolResult> {
    return database.transaction(claims, async (rows) => {
      const now = clock.now();
      const taken = await takeTask(rows, taskId, claims, now);
      if (taken.refused !== undefined) return refusal(taken);
      const { task } = taken;
      const sought = await soughtBy(rows, task);
      const site = await siteFor(rows, schoolId, sought, now);
      if ("obstacle" in site) return Object.assign(new SchoolNotAvailable(), { code: site.obstacle });
      const child =
        candidateId == null ? childOfSought(rows, sought).child : await recognised(rows, sought, candidateId, now);
      if (child === undefined) return new CandidateNotFound();
      recordProcessingOf(rows, { claims, config }, "task.route", [{ object: task.id, child }]);
      await actAsSystem(rows);
      if (sought instanceof SubmissionRow) {
        await takeBackDeliveries(rows, sought.id, now);
        await deliver(rows, sought, { ...site, schoolId, child }, settings.escalation, now);
      } else await chooseSchool(rows, sought, schoolId, child);
      await closeTask(rows, task, "ROUTED", now);
      return Object.assign(new SignalRouted(), { task });
    });
  }
}

/** The municipality of a school that may be told of the child, or why it may not. */
async function siteFor(
  rows: EntityManager,
  schoolId: string,
  sought: Sought,
  now: Date,
): Promise<{ readonly municipality: string | null } | { readonly obstacle: string }> {
  if (parseSiteId(schoolId) === undefined) return { obstacle: "SCHOOL_UNKNOWN" };
  const { name, participates, municipality } = (await sitesOf(rows, [schoolId], dutchDay(now)))(schoolId);
  if (name === null) return { obstacle: "SCHOOL_UNKNOWN" };
  if (!participates) return { obstacle: "SCHOOL_NOT_PARTICIPATING" };
  const named = sought instanceof SubmissionRow ? null : sought.namedSchool;
  return named === null || named === schoolId ? { municipality } : { obstacle: "SCHOOL_NOT_NAMED" };
}

/** The child of the registry whom the officer recognised; undefined where that candidate is not offered. */
async function recognised(
  rows: EntityManager,
  sought: Sought,
  candidateId: string,
  now: Date,
): Promise<ChildRecord | undefined> {
  const [offered = []] = await candidatesFor(rows, [{ id: sought.id, ...childOfSought(rows, sought) }], now);
  const chosen = offered.find(({ candidate }) => candidate.id === candidateId);
  return chosen && recordOf(chosen.child);
}
