import type { Task } from "graphile-worker";
import { LessThan } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { lastNoonDay } from "../decisions/reachable.ts";
import { ContactAbsenceRow, ContactGapRow } from "../store/contact-entities.ts";
import { lookAtAllSchools, lookForGaps } from "../store/contact-gaps.ts";

/**
 * At each noon, has every school that takes part looked at for the school day to come, so that a day on which nobody
 * can be reached is found the day before. Runs each minute: the first run after a noon does it.
 */
export function lookAheadTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return () =>
    database.transaction(systemClaims, async (rows) => {
      const now = clock.now();
      const [mine] = await rows.query<unknown[]>(
        "insert into care.look_ahead (day) values ($1) on conflict do nothing returning day",
        [lastNoonDay(now)],
      );
      if (mine === undefined) return;
      await rows.query("delete from care.look_ahead where day < $1", [lastNoonDay(now)]);
      const today = dutchDay(now);
      await rows.delete(ContactAbsenceRow, { lastDay: LessThan(today) });
      await rows.delete(ContactGapRow, { day: LessThan(today) });
      await lookAtAllSchools(rows);
    });
}

/** Looks for gaps at one school. Who changes a school's contact persons from outside asks for it by this job. */
export function lookForGapsTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return (payload) => {
    const { schoolId } = payload as { schoolId: string };
    return database.transaction(systemClaims, (rows) => lookForGaps(rows, schoolId, clock.now()));
  };
}
