import type { Task } from "graphile-worker";
import type { EntityManager } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { type Mailer, openMailer } from "../../../plumbing/mail.ts";
import { attemptOf, TryAgain } from "../../../plumbing/retry.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { opensAt } from "../decisions/opening.ts";
import { reminderText } from "../decisions/reminder-text.ts";
import type { SchoolSettings } from "../settings.ts";
import { ReminderRow } from "../store/contact-entities.ts";
import { type ReachableContact, reachableContacts } from "../store/contact-persons.ts";
import { SignalRow } from "../store/entities.ts";
import { openTimesOf, remindOf, untoldContacts } from "../store/reminders.ts";

type Surroundings = Pick<Room<SchoolSettings>, "database" | "clock" | "settings" | "log">;

/**
 * Mails one contact person, at least once, for as long as the day lasts and nobody has looked: the next day has reminders
 * of its own. Where the server will not take the mail for this person, the next one is told.
 */
export function sendReminderTask({ database, clock, settings, log }: Surroundings, mailer: Mailer | undefined): Task {
  const mail = reminderText(settings.dashboardUrl);
  const settle = (id: string, passOn: boolean) =>
    database.transaction(systemClaims, (rows) => settleReminder(rows, id, clock.now(), passOn));
  return async (payload) => {
    const { id } = payload as { id: string };
    const found = await database.transaction(systemClaims, (rows) => addressee(rows, id, clock.now()));
    if (found === "unwanted" || mailer === undefined) return settle(id, false);
    if (found === "away") return settle(id, true);
    const outcome = await mailer.send({ to: found.email, ...mail });
    switch (outcome.kind) {
      case "sent":
        return settle(id, false);
      case "refused":
        log.warn({ code: outcome.code }, "a reminder was refused for good, the next person is told");
        return settle(id, true);
      case "failed": {
        const attempt = attemptOf(payload);
        log.warn({ attempt, code: outcome.code }, "a reminder could not be sent, will be tried again");
        throw new TryAgain();
      }
      default:
        return outcome satisfies never;
    }
  };
}

/** @returns undefined where no mail is sent, which is then said once in the log. */
export function openReminderMailer({ settings, clock, log }: Surroundings): Mailer | undefined {
  if (settings.mail !== undefined) return openMailer(settings.mail, clock);
  log.warn("no reminder is mailed: the setting SMTP_URL is missing");
  return undefined;
}

/** The person to be told; or that nobody needs to be any more, or that the person has gone meanwhile. */
async function addressee(rows: EntityManager, id: string, now: Date): Promise<ReachableContact | "unwanted" | "away"> {
  const day = dutchDay(now);
  const reminder = await rows.findOneBy(ReminderRow, { id, day });
  if (reminder === null || reminder.settledAt !== null) return "unwanted";
  const { schoolId, status } = await rows.findOneByOrFail(SignalRow, { id: reminder.signalId });
  const { hours, calendar } = await openTimesOf(rows, schoolId);
  if (status !== "RAISED" || opensAt(now, hours, calendar) > now) return "unwanted";
  const reachableOn = await reachableContacts(rows, schoolId);
  return reachableOn(day).find(({ staffKey }) => staffKey === reminder.staffKey) ?? "away";
}

/** @param passOn whether the next person is to be told in the place of this one. */
async function settleReminder(rows: EntityManager, id: string, now: Date, passOn: boolean): Promise<void> {
  const reminder = await rows.findOneBy(ReminderRow, { id });
  if (reminder === null || reminder.settledAt !== null) return;
  await rows.update(ReminderRow, { id }, { settledAt: now });
  if (!passOn) return;
  const signal = await rows.findOneByOrFail(SignalRow, { id: reminder.signalId });
  const [next] = await untoldContacts(rows, signal, reminder.day);
  if (next !== undefined) await remindOf(rows, signal.id, next, { day: reminder.day, now });
}
