import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { SchoolContext } from "../context.ts";
import { periodProblem } from "../decisions/absence-period.ts";
import { isEmployedOn } from "../decisions/reachable.ts";
import { AbsenceRecorded, RecordAbsenceInput, RecordAbsenceResult } from "../schema/absence.ts";
import { handleSignals, school } from "../schema/parties.ts";
import { InvalidPeriod, SchoolNotFound, StaffMemberNotFound } from "../schema/results.ts";
import { lookForGaps } from "../store/contact-gaps.ts";
import { contactPersonsOf, takeContactTurn } from "../store/contact-persons.ts";
import { schoolById, toStaffMember } from "./schools.ts";

@Resolver()
export class RecordAbsence {
  @Mutation(() => RecordAbsenceResult, {
    description: "Says that a contact person cannot be reached on some days. Said again, it changes nothing.",
  })
  @Allow(school, handleSignals)
  async recordAbsence(
    @Arg("input", () => RecordAbsenceInput) { schoolId, staffMemberId, firstDay, lastDay }: RecordAbsenceInput,
    @Ctx() context: SchoolContext,
  ): Promise<typeof RecordAbsenceResult> {
    const { database, claims, clock } = context;
    // A teacher is told of one signal, and does not say who is there.
    if (claims.role !== undefined || (await schoolById(schoolId, context)) === null) return new SchoolNotFound();
    const now = clock.now();
    const problem = periodProblem({ firstDay, lastDay }, dutchDay(now));
    if (problem !== undefined) return new InvalidPeriod(problem);
    return database.transaction(claims, async (rows) => {
      await takeContactTurn(rows, schoolId);
      const contact = (await contactPersonsOf(rows, [schoolId])).find(({ person }) => person.id === staffMemberId);
      if (contact === undefined || !isEmployedOn(dutchDay(now), contact.person.employedUntil)) {
        return new StaffMemberNotFound();
      }
      const [recorded] = await rows.query<{ id: string }[]>(
        `insert into care.contact_absence (school_id, staff_key, first_day, last_day) values ($1, $2, $3, $4)
         on conflict (school_id, staff_key, first_day, last_day) do update set last_day = excluded.last_day
         returning id`,
        [schoolId, contact.staffKey, firstDay, lastDay],
      );
      if (recorded === undefined) throw new Error("An upsert returned no row");
      await actAsSystem(rows);
      await lookForGaps(rows, schoolId, now);
      const absence = { id: recorded.id, staffMember: toStaffMember(contact.person), firstDay, lastDay };
      return Object.assign(new AbsenceRecorded(), { absence });
    });
  }
}
