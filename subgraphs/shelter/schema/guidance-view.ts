import type { ShelterClient } from "../registry/entities.ts";
import type { CircleRow } from "../store/circles.ts";
import type { ConsentRow, GuidanceRow } from "../store/entities.ts";
import type { GuidanceRecord } from "../store/guidance.ts";
import { type Consent, ConsentState, type FamilyMember, type Guidance, type Supporter } from "./guidance.ts";
import type { SupportCircle } from "./support-circle.ts";

/** A guidance as a worker sees it. */
export function toGuidance({ guidance, parents, children }: GuidanceRecord, now: Date): Guidance {
  const { id, startedAt, endedAt, erasesAt } = guidance;
  return {
    id,
    startedAt,
    endedAt,
    erasesAt,
    supporter: toSupporter(guidance),
    parents: parents.map(toMember),
    children: children.map(({ child, client, consents, circle }) => ({
      id: child.id,
      name: client === null ? null : nameOf(client),
      birthDate: client?.birthDate ?? null,
      consents: consents.map((consent) => toConsent(consent, parents, now)),
      school: circle === null ? null : { circleKey: circle.circleKey },
    })),
  };
}

/** Null once erased. */
export function toSupporter({ supporterName, supporterTelephone, supporterEmail }: GuidanceRow): Supporter | null {
  return supporterName === null ? null : { name: supporterName, telephone: supporterTelephone, email: supporterEmail };
}

export function consentState({ withdrawn, endedAt, validUntil }: ConsentRow, now: Date): ConsentState {
  if (withdrawn) return ConsentState.WITHDRAWN;
  return endedAt !== null || validUntil <= now ? ConsentState.EXPIRED : ConsentState.GIVEN;
}

function toConsent(consent: ConsentRow, parents: readonly ShelterClient[], now: Date): Consent {
  const { id, givenBy, schoolId, covers, givenAt, validUntil } = consent;
  const parent = parents.find((member) => member.id === givenBy);
  return {
    id,
    givenBy: parent === undefined ? null : toMember(parent),
    schoolId,
    covers,
    givenAt,
    validUntil,
    state: consentState(consent, now),
  };
}

function toMember(client: ShelterClient): FamilyMember {
  return { id: client.id, name: nameOf(client) };
}

export function nameOf({ givenName, prefix, familyName }: ShelterClient): string {
  return [givenName, prefix, familyName].filter((part) => part != null && part !== "").join(" ");
}

/** A circle as the school's contact person sees it. */
export function toSupportCircle(circle: CircleRow): SupportCircle {
  const { id, since, supporterName, supporterTelephone, supporterEmail, circleKey } = circle;
  return {
    id,
    since,
    supporter: { name: supporterName, telephone: supporterTelephone, email: supporterEmail },
    pupil: { circleKey },
  };
}
