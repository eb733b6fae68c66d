import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import { schedule } from "../../../plumbing/jobs.ts";
import { send } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { consentEnd } from "../decisions/consent.ts";
import { describeChild } from "../registry/families.ts";
import { RecordConsentInput } from "../schema/guidance-inputs.ts";
import { ConsentRecorded, ConsentRefused, GuidanceNotFound, RecordConsentResult } from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { endConsents, guidanceStream } from "../store/circles.ts";
import { ConsentRow, GuidanceRow, type GuidedChildRow } from "../store/entities.ts";
import { readGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";

@Resolver()
export class RecordConsent {
  @Mutation(() => RecordConsentResult, {
    description:
      "Records a parent's consent for one child: the child's school is then looked for, and each learns who the other's contact is. A consent that holds already stays, until the later of the two days and for what either covers; one that names another school makes room.",
  })
  @Allow(shelter, manageGuidance)
  async recordConsent(
    @Arg("input", () => RecordConsentInput) input: RecordConsentInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof RecordConsentResult> {
    const { database, claims, clock } = context;
    const { guidanceId, childId, parentId } = input;
    if (!isUuid(guidanceId)) return new GuidanceNotFound();
    const now = clock.now();
    return database.transaction(claims, async (rows) => {
      // With the guidance's row, so that it does not end in the middle.
      const guidance = await rows.findOne(GuidanceRow, {
        where: { id: guidanceId },
        lock: { mode: "for_no_key_update" },
      });
      const known = guidance === null ? undefined : await readGuidance(rows, guidanceId);
      if (guidance === null || known === undefined) return new GuidanceNotFound();
      if (guidance.endedAt !== null) return new ConsentRefused("GUIDANCE_ENDED");
      const found = known.children.find(({ child }) => child.id === childId);
      if (found === undefined) return new ConsentRefused("CHILD_NOT_IN_FAMILY");
      if (!known.parents.some(({ id }) => id === parentId)) return new ConsentRefused("PARENT_NOT_IN_FAMILY");
      const schoolId = input.schoolId ?? null;
      if (schoolId !== null && parseSiteId(schoolId) === undefined) return new ConsentRefused("SCHOOL_ID_INVALID");
      const validUntil = consentEnd(input.validUntil, now);
      if (validUntil === undefined) return new ConsentRefused("VALID_UNTIL_INVALID");
      const consent = found.consents.find(({ endedAt }) => endedAt === null);
      const stays = consent !== undefined && consent.validUntil > now && consent.schoolId === schoolId;
      const id = stays ? consent.id : crypto.randomUUID();
      const persons = [found.child.registryKey, parentId];
      await recordProcessingOf(rows, context, "consent.record", [{ object: id, persons }]);
      await actAsSystem(rows);
      const given = { givenBy: parentId, schoolId, covers: [...new Set(input.covers ?? [])], givenAt: now, validUntil };
      if (stays) await widen(rows, consent, given);
      else {
        // One whose time is over, and whose job has not come yet, makes room; so does one for another school.
        if (consent !== undefined)
          await endConsents(rows, [consent], {
            now: new Date(Math.min(now.getTime(), consent.validUntil.getTime())),
            withdrawn: false,
          });
        await giveConsent(rows, id, found.child, given);
      }
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) throw new Error("A guidance whose consent was just recorded cannot be read");
      await recordEvent(rows, { stream: guidanceStream(guidance.organisation), kind: "CHANGED", subject: guidanceId });
      return Object.assign(new ConsentRecorded(), { guidance: toGuidance(record, now) });
    });
  }
}

type Given = Pick<ConsentRow, "givenBy" | "schoolId" | "covers" | "givenAt" | "validUntil">;

async function giveConsent(
  rows: EntityManager,
  id: string,
  { id: childId, organisation, registryKey }: GuidedChildRow,
  given: Given,
): Promise<void> {
  if (registryKey === null) throw new Error("A child of a guidance that runs has no key");
  await rows.insert(ConsentRow, { id, childId, organisation, ...given });
  await scheduleEnd(rows, id, given.validUntil);
  await send(rows, "findSchool", { id, child: await describeChild(rows, registryKey), schoolId: given.schoolId });
}

/** What was agreed stays agreed, until the later of the two days. */
async function widen(rows: EntityManager, consent: ConsentRow, given: Given): Promise<void> {
  const validUntil = new Date(Math.max(consent.validUntil.getTime(), given.validUntil.getTime()));
  const covers = [...new Set([...consent.covers, ...given.covers])];
  await rows.update(ConsentRow, { id: consent.id }, { validUntil, covers });
  await scheduleEnd(rows, consent.id, validUntil);
}

function scheduleEnd(rows: EntityManager, id: string, validUntil: Date): Promise<void> {
  return schedule(rows, "endConsent", { id }, validUntil, `consent:${id}`);
}
