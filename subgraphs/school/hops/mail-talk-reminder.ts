import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { Mailer } from "../../../plumbing/mail.ts";
import { mailTask } from "../../../plumbing/mail-task.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { reminderText } from "../decisions/reminder-text.ts";
import type { SchoolSettings } from "../settings.ts";
import { TalkReminderRow } from "../store/circle-entities.ts";
import { reachableContacts } from "../store/contact-persons.ts";

/** Mails one contact person that there is something to read, for as long as the day lasts: as of a signal, word for word. */
export function mailTalkReminderTask(
  { database, clock, settings, log }: Room<SchoolSettings>,
  mailer: Mailer | undefined,
): Task {
  const find = (id: string) =>
    database.transaction(systemClaims, async (rows) => {
      const day = dutchDay(clock.now());
      const reminder = await rows.findOneBy(TalkReminderRow, { id, day });
      if (reminder === null) return undefined;
      const contacts = (await reachableContacts(rows, reminder.schoolId))(day);
      const contact = contacts.find(({ staffKey }) => staffKey === reminder.staffKey);
      return contact === undefined ? undefined : { to: contact.email, ...reminderText(settings.dashboardUrl) };
    });
  return mailTask({ name: "mailTalkReminder", mailer, log, find });
}
