import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { SchoolContext } from "../context.ts";
import { AbsenceCancelled, AbsenceNotFound, CancelAbsenceInput, CancelAbsenceResult } from "../schema/absence.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { ContactAbsenceRow } from "../store/contact-entities.ts";
import { lookForGaps } from "../store/contact-gaps.ts";
import { takeContactTurn } from "../store/contact-persons.ts";
import { schoolById } from "./schools.ts";

@Resolver()
export class CancelAbsence {
  @Mutation(() => CancelAbsenceResult, {
    description: "Takes an absence back, or cuts it short: the person can be reached from now on.",
  })
  @Allow(school, handleSignals)
  async cancelAbsence(
    @Arg("input", () => CancelAbsenceInput) { absenceId: id }: CancelAbsenceInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof CancelAbsenceResult> {
    const { database, claims, clock } = context;
    if (!isUuid(id)) return new AbsenceNotFound();
    const schoolId = await database.transaction(claims, async (rows) => {
      const absence = await rows.findOneBy(ContactAbsenceRow, { id });
      if (absence === null) return undefined;
      await takeContactTurn(rows, absence.schoolId);
      const { affected } = await rows.delete(ContactAbsenceRow, { id });
      if (affected !== 1) return undefined;
      await actAsSystem(rows);
      await lookForGaps(rows, absence.schoolId, clock.now());
      return absence.schoolId;
    });
    const found = schoolId === undefined ? null : await schoolById(schoolId, context);
    return found === null ? new AbsenceNotFound() : Object.assign(new AbsenceCancelled(), { school: found });
  }
}
