import { type EntityManager, In } from "typeorm";
import type { ShelterClient } from "../registry/entities.ts";
import { isParent, membersOf } from "../registry/families.ts";
import { type CircleRow, circlesOf } from "./circles.ts";
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
  /** Null once erased. */
  readonly client: ShelterClient | null;
  /** The latest first. */
  readonly consents: readonly ConsentRow[];
  readonly circle: CircleRow | null;
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
    guidances.flatMap(({ familyKey }) => familyKey ?? []),
  );
  const place = ({ registryKey }: GuidedChildRow) => members.findIndex(({ id }) => id === registryKey);
  children.sort((a, b) => place(a) - place(b));
  return guidances.map((guidance) => ({
    guidance,
    parents: members.filter((member) => member.familyId === guidance.familyKey && isParent(member)),
    children: children
      .filter(({ guidanceId }) => guidanceId === guidance.id)
      .map((child) => ({
        child,
        client: members.find(({ id }) => id === child.registryKey) ?? null,
        consents: consents.filter(({ childId }) => childId === child.id),
        circle: circles.find((circle) => circle.child === child.id) ?? null,
      })),
  }));
}

/** One guidance that the caller may see, as it is now. */
export async function readGuidance(rows: EntityManager, id: string): Promise<GuidanceRecord | undefined> {
  return (await readGuidances(rows, await rows.findBy(GuidanceRow, { id })))[0];
}

/** All whom a guidance is about. */
export function everybodyIn({ guidance, parents, children }: GuidanceRecord): Processed {
  return {
    object: guidance.id,
    persons: [...parents.map(({ id }) => id), ...children.map(({ child }) => child.registryKey)],
  };
}
