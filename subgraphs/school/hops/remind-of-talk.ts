import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay, midnightAfter } from "../../../plumbing/dutch-time.ts";
import { postpone } from "../../../plumbing/jobs.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { deputiesAt } from "../decisions/reminders.ts";
import { talkReminderAt } from "../decisions/talk-reminder.ts";
import type { SchoolSettings } from "../settings.ts";
import { openTimesOf } from "../store/reminders.ts";
import {
  endTalkReminding,
  forgetTalk,
  remindOfTalk,
  scheduleTalkReminding,
  type TalkReminding,
  takeTalkTurn,
  talkToCome,
} from "../store/talks.ts";

/**
 * Tells a school's contact persons, by mail, of a talk that is to come, at the times and in the order in which they are
 * told of a signal: the first contact who is there, then the deputies who are. Who was not there on the last school day
 * before the talk is told on its own day.
 */
export function remindOfTalkTask({
  database,
  clock,
  settings,
}: Pick<Room<SchoolSettings>, "database" | "clock" | "settings">): Task {
  return async (payload) => {
    const { id, whom, at } = payload as TalkReminding;
    await database.transaction(systemClaims, async (rows) => {
      await takeTalkTurn(rows, id);
      const talk = await talkToCome(rows, id);
      if (talk === undefined) return endTalkReminding(rows, id, whom);
      const now = clock.now();
      const { hours, calendar } = await openTimesOf(rows, talk.schoolId);
      const meant = new Date(at);
      const due = talkReminderAt(talk.day, meant > now ? meant : now, hours, calendar);
      if (due === undefined) return endTalkReminding(rows, id, whom);
      if (due > now) return scheduleTalkReminding(rows, id, whom, due);

      const day = dutchDay(now);
      if (settings.mail !== undefined) await remindOfTalk(rows, talk, whom, { day, now });
      if (whom === "deputies") return endTalkReminding(rows, id, whom);
      await scheduleTalkReminding(rows, id, "deputies", deputiesAt(now, settings.deputyAfter, hours, calendar));
      const next = talkReminderAt(talk.day, midnightAfter(day), hours, calendar);
      await (next === undefined ? endTalkReminding(rows, id, "first") : scheduleTalkReminding(rows, id, "first", next));
    });
  };
}

/** Takes out what is kept of a talk once its day is over. */
export function forgetTalkTask({ database, clock }: Pick<Room, "database" | "clock">): Task {
  return async (payload) => {
    const { id, at } = payload as { id: string; at: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeTalkTurn(rows, id);
      const due = new Date(at);
      if (due > clock.now()) return postpone(rows, "forgetTalk", { id, at }, due, `forgetTalk:${id}`);
      await forgetTalk(rows, id);
    });
  };
}
