import type { Task } from "graphile-worker";
import type { EntityManager } from "typeorm";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { postpone, schedule } from "../../../plumbing/jobs.ts";
import { isMailAddress, type Mail, openMailer } from "../../../plumbing/mail.ts";
import { mailQueue, mailTask } from "../../../plumbing/mail-task.ts";
import { type Hop, send } from "../../../plumbing/outbox.ts";
import { readRegionCalendar } from "../../../plumbing/school-days/region.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { remindAt, talkReminderText } from "../decisions/talk-reminder.ts";
import type { ShelterSettings } from "../settings.ts";
import { circlesOf } from "../store/circles.ts";
import { ConversationRow, GuidanceRow } from "../store/entities.ts";

/**
 * Sees to it that who takes part in a talk is reminded, whenever its plans have changed: the supporter from here, the
 * school's contact persons by the school's part, on its own days and at its own hours. Parents the supporter tells.
 */
export function remindOfTalkTask({
  database,
  clock,
  settings,
}: Pick<Room<ShelterSettings>, "database" | "clock" | "settings">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const talk = await rows.findOne(ConversationRow, { where: { id }, lock: { mode: "for_no_key_update" } });
      if (talk?.remindsAt == null) return;
      const now = clock.now();
      if (talk.remindsAt > now) return postpone(rows, "remindOfTalk", { id }, talk.remindsAt, `talk:${id}`);
      const moment = talk.status === "PLANNED" && talk.startsAt !== null && talk.startsAt > now ? talk.startsAt : null;
      await askSchool(rows, talk, moment === null ? null : dutchDay(moment));
      const isReminded = moment === null || talk.remindedFor?.getTime() === moment.getTime();
      const due = isReminded ? null : remindAt(moment, now, await readRegionCalendar(rows, settings.region));
      if (due !== null && due > now) {
        await rows.update(ConversationRow, { id }, { remindsAt: due });
        return postpone(rows, "remindOfTalk", { id }, due, `talk:${id}`);
      }
      const remindedFor = moment ?? talk.remindedFor;
      await rows.update(
        ConversationRow,
        { id },
        { remindsAt: null, remindedFor, ...(due !== null && { mailsAt: now }) },
      );
      if (due !== null) await schedule(rows, "mailSupporter", { id }, now, `mailSupporter:${id}`, mailQueue(id));
    });
  };
}

/** Asks a talk's school to remind its contact persons of this day (`YYYY-MM-DD`), and of no other any more. */
async function askSchool(
  rows: EntityManager,
  { id, childId, reminderId, reminderDay }: ConversationRow,
  day: string | null,
): Promise<void> {
  if (reminderDay === day) return;
  if (reminderId !== null) await send(rows, "remindContacts", { id: reminderId });
  const [circle] = day === null ? [] : await circlesOf(rows, { column: "child", values: [childId] });
  const asked = circle === undefined ? null : crypto.randomUUID();
  if (asked !== null) await send(rows, "remindContacts", { id: asked, circleKey: circle?.circleKey, day });
  await rows.update(ConversationRow, { id }, { reminderId: asked, reminderDay: asked === null ? null : day });
}

/** Asks a school to remind its contact persons of an appointment, or takes that back; it may overtake the asking. */
export const remindContacts: Hop = {
  document: "mutation RemindContacts($input: RemindContactsInput!) { remindContacts(input: $input) { accepted } }",
};

export function mailSupporterTask({ database, clock, settings, log }: Room<ShelterSettings>): Task {
  const mailer = settings.mail === undefined ? undefined : openMailer(settings.mail, clock);
  const find = (id: string): Promise<Mail | undefined> =>
    database.transaction(systemClaims, async (rows) => {
      const talk = await rows.findOneBy(ConversationRow, { id });
      if (talk?.status !== "PLANNED" || talk.startsAt === null || talk.startsAt <= clock.now()) return undefined;
      const to = (await rows.findOneBy(GuidanceRow, { id: talk.guidanceId }))?.supporterEmail ?? "";
      return isMailAddress(to) ? { to, ...talkReminderText } : undefined;
    });
  const settle = (id: string) =>
    database.transaction(systemClaims, async (rows) => {
      await rows.update(ConversationRow, { id }, { mailsAt: null });
    });
  return mailTask({ name: "mailSupporter", mailer, log, find, settle });
}
