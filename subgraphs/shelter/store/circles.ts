import { type EntityManager, In } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { actAsSystem, actFor } from "../../../plumbing/database.ts";
import type { OnBehalfOf } from "../../../plumbing/processing-log.ts";
import type { ConsentCoverage } from "../decisions/consent.ts";
import { CircleRow } from "./entities.ts";
import { recordProcessingOf } from "./processing.ts";

/** A support circle that stands, as far as the caller may know of it. */
export interface SupportCircleRow {
  readonly id: string;
  readonly circleKey: string;
  readonly schoolId: string;
  readonly since: Date;
  /** What the consents on which it stands cover. */
  readonly covers: readonly ConsentCoverage[];
  /** The registry's keys of the parents who gave them; for a parent, the own one. */
  readonly parents: readonly string[];
  /** The guided child, and the registry's key of it. */
  readonly child: string;
  readonly childKey: string;
  readonly guidance: string;
  readonly organisation: string;
  readonly supporterName: string;
  readonly supporterTelephone: string | null;
  readonly supporterEmail: string | null;
}

/** The circles that are meant, by one of these. */
export interface CirclesBy {
  readonly column: "id" | "circle_key" | "child" | "guidance" | "school_id";
  readonly values: readonly string[];
}

/**
 * The circles that the caller may know of, the oldest first: all, or those with one of these values.
 * @param most the most that are given; all where it is left out.
 */
export function circlesOf(
  rows: EntityManager,
  by?: CirclesBy,
  most: number | null = null,
): Promise<SupportCircleRow[]> {
  const type = by?.column === "school_id" ? "text" : "uuid";
  return rows.query<SupportCircleRow[]>(
    `select id, circle_key as "circleKey", school_id as "schoolId", since, covers, parents, child,
            child_key as "childKey", guidance, organisation, supporter_name as "supporterName",
            supporter_telephone as "supporterTelephone", supporter_email as "supporterEmail"
     from care.support_circle
     where ${by === undefined ? "$1::text[] is null" : `${by.column} = any ($1::${type}[])`}
     order by since, id limit $2`,
    [by?.values ?? null, most],
  );
}

/** The same, for the caller to see: each stands in the processing log. */
export async function seeCircles(
  rows: EntityManager,
  reader: OnBehalfOf,
  by?: CirclesBy,
  most?: number,
): Promise<SupportCircleRow[]> {
  const circles = await circlesOf(rows, by, most);
  const processed = circles.map(({ id, childKey }) => ({ object: id, persons: [childKey] }));
  await recordProcessingOf(rows, reader, "circle.read", processed);
  return circles;
}

/**
 * Takes the circle of a child, or with an id, until the transaction ends, as the system: what rests on consents, and
 * their end, then come one after the other. Locks are taken in this order: guidance, circle, processing log, talk, events.
 * @returns undefined where there is none any more.
 */
export async function takeCircle(
  rows: EntityManager,
  by: { readonly id: string } | { readonly childId: string },
): Promise<CircleRow | undefined> {
  return (await rows.findOne(CircleRow, { where: by, lock: { mode: "pessimistic_write" } })) ?? undefined;
}

/** Takes the circles of these children, as the system, in one order for everybody. */
export function takeCircles(rows: EntityManager, childIds: readonly string[]): Promise<CircleRow[]> {
  return rows.find(CircleRow, {
    where: { childId: In([...childIds]) },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
}

/** Takes a circle that stands for the caller; it still stands once it is taken. */
export async function takeVisibleCircle(
  rows: EntityManager,
  claims: Claims,
  by: CirclesBy,
): Promise<SupportCircleRow | undefined> {
  const [known] = await circlesOf(rows, by);
  if (known === undefined) return undefined;
  await actAsSystem(rows);
  await takeCircle(rows, { id: known.id });
  await actFor(rows, claims);
  const [taken] = await circlesOf(rows, { column: "id", values: [known.id] });
  return taken;
}
