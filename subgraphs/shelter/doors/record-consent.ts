import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem, actFor } from "../../../plumbing/database.ts";
import { parseSiteId } from "../../../plumbing/identifiers.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { ShelterContext } from "../context.ts";
import { type ConsentTerms, consentEnd, holds, isSameConsent } from "../decisions/consent.ts";
import { describeChild } from "../registry/families.ts";
import { RecordConsentInput } from "../schema/guidance-inputs.ts";
import {
  ConsentRecorded,
  type ConsentRefusal,
  ConsentRefused,
  GuidanceNotFound,
  RecordConsentResult,
} from "../schema/guidance-results.ts";
import { toGuidance } from "../schema/guidance-view.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { takeCircle } from "../store/circles.ts";
import { giveConsent, openConsents } from "../store/consents.ts";
import type { GuidedChildRow } from "../store/entities.ts";
import { everybodyIn, type GuidanceRecord, readGuidance, takeGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { tell } from "../store/telling.ts";

@Resolver()
export class RecordConsent {
  @Mutation(() => RecordConsentResult, {
    description:
      "Records a parent's consent for one child: the child's school is then looked for, and each learns who the other's contact is. It takes the place of the same parent's earlier one, which stays as it was given, and leaves another parent's alone. Recorded again as it is, it is the same one.",
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
      const guidance = await takeGuidance(rows, guidanceId);
      const known = guidance && (await readGuidance(rows, guidanceId));
      if (known === undefined) return new GuidanceNotFound();
      const asked = judge(known, input, now);
      if (typeof asked === "string") return new ConsentRefused(asked);
      const { child, terms } = asked;
      const described = await describeChild(rows, child.registryKey);
      if (described === undefined) return new ConsentRefused("CHILD_NOT_IN_FAMILY");
      await actAsSystem(rows);
      const circle = await takeCircle(rows, { childId });
      const open = await openConsents(rows, [childId]);
      const same = open.find((consent) => holds(consent, now) && isSameConsent(consent, terms));
      const id = same?.id ?? crypto.randomUUID();
      const persons = [child.registryKey, parentId];
      await recordProcessingOf(rows, context, "consent.record", [{ object: id, persons }]);
      // The answer shows all of the family.
      await recordProcessingOf(rows, context, "guidance.read", [everybodyIn(known)]);
      if (same === undefined) {
        const given = { id, childId, organisation: child.organisation, ...terms };
        tell(rows, await giveConsent(rows, circle, given, described, now));
      }
      await actFor(rows, claims);
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) throw new Error("A guidance whose consent was just recorded cannot be read");
      return Object.assign(new ConsentRecorded(), { guidance: toGuidance(record, now) });
    });
  }
}

/** Whether this consent can be given in this family, and what it says; else why not. */
function judge(
  { guidance, parents, children }: GuidanceRecord,
  { childId, parentId, schoolId = null, covers, validUntil: lastDay }: RecordConsentInput,
  now: Date,
): { readonly child: GuidedChildRow; readonly terms: ConsentTerms } | ConsentRefusal {
  if (guidance.endedAt !== null) return "GUIDANCE_ENDED";
  const found = children.find(({ child }) => child.id === childId);
  // One whom the registry no longer has in the family is not of it.
  if (found === undefined || found.client === null) return "CHILD_NOT_IN_FAMILY";
  if (!parents.some(({ id }) => id === parentId)) return "PARENT_NOT_IN_FAMILY";
  if (schoolId !== null && parseSiteId(schoolId) === undefined) return "SCHOOL_ID_INVALID";
  const validUntil = consentEnd(lastDay, now);
  if (validUntil === undefined) return "VALID_UNTIL_INVALID";
  return { child: found.child, terms: { givenBy: parentId, schoolId, covers: [...new Set(covers ?? [])], validUntil } };
}
