import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { postpone, schedule } from "../../../plumbing/jobs.ts";
import { isMailAddress, type Mail, openMailer } from "../../../plumbing/mail.ts";
import { mailQueue, mailTask } from "../../../plumbing/mail-task.ts";
import { type Hop, send } from "../../../plumbing/outbox.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { remindAt, talkReminderText } from "../decisions/talk-reminder.ts";
import type { ShelterSettings } from "../settings.ts";
import { circlesOf } from "../store/circles.ts";
import { ConversationRow, GuidanceRow } from "../store/entities.ts";

/** Reminds who takes part in a talk: the supporter, and by the school's part its contact persons. Parents the supporter tells. */
export function remindOfTalkTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      const talk = await rows.findOne(ConversationRow, { where: { id }, lock: { mode: "for_no_key_update" } });
      if (talk?.status !== "PLANNED" || talk.startsAt === null) return;
      const now = clock.now();
      if (talk.startsAt <= now || talk.remindedFor?.getTime() === talk.startsAt.getTime()) return;
      const due = remindAt(talk.startsAt, now);
      if (due > now) return postpone(rows, "remindOfTalk", { id }, due, `talk:${id}`);
      await rows.update(ConversationRow, { id }, { remindedFor: talk.startsAt });
      await schedule(rows, "mailSupporter", { id }, now, `mailSupporter:${id}`, mailQueue(id));
      const [circle] = await circlesOf(rows, { column: "child", values: [talk.childId] });
      if (circle !== undefined)
        await send(rows, "remindContacts", { id: crypto.randomUUID(), circleKey: circle.circleKey });
    });
  };
}

/** Tells a school that its contact persons have an appointment. */
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
  return mailTask({ name: "mailSupporter", mailer, log, find });
}
