import type { EntityManager } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { actFor, systemClaims } from "../../../plumbing/database.ts";
import type { ShelterContext } from "../context.ts";
import { consentState, nameOf, toSupporter } from "../schema/guidance-view.ts";
import { type OwnChild, ParentView, ParentViewRefused } from "../schema/parent-view.ts";
import { conversationsOf } from "../store/conversations.ts";
import { type GuidanceRecord, readGuidance } from "../store/guidance.ts";
import { findView, type OpenView, sharingsOf } from "../store/parents.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { describeConversations } from "./conversations.ts";

/** On whose behalf a view is read: the key says whose it is, as no token does, and row-level security goes by that. */
interface ViewClaims extends Claims {
  readonly guidance: string;
  readonly person: string;
}

export function viewClaims({ claims }: Pick<ShelterContext, "claims">, { guidanceId, parent }: OpenView): ViewClaims {
  return { ...claims, party: "parent", guidance: guidanceId, person: parent };
}

/** Does something with what a key opens, on behalf of the parent whose view it is. */
export function withView<Result>(
  context: ShelterContext,
  key: string,
  work: (rows: EntityManager, view: OpenView) => Promise<Result>,
): Promise<Result | ParentViewRefused> {
  const { database, clock, config } = context;
  return database.transaction(systemClaims, async (rows) => {
    const view = await findView(rows, key, { pseudonymKey: config.pseudonymKey, now: clock.now() });
    if (typeof view === "string") return new ParentViewRefused(view);
    await actFor(rows, viewClaims(context, view));
    return work(rows, view);
  });
}

/** What a key opens, as it is now. */
export function seeParentView(context: ShelterContext, key: string): Promise<ParentView | ParentViewRefused> {
  return withView(context, key, (rows, view) => readParentView(rows, context, view));
}

/** What one parent's own consents led to, on that parent's behalf. */
export async function readParentView(
  rows: EntityManager,
  context: ShelterContext,
  { guidanceId, parent, until }: OpenView,
): Promise<ParentView> {
  const now = context.clock.now();
  const record = await readGuidance(rows, guidanceId);
  if (record === undefined) throw new Error("A parent's guidance cannot be read");
  const persons = [parent, ...record.children.map(({ child }) => child.registryKey)];
  await recordProcessingOf(rows, context, "parent.read", [{ object: guidanceId, persons }]);
  const children = await ownChildren(rows, record, now);
  const conversations = await describeConversations(rows, await conversationsOf(rows), now);
  return Object.assign(new ParentView(), { until, supporter: toSupporter(record.guidance), children, conversations });
}

/** Row-level security gives a parent no consent but the own, and no child without one. */
async function ownChildren(rows: EntityManager, { children }: GuidanceRecord, now: Date): Promise<OwnChild[]> {
  const ids = children.flatMap(({ consents }) => consents.map(({ id }) => id));
  const sharings = Map.groupBy(await sharingsOf(rows, ids), ({ consentId }) => consentId);
  return children.flatMap(({ child, client, consents, circle }) => {
    if (client === null) return [];
    const own = consents.map((consent) => ({
      id: consent.id,
      state: consentState(consent, now),
      covers: consent.covers,
      givenAt: consent.givenAt,
      validUntil: consent.validUntil,
      schoolId: consent.schoolId,
      namedSchool: consent.schoolId === null ? null : { id: consent.schoolId },
      school: consent.endedAt === null && circle !== null ? { circleKey: circle.circleKey } : null,
      sharings: (sharings.get(consent.id) ?? []).map(({ schoolId, since, until }) => ({
        schoolId,
        school: { id: schoolId },
        since,
        until,
      })),
    }));
    return [{ id: child.id, name: nameOf(client), consents: own }];
  });
}
