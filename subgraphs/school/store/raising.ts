import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { erasureTime } from "../decisions/support-day.ts";
import { ReminderRow } from "./contact-entities.ts";
import { SignalRow } from "./entities.ts";
import { scheduleErasure } from "./inbox.ts";
import { reportLaterEnd } from "./progress-reports.ts";
import { keepPupil } from "./pupil-number.ts";
import { endDeputiesReminding, scheduleReminding } from "./reminders.ts";
import type { News } from "./tell.ts";

/** What became of a pupil's signal by a report. */
export interface Raised {
  readonly signal: SignalRow;
  /** Undefined where the school notices nothing. */
  readonly news: News | undefined;
}

/**
 * A pupil's signal, raised or refreshed; a second report while it is open does not stack. Where support is due anew on a
 * later day, who looked has looked at the day before: it is to be seen again, and who can be reached is told again. That
 * happens once for a day at the most, however many reports come, and the school sees its day move anyhow. Whoever calls
 * this tells the news, last.
 */
export async function raiseSignal(
  rows: EntityManager,
  { schoolId, pupilNumber, supportOn, now }: { schoolId: string; pupilNumber: string; supportOn: string; now: Date },
): Promise<Raised> {
  const erasesAt = erasureTime(supportOn);
  const id = randomUUID();
  const { pupil, pupilDigest } = keepPupil(rows, "signal", id, pupilNumber);
  const [raised] = await rows.query<{ id: string; created: boolean; due_anew: boolean; was_seen: boolean }[]>(
    `insert into care.signal as signal (id, pupil, pupil_digest, school_id, support_on, status, raised_at, erases_at)
     values ($1, $2, $3, $4, $5, 'RAISED', $6, $7)
     on conflict (pupil_digest) where status in ('RAISED', 'SEEN') do update
       set support_on = greatest(signal.support_on, excluded.support_on),
           erases_at = greatest(signal.erases_at, excluded.erases_at),
           status = case when excluded.support_on > signal.support_on then 'RAISED' else signal.status end
     returning new.id, old.id is null as created, old.support_on is distinct from new.support_on as due_anew,
       old.status is not distinct from 'SEEN' as was_seen`,
    [id, pupil, pupilDigest, schoolId, supportOn, now, erasesAt],
  );
  if (raised === undefined) throw new Error("An upsert returned no row");
  const { created, due_anew: dueAnew } = raised;
  const signal = await rows.findOneByOrFail(SignalRow, { id: raised.id });
  // A report that changes nothing for the school is not told: events and mails would count the reports.
  if (!created && !dueAnew) return { signal, news: undefined };
  await scheduleErasure(rows, signal);
  if (dueAnew) await reportLaterEnd(rows, signal, now);
  const toBeSeen = created || raised.was_seen;
  if (toBeSeen) {
    await rows.delete(ReminderRow, { signalId: signal.id });
    await endDeputiesReminding(rows, signal.id);
    await scheduleReminding(rows, signal.id, "first", now);
  }
  return { signal, news: { signal, kind: toBeSeen ? "RAISED" : "CHANGED" } };
}
