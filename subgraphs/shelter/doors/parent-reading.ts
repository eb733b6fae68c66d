import type { EntityManager } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import type { ShelterContext } from "../context.ts";
import { consentState, nameOf, toSupporter } from "../schema/guidance-view.ts";
import { type OwnChild, ParentView, ParentViewRefused } from "../schema/parent-view.ts";
import { conversationsOf } from "../store/conversations.ts";
import { type GuidanceRecord, readGuidance } from "../store/guidance.ts";
import { findView, type OpenView, sharingsOf } from "../store/parents.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { describeConversations } from "./conversations.ts";

/** What a key opens, as it is now. */
export function seeParentView(context: ShelterContext, key: string): Promise<ParentView | ParentViewRefused> {
  const { database, clock, config } = context;
  return database.transaction(systemClaims, async (rows) => {
    const view = await findView(rows, key, { pseudonymKey: config.pseudonymKey, now: clock.now() });
    return typeof view === "string" ? new ParentViewRefused(view) : readParentView(rows, context, view);
  });
}

/** What one parent's own consents led to, as the system: the code says whose view it is, as no token does. */
export async function readParentView(
  rows: EntityManager,
  context: ShelterContext,
  { guidanceId, parent, until }: OpenView,
): Promise<ParentView> {
  const now = context.clock.now();
  const record = await readGuidance(rows, guidanceId);
  if (record === undefined) throw new Error("A parent's guidance cannot be read");
  const children = await ownChildren(rows, record, parent, now);
  const persons = [
    parent,
    ...record.children
      .map(({ child }) => child)
      .filter(({ id }) => children.some((one) => one.id === id))
      .map(({ registryKey }) => registryKey),
  ];
  await recordProcessingOf(rows, context, "parent.read", [{ object: guidanceId, persons }]);
  const talks = await conversationsOf(rows, { column: "guidance", values: [guidanceId] });
  const mine = talks.filter(({ givenBy }) => givenBy === parent);
  const conversations = await describeConversations(rows, mine, now);
  return Object.assign(new ParentView(), { until, supporter: toSupporter(record.guidance), children, conversations });
}

async function ownChildren(
  rows: EntityManager,
  { children }: GuidanceRecord,
  parent: string,
  now: Date,
): Promise<OwnChild[]> {
  const given = children.flatMap(({ consents }) => consents.filter(({ givenBy }) => givenBy === parent));
  const sharings = await sharingsOf(
    rows,
    given.map(({ id }) => id),
  );
  return children.flatMap(({ child, client, consents, circle }) => {
    const own = consents.filter(({ givenBy }) => givenBy === parent);
    if (own.length === 0 || client === null) return [];
    return [
      {
        id: child.id,
        name: nameOf(client),
        consents: own.map((consent) => ({
          id: consent.id,
          state: consentState(consent, now),
          covers: consent.covers,
          givenAt: consent.givenAt,
          validUntil: consent.validUntil,
          school: circle?.id === consent.id ? { circleKey: circle.circleKey } : null,
          sharings: sharings.filter(({ consentId }) => consentId === consent.id),
        })),
      },
    ];
  });
}
