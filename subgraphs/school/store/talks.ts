import { type EntityManager, In } from "typeorm";
import { takeTurn } from "../../../plumbing/database.ts";
import { midnightAfter } from "../../../plumbing/dutch-time.ts";
import { postpone, schedule } from "../../../plumbing/jobs.ts";
import { mailQueue } from "../../../plumbing/mail-task.ts";
import { CirclePupilRow, TalkReminderRow, TalkToComeRow } from "./circle-entities.ts";
import { type ReachableContact, reachableContacts } from "./contact-persons.ts";

/** A job's payload: of which talk whom to remind, and when. */
export interface TalkReminding {
  readonly id: string;
  /** The first contact of those who are there, or all deputies who are: as of a signal. */
  readonly whom: "first" | "deputies";
  /** ISO 8601 */
  readonly at: string;
}

/** A talk in a circle that stands. */
export interface TalkToCome {
  readonly id: string;
  readonly schoolId: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

/** What happens to one talk happens in turn, whichever replica it comes to. */
export function takeTalkTurn(rows: EntityManager, id: string): Promise<void> {
  return takeTurn(rows, `talk reminder:${id}`);
}

/** Keeps a talk in mind until its day is over, once. */
export async function keepTalk(
  rows: EntityManager,
  talk: Pick<TalkToCome, "id" | "day"> & { readonly circleKey: string },
  now: Date,
): Promise<void> {
  const { id, day } = talk;
  const over = midnightAfter(day);
  if (over <= now || (await rows.existsBy(TalkToComeRow, { id }))) return;
  await rows.insert(TalkToComeRow, talk);
  await scheduleTalkReminding(rows, id, "first", now);
  await schedule(rows, "forgetTalk", { id, at: over.toISOString() }, over, `forgetTalk:${id}`);
}

/** @returns undefined where it was taken back, or the circle is no more. */
export async function talkToCome(rows: EntityManager, id: string): Promise<TalkToCome | undefined> {
  const talk = await rows.findOneBy(TalkToComeRow, { id });
  if (talk === null || talk.circleKey === null || talk.day === null) return undefined;
  const circle = await rows.findOneBy(CirclePupilRow, { circleKey: talk.circleKey });
  return circle?.schoolId == null ? undefined : { id, schoolId: circle.schoolId, day: talk.day };
}

/** Has somebody reminded of a talk at a moment. */
export async function scheduleTalkReminding(
  rows: EntityManager,
  id: string,
  whom: TalkReminding["whom"],
  at: Date,
): Promise<void> {
  await rows.update(TalkToComeRow, { id }, { [columns[whom]]: at });
  await postpone(rows, "remindOfTalk", { id, whom, at: at.toISOString() }, at, `remindOfTalk:${whom}:${id}`);
}

/** They have been reminded of a talk, or need not be. */
export async function endTalkReminding(rows: EntityManager, id: string, whom: TalkReminding["whom"]): Promise<void> {
  await rows.update(TalkToComeRow, { id }, { [columns[whom]]: null });
}

const columns = { first: "firstAt", deputies: "deputiesAt" } as const;

/** Has those mailed who are there on a day, and have not been reminded of this talk. */
export async function remindOfTalk(
  rows: EntityManager,
  { id: asked, schoolId }: TalkToCome,
  whom: TalkReminding["whom"],
  { day, now }: { readonly day: string; readonly now: Date },
): Promise<void> {
  const [first, ...deputies] = (await reachableContacts(rows, schoolId))(day);
  const meant: ReachableContact[] = whom === "deputies" ? deputies : first === undefined ? [] : [first];
  const told = await rows.findBy(TalkReminderRow, { asked, staffKey: In(meant.map(({ staffKey }) => staffKey)) });
  for (const { staffKey } of meant) {
    if (told.some((reminder) => reminder.staffKey === staffKey)) continue;
    const id = crypto.randomUUID();
    await rows.insert(TalkReminderRow, { id, asked, staffKey, day });
    await schedule(rows, "mailTalkReminder", { id }, now, `mailTalkReminder:${id}`, mailQueue(id));
  }
}

/** Nobody is reminded of a talk any more, also where the asking is still to come. */
export async function takeBackTalk(rows: EntityManager, id: string): Promise<void> {
  await rows.delete(TalkReminderRow, { asked: id });
  const nobody = { firstAt: null, deputiesAt: null };
  await rows.upsert(TalkToComeRow, { id, circleKey: null, day: null, ...nobody }, ["id"]);
}

/** Nothing of a talk, and of who was reminded of it, is left. */
export async function forgetTalk(rows: EntityManager, id: string): Promise<void> {
  await rows.delete(TalkReminderRow, { asked: id });
  await rows.delete(TalkToComeRow, { id });
}
