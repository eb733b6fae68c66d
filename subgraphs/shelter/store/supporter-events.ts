import { type EntityManager, In } from "typeorm";
import type { NewEvent } from "../../../plumbing/events.ts";
import { circlesOf } from "./circles.ts";
import { ConsentRow, ConversationRow, type GuidanceRow, GuidedChildRow } from "./entities.ts";
import { audienceOf, talkEvents } from "./talk-audience.ts";
import { viewsChanged } from "./telling.ts";

/** Whom it concerns, besides the shelter, that another supporter accompanies a family, as the system. */
export async function supporterEvents(rows: EntityManager, guidance: GuidanceRow): Promise<NewEvent[]> {
  const circles = await circlesOf(rows, { column: "guidance", values: [guidance.id] });
  const children = await rows.findBy(GuidedChildRow, { guidanceId: guidance.id });
  const consents = await rows.findBy(ConsentRow, { childId: In(children.map(({ id }) => id)) });
  const events: NewEvent[] = [
    ...viewsChanged(
      guidance.id,
      consents.map(({ givenBy }) => givenBy),
    ),
    ...circles.map(({ id, schoolId }) => ({ stream: schoolId, kind: "CHANGED", subject: id })),
  ];
  for (const circle of circles) {
    const talks = await rows.findBy(ConversationRow, { childId: circle.child });
    const ids = talks.map(({ id }) => id);
    events.push(...(await audienceOf(rows, ids, circle)).flatMap(talkEvents));
  }
  return events;
}
