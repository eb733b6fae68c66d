import { randomUUID } from "node:crypto";
import type { EntityManager } from "typeorm";
import { schedule } from "../../../plumbing/jobs.ts";
import { ShelterClient, ShelterFamily, ShelterGuidance } from "../../../subgraphs/shelter/registry/entities.ts";
import { giveConsent } from "../../../subgraphs/shelter/store/consents.ts";
import { ConversationRow, GuidanceRow, GuidedChildRow } from "../../../subgraphs/shelter/store/entities.ts";
import type { TimerKind } from "../timer-kind.ts";
import { organisation } from "./guided-shelter.ts";

const hour = 60 * 60 * 1000;
const child = { bsn: "999990019", givenName: "Emir", prefix: null, familyName: "Kaya", birthDate: "2018-02-03" };

/** What a shelter's part waits for. */
export const ofTheShelter: readonly TimerKind[] = [
  {
    task: "endConsent",
    async set(rows, validUntil) {
      const id = randomUUID();
      const { childId } = await guided(rows);
      const given = { id, childId, organisation, givenBy: randomUUID(), schoolId: null, covers: [], validUntil };
      await giveConsent(rows, undefined, given, child, new Date(validUntil.getTime() - hour));
      return id;
    },
    done: "select ended_at is not null as done from care.consent where id = $1",
  },
  {
    task: "eraseGuidance",
    async set(rows, erasesAt) {
      const { guidanceId: id } = await guided(rows);
      await rows.update(GuidanceRow, { id }, { endedAt: new Date(erasesAt.getTime() - hour), erasesAt });
      await schedule(rows, "eraseGuidance", { id }, erasesAt, `erase:${id}`);
      return id;
    },
    done: "select not exists (select from care.guidance where id = $1) as done",
  },
  {
    task: "remindOfTalk",
    async set(rows, remindsAt) {
      const id = randomUUID();
      const family = await guided(rows);
      // So soon that a reminder of it is due, whichever day it is.
      const startsAt = new Date(remindsAt.getTime() + 12 * hour);
      const talk = { id, ...family, organisation, schoolId: "99AA00", kind: "OTHER", raisedBy: "SHELTER" } as const;
      await rows.insert(ConversationRow, { ...talk, status: "PLANNED", moments: [startsAt], startsAt, remindsAt });
      await schedule(rows, "remindOfTalk", { id }, remindsAt, `talk:${id}`);
      return id;
    },
    done: "select reminded_for is not null as done from care.conversation where id = $1",
  },
];

/** A child of a family that is guided, as the shelter's own system writes it. */
async function guided(rows: EntityManager): Promise<{ readonly guidanceId: string; readonly childId: string }> {
  const familyId = randomUUID();
  await rows.insert(ShelterFamily, { id: familyId, location: 1 });
  await rows.insert(ShelterClient, { familyId, role: "kind", ...child });
  await rows.insert(ShelterGuidance, { familyId, supporter: "Iris de Wit", email: "iris@example.nl" });
  const { id: guidanceId } = await rows.findOneByOrFail(GuidanceRow, { familyKey: familyId });
  const { id: childId } = await rows.findOneByOrFail(GuidedChildRow, { guidanceId });
  return { guidanceId, childId };
}
