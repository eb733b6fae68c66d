import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { confirmRead, systemClaims } from "../../../plumbing/database.ts";
import { matchPerson, soughtPerson } from "../../../plumbing/person-match.ts";
import { recordProcessing, subjectDigest } from "../../../plumbing/processing-log.ts";
import type { SchoolCalendar } from "../../../plumbing/school-days/school-calendar.ts";
import { readCalendar, readContactHours, takeCalendarTurn } from "../calendar/school-days.ts";
import type { SchoolContext } from "../context.ts";
import { opensAt } from "../decisions/opening.ts";
import { toldBells } from "../decisions/told-bells.ts";
import { pupilsWhoMayBe } from "../registry/pupils.ts";
import { DeliverSignalInput } from "../schema/inputs.ts";
import { routerPart } from "../schema/parties.ts";
import { DeliverSignalResult, SignalDelivered, SignalNotDelivered } from "../schema/results.ts";
import { arrive, lockOpenSignal, takeDeliveryTurn } from "../store/arrival.ts";
import { ContactPersonRow, DeliveryRow, HeldDeliveryRow, SignalRow } from "../store/entities.ts";
import { hold } from "../store/held.ts";

@Resolver()
export class DeliverSignal {
  @Mutation(() => DeliverSignalResult, {
    description: "Leerplicht brings a signal to a school. The same delivery is taken in once.",
  })
  @AllowParts(routerPart)
  async deliverSignal(
    @Arg("input", () => DeliverSignalInput) { id, schoolId, child }: DeliverSignalInput,
    @Ctx() { database, clock, log, claims, config }: SchoolContext,
  ): Promise<typeof DeliverSignalResult> {
    return database.transaction(systemClaims, async (rows) => {
      await takeDeliveryTurn(rows, id);
      await takeCalendarTurn(rows, schoolId);
      const now = clock.now();
      const calendar = await readCalendar(rows, schoolId);
      const known = await rows.findOneBy(DeliveryRow, { id });
      if (known !== null) {
        await confirmRead(rows);
        return delivered((await appearanceOf(rows, known)) ?? now, now, calendar);
      }
      if (!(await rows.existsBy(ContactPersonRow, { schoolId }))) {
        return new SignalNotDelivered("SCHOOL_NOT_PARTICIPATING");
      }
      const sought = soughtPerson(child);
      const match = matchPerson(sought, await pupilsWhoMayBe(rows, schoolId, sought, now));
      if (match.kind === "one") await lockOpenSignal(rows, match.person.number);
      const found = match.kind === "one" ? { subject: subjectDigest(config.pseudonymKey, match.person) } : {};
      recordProcessing(rows, claims, [{ activity: "signal.deliver", object: id, ...found }]);
      if (match.kind !== "one") return new SignalNotDelivered("PUPIL_UNKNOWN_AT_SCHOOL");
      const pupilNumber = match.person.number;
      const appearsAt = opensAt(now, await readContactHours(rows, schoolId), calendar);
      await rows.insert(DeliveryRow, { id, signalId: null, withdrawn: false });
      if (appearsAt > now) await hold(rows, { id, schoolId, pupilNumber, appearsAt });
      else await arrive(rows, { deliveryId: id, schoolId, pupilNumber, appearsAt }, now, log);
      return delivered(appearsAt, now, calendar);
    });
  }
}

function delivered(appearsAt: Date, now: Date, calendar: SchoolCalendar): SignalDelivered {
  return Object.assign(new SignalDelivered(), { appearsAt, firstBells: toldBells(now, calendar) });
}

/** When the signal of a delivery that was taken in before appears, or since when it has been in the inbox. */
async function appearanceOf(rows: EntityManager, { id, signalId }: DeliveryRow): Promise<Date | undefined> {
  const held = await rows.findOneBy(HeldDeliveryRow, { id });
  if (held !== null) return held.appearsAt;
  const signal = signalId === null ? null : await rows.findOneBy(SignalRow, { id: signalId });
  return signal?.raisedAt;
}
