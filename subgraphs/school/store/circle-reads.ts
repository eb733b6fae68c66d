import { type EntityManager, In } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import { RegistryPupil } from "../registry/entities.ts";
import { toKnownPupil } from "../registry/pupils.ts";
import { CirclePupilRow } from "./circle-entities.ts";
import { pupilNumberOf } from "./pupil-number.ts";
import type { ReadPupil } from "./pupil-reads.ts";

/**
 * Reads the pupils of support circles, on the caller's behalf, and writes each read to the processing log in the same
 * transaction.
 * @returns by the circle's key; what is closed, or not the caller's to see, is not in it.
 */
export async function readCirclePupils(
  rows: EntityManager,
  claims: Claims,
  pseudonymKey: string,
  circleKeys: readonly string[],
): Promise<Map<string, ReadPupil>> {
  const circles = await rows.findBy(CirclePupilRow, { circleKey: In([...new Set(circleKeys)]) });
  const numbers = new Map(
    circles.flatMap(({ id, pupil }) =>
      pupil === null ? [] : [[id, pupilNumberOf(rows, "circle_pupil", id, pupil)] as const],
    ),
  );
  const pupils = await rows
    .createQueryBuilder(RegistryPupil, "pupil")
    .addSelect("pupil.bsn")
    .where({ id: In([...numbers.values()]) })
    .getMany();
  const found = circles.flatMap(({ id, circleKey, pupilId }) => {
    const pupil = pupils.find((one) => one.id === numbers.get(id));
    return pupil === undefined || circleKey === null || pupilId === null ? [] : [{ id, circleKey, pupilId, pupil }];
  });
  recordProcessing(
    rows,
    claims,
    found.map(({ id, pupil }) => ({
      activity: "circle.read",
      subject: subjectDigest(pseudonymKey, toKnownPupil(pupil)),
      object: id,
    })),
  );
  return new Map(found.map(({ circleKey, pupilId, pupil }) => [circleKey, { pupilId, pupil }]));
}
