import type { EntityManager } from "typeorm";
import { actAsSystem } from "../../../plumbing/database.ts";
import type { ShelterContext } from "../context.ts";
import { takeCircle } from "../store/circles.ts";
import { endConsents } from "../store/consents.ts";
import { ConsentRow, GuidedChildRow } from "../store/entities.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { tell } from "../store/telling.ts";

/**
 * A parent takes a consent back, by the supporter or by the own view. The transaction goes on as the system's.
 * @param consent one that the caller may take back.
 * @returns the guidance that it belongs to.
 */
export async function withdraw(
  rows: EntityManager,
  context: ShelterContext,
  { id, childId }: ConsentRow,
): Promise<string> {
  await actAsSystem(rows);
  const { guidanceId, registryKey } = await rows.findOneByOrFail(GuidedChildRow, { id: childId });
  const circle = await takeCircle(rows, { childId });
  // Once the circle is taken: it may have ended while that was waited for.
  const consent = await rows.findOneByOrFail(ConsentRow, { id });
  if (consent.endedAt === null) {
    const persons = [registryKey, consent.givenBy];
    await recordProcessingOf(rows, context, "consent.withdraw", [{ object: id, persons }]);
    const circles = circle === undefined ? [] : [circle];
    tell(rows, await endConsents(rows, circles, [consent], { now: context.clock.now(), withdrawn: true }));
  }
  return guidanceId;
}
