import type { ShelterClient } from "../registry/entities.ts";
import type { SupportCircleRow } from "../store/circles.ts";
import type { ConsentRow, GuidanceRow } from "../store/entities.ts";
import type { GuidanceRecord } from "../store/guidance.ts";
import { type Consent, ConsentState, type FamilyMember, type Guidance, type Supporter } from "./guidance.ts";
import type { SupportCircle } from "./support-circle.ts";

/** A guidance as a worker sees it. */
export function toGuidance({ guidance, parents, children }: GuidanceRecord, now: Date): Guidance {
  const { id, startedAt, endedAt, erasesAt } = guidance;
  const parentOf = new Map(parents.map((parent) => [parent.id, parent]));
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
      consents: consents.map((consent) => toConsent(consent, parentOf.get(consent.givenBy), now)),
      school: circle === null ? null : { circleKey: circle.circleKey },
    })),
  };
}

export function toSupporter({
  supporterName,
  supporterTelephone,
  supporterEmail,
}: Pick<GuidanceRow, "supporterName" | "supporterTelephone" | "supporterEmail">): Supporter {
  return { name: supporterName, telephone: supporterTelephone, email: supporterEmail };
}

export function consentState({ withdrawn, endedAt, validUntil }: ConsentRow, now: Date): ConsentState {
  if (withdrawn) return ConsentState.WITHDRAWN;
  return endedAt !== null || validUntil <= now ? ConsentState.EXPIRED : ConsentState.GIVEN;
}

function toConsent(consent: ConsentRow, parent: ShelterClient | undefined, now: Date): Consent {
  const { id, schoolId, covers, givenAt, validUntil } = consent;
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
export function toSupportCircle(circle: SupportCircleRow): SupportCircle {
  const { id, since, circleKey } = circle;
  return { id, since, supporter: toSupporter(circle), pupil: { circleKey } };
}
