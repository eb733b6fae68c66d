import { type EntityManager, In } from "typeorm";
import { attempt, IdentityUnreadable } from "../../../plumbing/identities/identities.ts";
import type { PartContext } from "../../../plumbing/subgraph.ts";
import { sitesOf } from "../registry/sites.ts";
import { type Candidate, type CandidateSchool, candidatesFor } from "./candidates.ts";
import { type ChildRecord, type ReleaseTaskRow, type RoutingTaskRow, SubmissionRow } from "./entities.ts";
import { type OnBehalfOf, recordProcessingOf } from "./processing.ts";
import { recordOf } from "./routing.ts";
import { soughtChildOf } from "./sought-child.ts";

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
  const children = (await signalsOf(rows, tasks)).map((signal) => childOf(rows, reader, signal));
  const read = tasks.map(({ id }, place) => ({ object: id, child: children[place] ?? null }));
  await recordProcessingOf(rows, reader, activity, read);
  return children;
}

/** The schools that may be chosen for each task; none where the child is gone, or cannot be decrypted. */
export async function candidatesOfTasks(
  rows: EntityManager,
  reader: Reader,
  tasks: readonly RoutingTaskRow[],
  now: Date,
): Promise<Candidate[][]> {
  const signals = (await signalsOf(rows, tasks)).filter(
    (signal) => childOf(rows, reader, signal) !== null,
  ) as SubmissionRow[];
  const found = await candidatesFor(rows, signals, now);
  const bySignal = new Map(signals.map(({ id }, place) => [id, found[place] ?? []]));
  const offered = tasks.map(({ submissionId }) => bySignal.get(submissionId) ?? []);
  const read = tasks.flatMap(({ id }, place) =>
    [...new Set(offered[place]?.map(({ child }) => child))].map((child) => ({ object: id, child: recordOf(child) })),
  );
  await recordProcessingOf(rows, reader, "task.read", read);
  return offered;
}

/** One signal that cannot be decrypted must not take the work list with it: its task is shown, and names nobody. */
function childOf(rows: EntityManager, { log }: Reader, signal: SubmissionRow | null): ChildRecord | null {
  if (signal === null) return null;
  const sought = attempt(() => soughtChildOf(rows, signal));
  if (!(sought instanceof IdentityUnreadable)) return sought.child;
  log.error({ submission: signal.id, code: sought.code }, "a child cannot be decrypted");
  return null;
}

/** The signals of these tasks, in the order of the tasks. */
async function signalsOf(
  rows: EntityManager,
  tasks: readonly { readonly submissionId: string }[],
): Promise<(SubmissionRow | null)[]> {
  return submissionsOf(
    rows,
    tasks.map(({ submissionId }) => submissionId),
  );
}

/** Signals by id, in the order of the ids; null where the reader may see none. */
export async function submissionsOf(rows: EntityManager, ids: readonly string[]): Promise<(SubmissionRow | null)[]> {
  const found = await rows.findBy(SubmissionRow, { id: In([...ids]) });
  const byId = new Map(found.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Schools by site id, as an officer is told of one. */
export async function schoolsOf(rows: EntityManager, siteIds: readonly string[]): Promise<CandidateSchool[]> {
  const siteOf = await sitesOf(rows, siteIds);
  return siteIds.map((siteId) => {
    const { id, name, city, participates } = siteOf(siteId);
    return { id, name, city, participates };
  });
}
