import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import type { LeerplichtContext } from "../context.ts";
import { RegistryInstitution } from "../registry/entities.ts";
import { RouteToSchoolInput } from "../schema/inputs.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import {
  CandidateNotFound,
  RouteToSchoolResult,
  RoutingTaskClosed,
  RoutingTaskNotFound,
  SchoolNotAvailable,
  SignalRouted,
} from "../schema/results.ts";
import { candidatesFor, type SoughtChild } from "../store/candidates.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { chooseSchool } from "../store/circle-search.ts";
import { type ChildRecord, type RoutingTaskRow, SubmissionRow } from "../store/entities.ts";
import { closeTask, deliver, recordOf } from "../store/ledger.ts";
import { takeTask } from "../store/tasks.ts";

@Resolver()
export class RouteToSchool {
  @Mutation(() => RouteToSchoolResult, {
    description: "An officer chooses the school of a signal. If the school does not know the child, a new task comes.",
  })
  @Allow(leerplicht, manageRouting)
  async routeToSchool(
    @Arg("input", () => RouteToSchoolInput) { taskId, schoolId, candidateId }: RouteToSchoolInput,
    @Ctx() { database, claims, clock }: LeerplichtContext,
  ): Promise<typeof RouteToSchoolResult> {
    return database.transaction(claims, async (rows) => {
      const taken = await takeTask(rows, taskId);
      if ("refused" in taken) {
        if (taken.refused === "not found") return new RoutingTaskNotFound();
        return Object.assign(new RoutingTaskClosed(), { task: taken.task });
      }
      const { task } = taken;
      const obstacle = await obstacleAt(rows, schoolId);
      if (obstacle !== undefined) return Object.assign(new SchoolNotAvailable(), { code: obstacle });
      const now = clock.now();
      const sought = await soughtBy(rows, task);
      const child = candidateId == null ? sought.child : await recognised(rows, sought, candidateId, now);
      if (child === undefined) return new CandidateNotFound();
      await actAsSystem(rows);
      if (sought instanceof SubmissionRow) await deliver(rows, sought, schoolId, child, now);
      else await chooseSchool(rows, sought, schoolId, child);
      await closeTask(rows, task, "ROUTED", now);
      return Object.assign(new SignalRouted(), { task });
    });
  }
}

async function soughtBy(
  rows: EntityManager,
  { submissionId, circleSearchId }: RoutingTaskRow,
): Promise<SubmissionRow | CircleSearchRow> {
  if (submissionId !== null) return rows.findOneByOrFail(SubmissionRow, { id: submissionId });
  return rows.findOneByOrFail(CircleSearchRow, { id: circleSearchId ?? "" });
}

async function obstacleAt(rows: EntityManager, schoolId: string): Promise<string | undefined> {
  const site = parseSiteId(schoolId);
  if (site === undefined) return "SCHOOL_UNKNOWN";
  const key = { brin: site.slice(0, 4), siteNumber: site.slice(4) };
  const institution = await rows.findOneBy(RegistryInstitution, key);
  if (institution === null) return "SCHOOL_UNKNOWN";
  return institution.participates ? undefined : "SCHOOL_NOT_PARTICIPATING";
}

/** The child of the registry whom the officer recognised; undefined where that candidate is not offered. */
async function recognised(
  rows: EntityManager,
  sought: SoughtChild,
  candidateId: string,
  now: Date,
): Promise<ChildRecord | undefined> {
  const [offered = []] = await candidatesFor(rows, [sought], now);
  const chosen = offered.find(({ candidate }) => candidate.id === candidateId);
  return chosen && recordOf(chosen.child);
}
