import { type EntityManager, In } from "typeorm";
import type { ShelterClient } from "../registry/entities.ts";
import { isParent, membersOf } from "../registry/families.ts";
import { circlesOf, type SupportCircleRow } from "./circles.ts";
import { ConsentRow, GuidanceRow, GuidedChildRow } from "./entities.ts";
import type { Processed } from "./processing.ts";

/** All that a worker may see of one guidance. */
export interface GuidanceRecord {
  readonly guidance: GuidanceRow;
  readonly parents: readonly ShelterClient[];
  readonly children: readonly GuidedChildRecord[];
}

export interface GuidedChildRecord {
  readonly child: GuidedChildRow;
  /** Null where the registry no longer has the child in the family. */
  readonly client: ShelterClient | null;
  /** The latest first. */
  readonly consents: readonly ConsentRow[];
  readonly circle: SupportCircleRow | null;
}

/** Reads these guidances with what hangs on them, each kind in one query. */
export async function readGuidances(
  rows: EntityManager,
  guidances: readonly GuidanceRow[],
): Promise<readonly GuidanceRecord[]> {
  const children = await rows.findBy(GuidedChildRow, { guidanceId: In(guidances.map(({ id }) => id)) });
  const ids = children.map(({ id }) => id);
  const consents = await rows.find(ConsentRow, { where: { childId: In(ids) }, order: { givenAt: "DESC", id: "DESC" } });
  const circles = await circlesOf(rows, { column: "child", values: ids });
  const members = await membersOf(
    rows,
    guidances.map(({ familyKey }) => familyKey),
  );
  const families = Map.groupBy(members, ({ familyId }) => familyId);
  const places = new Map(members.map(({ id }, place) => [id, place]));
  const place = ({ registryKey }: GuidedChildRow) => places.get(registryKey) ?? members.length;
  const guided = Map.groupBy(
    children.toSorted((one, other) => place(one) - place(other)),
    ({ guidanceId }) => guidanceId,
  );
  const consentsOf = Map.groupBy(consents, ({ childId }) => childId);
  const circleOf = new Map(circles.map((circle) => [circle.child, circle]));
  return guidances.map((guidance) => {
    const family = families.get(guidance.familyKey) ?? [];
    const clientOf = new Map(family.map((client) => [client.id, client]));
    return {
      guidance,
      parents: family.filter(isParent),
      children: (guided.get(guidance.id) ?? []).map((child) => ({
        child,
        client: clientOf.get(child.registryKey) ?? null,
        consents: consentsOf.get(child.id) ?? [],
        circle: circleOf.get(child.id) ?? null,
      })),
    };
  });
}

/** One guidance that the caller may see, as it is now. */
export async function readGuidance(rows: EntityManager, id: string): Promise<GuidanceRecord | undefined> {
  return (await readGuidances(rows, await rows.findBy(GuidanceRow, { id })))[0];
}

/** Takes a guidance that the caller may see until the transaction ends, before its circles: it does not end meanwhile. */
export async function takeGuidance(rows: EntityManager, id: string): Promise<GuidanceRow | undefined> {
  return (await rows.findOne(GuidanceRow, { where: { id }, lock: { mode: "for_no_key_update" } })) ?? undefined;
}

/** All whom a guidance is about. */
export function everybodyIn({ guidance, parents, children }: GuidanceRecord): Processed {
  return {
    object: guidance.id,
    persons: [...parents.map(({ id }) => id), ...children.map(({ child }) => child.registryKey)],
  };
}
