import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { send } from "../../../plumbing/outbox.ts";
import type { LeerplichtContext } from "../context.ts";
import { leerplicht, reportAbsences } from "../schema/parties.ts";
import {
  PupilAbsenceRefused,
  PupilAbsenceReported,
  ReportPupilAbsenceInput,
  ReportPupilAbsenceResult,
} from "../schema/pupil-absence.ts";
import { reportAbsence, takeCircleOf } from "../store/absences.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { matchChild, recordOf } from "../store/routing.ts";

@Resolver()
export class ReportPupilAbsence {
  @Mutation(() => ReportPupilAbsenceResult, {
    description:
      "Reports suspected unauthorised absence of a child: where a parent has agreed to a support circle, parents, supporter and school are called to a talk. Of a child without one nothing is kept, and the answer is the same. A row in the office's own registry does the same.",
  })
  @Allow(leerplicht, reportAbsences)
  async reportPupilAbsence(
    @Arg("input", () => ReportPupilAbsenceInput) { child, firstDay, lastDay }: ReportPupilAbsenceInput,
    @Ctx() { database, claims, clock, config }: LeerplichtContext,
  ): Promise<typeof ReportPupilAbsenceResult> {
    if (firstDay > lastDay || lastDay > dutchDay(clock.now())) return new PupilAbsenceRefused("DAYS_INVALID");
    const { organisation = "" } = claims;
    return database.transaction(claims, async (rows) => {
      const match = await matchChild(rows, child);
      if (match.kind !== "one") return new PupilAbsenceRefused("CHILD_NOT_FOUND");
      const { person } = match;
      const id = crypto.randomUUID();
      await actAsSystem(rows);
      const circle = await takeCircleOf(rows, { personId: person.id, organisation });
      recordProcessingOf(rows, { claims, config }, "absence.report", [{ object: id, child: recordOf(person) }]);
      if (circle !== null) {
        const absence = await reportAbsence(rows, circle, { id, organisation, firstDay, lastDay });
        await send(rows, "raiseAbsence", { id: absence.id, circleId: circle.id });
      }
      return Object.assign(new PupilAbsenceReported(), { firstDay, lastDay });
    });
  }
}
