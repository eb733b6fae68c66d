import type { Task } from "graphile-worker";
import { IsNull } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { Mailer } from "../../../plumbing/mail.ts";
import { mailTask } from "../../../plumbing/mail-task.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { opensAt } from "../decisions/opening.ts";
import { reminderText } from "../decisions/reminder-text.ts";
import type { SchoolSettings } from "../settings.ts";
import { TalkReminderRow } from "../store/circle-entities.ts";
import { reachableContacts } from "../store/contact-persons.ts";
import { openTimesOf } from "../store/reminders.ts";
import { talkToCome } from "../store/talks.ts";

/**
 * Mails one contact person that there is something to read, for as long as the day's hours last: as of a signal, word for
 * word.
 */
export function mailTalkReminderTask(
  { database, clock, settings, log }: Pick<Room<SchoolSettings>, "database" | "clock" | "settings" | "log">,
  mailer: Mailer | undefined,
): Task {
  const find = (id: string) =>
    database.transaction(systemClaims, async (rows) => {
      const now = clock.now();
      const day = dutchDay(now);
      const reminder = await rows.findOneBy(TalkReminderRow, { id, day, settledAt: IsNull() });
      const talk = reminder === null ? undefined : await talkToCome(rows, reminder.asked);
      if (reminder === null || talk === undefined) return undefined;
      const { hours, calendar } = await openTimesOf(rows, talk.schoolId);
      if (opensAt(now, hours, calendar) > now) return undefined;
      const contacts = (await reachableContacts(rows, talk.schoolId))(day);
      const contact = contacts.find(({ staffKey }) => staffKey === reminder.staffKey);
      return contact === undefined ? undefined : { to: contact.email, ...reminderText(settings.dashboardUrl) };
    });
  const settle = (id: string) =>
    database.transaction(systemClaims, async (rows) => {
      await rows.update(TalkReminderRow, { id }, { settledAt: clock.now() });
    });
  return mailTask({ name: "mailTalkReminder", mailer, log, find, settle });
}
