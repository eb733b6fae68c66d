import { type EntityManager, In } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { attempt, IdentityUnreadable } from "../../../plumbing/identities/identities.ts";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import { sitesOf } from "../registry/sites.ts";
import { type Candidate, type CandidateSchool, candidatesFor } from "./candidates.ts";
import { CircleSearchRow } from "./circle-entities.ts";
import { type ChildRecord, type ReleaseTaskRow, type RoutingTaskRow, SubmissionRow } from "./entities.ts";
import { recordProcessingOf } from "./processing.ts";
import { recordOf } from "./routing.ts";
import { childOfSought, type Sought } from "./sought.ts";
import type { SoughtChild } from "./sought-child.ts";

/*
 * What somebody who may see these tasks reads of them. That they read it stands in the processing log once the
 * transaction commits, and nothing is answered before.
 */

/** Who reads, and where it is noted what cannot be read. */
type Reader = OnBehalfOf & Pick<PartContext, "log">;

/** Whom each task is about; null once that is gone, or where it cannot be decrypted, which is noted. */
export async function childrenOfTasks(
  rows: EntityManager,
  reader: Reader,
  activity: "task.read" | "release.read",
  tasks: readonly (RoutingTaskRow | ReleaseTaskRow)[],
): Promise<(ChildRecord | null)[]> {
  const children = (await soughtOf(rows, tasks)).map((sought) => readChild(rows, reader, sought)?.child ?? null);
  const read = tasks.map(({ id }, place) => ({ object: id, child: children[place] ?? null }));
  recordProcessingOf(rows, reader, activity, read);
  return children;
}

/** The schools that may be chosen for each task; none where the child is gone, or cannot be decrypted. */
export async function candidatesOfTasks(
  rows: EntityManager,
  reader: Reader,
  tasks: readonly RoutingTaskRow[],
  now: Date,
): Promise<Candidate[][]> {
  const sought = await soughtOf(rows, tasks);
  const known = sought.flatMap((one) => {
    const read = readChild(rows, reader, one);
    return one === null || read === null || read.child === null ? [] : [{ id: one.id, ...read }];
  });
  const found = await candidatesFor(rows, known, now);
  const bySought = new Map(known.map(({ id }, place) => [id, found[place] ?? []]));
  const offered = sought.map((one) => bySought.get(one?.id ?? "") ?? []);
  const read = tasks.flatMap(({ id }, place) =>
    [...new Set(offered[place]?.map(({ child }) => child))].map((child) => ({ object: id, child: recordOf(child) })),
  );
  recordProcessingOf(rows, reader, "task.read", read);
  return offered;
}

/** One that cannot be decrypted must not take the work list with it: its task is shown, and names nobody. */
function readChild(rows: EntityManager, { log }: Reader, sought: Sought | null): SoughtChild | null {
  if (sought === null) return null;
  const child = attempt(() => childOfSought(rows, sought));
  if (!(child instanceof IdentityUnreadable)) return child;
  log.error({ about: sought.id, code: child.code }, "a child cannot be decrypted");
  return null;
}

/** What each of these tasks is about, in their order. */
async function soughtOf(
  rows: EntityManager,
  tasks: readonly (Pick<RoutingTaskRow, "submissionId"> & { readonly circleSearchId?: string | null })[],
): Promise<(Sought | null)[]> {
  const signals = await rows.findBy(SubmissionRow, { id: In(tasks.flatMap(({ submissionId }) => submissionId ?? [])) });
  const searches = await rows.findBy(CircleSearchRow, {
    id: In(tasks.flatMap(({ circleSearchId }) => circleSearchId ?? [])),
  });
  const byId = new Map<string, Sought>([...signals, ...searches].map((row) => [row.id, row]));
  return tasks.map(({ submissionId, circleSearchId }) => byId.get(submissionId ?? circleSearchId ?? "") ?? null);
}

/** Signals by id, in the order of the ids; null where the reader may see none. */
export async function submissionsOf(rows: EntityManager, ids: readonly string[]): Promise<(SubmissionRow | null)[]> {
  const found = await rows.findBy(SubmissionRow, { id: In([...ids]) });
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Schools by site id, as an officer is told of one. */
export async function schoolsOf(
  rows: EntityManager,
  siteIds: readonly string[],
  now: Date,
): Promise<CandidateSchool[]> {
  const siteOf = await sitesOf(rows, siteIds, dutchDay(now));
  return siteIds.map((siteId) => {
    const { id, name, city, telephone, participates } = siteOf(siteId);
    return { id, name, city, telephone, participates };
  });
}
