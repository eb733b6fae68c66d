import type { EntityManager } from "typeorm";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { identitiesOf } from "../../../plumbing/identities/identities.ts";
import { decideRoute, holdsOn } from "../decisions/route.ts";
import { enrolmentsOf, type KnownChild } from "../registry/children.ts";
import type { ChildRecord } from "./entities.ts";
import { matchChild } from "./routing.ts";

/** What the registry says, on one day, of where a child goes to school. */
export interface Whereabouts {
  /** Null where the registry has no such child, or several. */
  readonly child: KnownChild | null;
  /** The school of which it is sure; null where it is of none. */
  readonly schoolId: string | null;
  /** Is the same for as long as the registry says the same. */
  readonly digest: string;
}

/** Finds a child and its school as it is done for a signal, on the day of a moment. */
export async function whereaboutsOf(
  rows: EntityManager,
  described: ChildRecord | null,
  now: Date,
): Promise<Whereabouts> {
  const day = dutchDay(now);
  const match = await matchChild(rows, described);
  const child = match.kind === "one" ? match.person : null;
  const enrolments = child === null ? [] : await enrolmentsOf(rows, [child.id]);
  const route = decideRoute(match.kind, enrolments, day);
  const schools = enrolments.filter((one) => holdsOn(day, one)).map(({ schoolId }) => schoolId);
  const schoolId = route.to === "school" ? route.enrolment.schoolId : null;
  const said = JSON.stringify([child?.id ?? null, route.to === "school" ? schoolId : route.reason, schools.sort()]);
  return { child, schoolId, digest: identitiesOf(rows).digest("whereabouts", said) };
}
