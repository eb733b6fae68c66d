import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { systemClaims, takeTurn } from "../../../plumbing/database.ts";
import { service } from "../../../plumbing/hop-receipt.ts";
import { matchPerson, soughtPerson } from "../../../plumbing/person-match.ts";
import { bellsBetween } from "../../../plumbing/school-days/deadline.ts";
import { readCalendar, supportDayOf } from "../calendar/school-days.ts";
import type { SchoolContext } from "../context.ts";
import { pupilsWhoMayBe } from "../registry/pupils.ts";
import { DeliverSignalInput } from "../schema/inputs.ts";
import { DeliverSignalResult, SignalDelivered, SignalNotDelivered } from "../schema/results.ts";
import { ContactPersonRow, DeliveryRow } from "../store/entities.ts";
import { raiseSignal, reportProgress } from "../store/inbox.ts";

@Resolver()
export class DeliverSignal {
  @Mutation(() => DeliverSignalResult, {
    description: "Leerplicht brings a signal to a school. The same delivery is taken in once.",
  })
  @Allow([service])
  async deliverSignal(
    @Arg("input", () => DeliverSignalInput) { id, schoolId, child }: DeliverSignalInput,
    @Ctx() { database, clock, log }: SchoolContext,
  ): Promise<typeof DeliverSignalResult> {
    return database.transaction(systemClaims, async (rows) => {
      await takeDeliveryTurn(rows, id);
      const now = clock.now();
      if (await rows.existsBy(DeliveryRow, { id })) return delivered(rows, schoolId, now);
      if (!(await rows.existsBy(ContactPersonRow, { schoolId }))) {
        return new SignalNotDelivered("SCHOOL_NOT_PARTICIPATING");
      }
      const sought = soughtPerson(child);
      const match = matchPerson(sought, await pupilsWhoMayBe(rows, schoolId, sought, now));
      if (match.kind !== "one") return new SignalNotDelivered("PUPIL_UNKNOWN_AT_SCHOOL");
      const pupilNumber = match.person.number;
      const supportOn = await supportDayOf(rows, schoolId, now, log);
      const signal = await raiseSignal(rows, { schoolId, pupilNumber, supportOn, now });
      await rows.insert(DeliveryRow, { id, signalId: signal.id, withdrawn: false });
      // Somebody has already looked at this pupil's signal: the new report has been seen as well.
      if (signal.status === "SEEN") await reportProgress(rows, signal.id, "SEEN", now);
      return delivered(rows, schoolId, now);
    });
  }
}

/** How far back the first bells are told, in milliseconds: further than the incident of any signal lies. */
const lookBack = 32 * 24 * 60 * 60 * 1000;

async function delivered(rows: EntityManager, schoolId: string, now: Date): Promise<SignalDelivered> {
  const firstBells = bellsBetween(new Date(now.getTime() - lookBack), now, await readCalendar(rows, schoolId));
  return Object.assign(new SignalDelivered(), { appearsAt: now, firstBells });
}

/** The same delivery, sent twice at once, waits for itself. */
export function takeDeliveryTurn(rows: EntityManager, deliveryId: string): Promise<void> {
  return takeTurn(rows, `delivery:${deliveryId}`);
}
