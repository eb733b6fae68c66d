import type { ShelterClient } from "../registry/entities.ts";
import type { CircleRow } from "../store/circles.ts";
import type { ConsentRow } from "../store/entities.ts";
import type { GuidanceRecord } from "../store/guidance.ts";
import { type Consent, ConsentState, type FamilyMember, type Guidance } from "./guidance.ts";
import type { SupportCircle } from "./support-circle.ts";

/** A guidance as a worker sees it. */
export function toGuidance({ guidance, parents, children }: GuidanceRecord, now: Date): Guidance {
  const { id, startedAt, endedAt, erasesAt, supporterName, supporterTelephone, supporterEmail } = guidance;
  return {
    id,
    startedAt,
    endedAt,
    erasesAt,
    supporter:
      supporterName === null ? null : { name: supporterName, telephone: supporterTelephone, email: supporterEmail },
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

function toConsent(
  { id, givenBy, givenAt, validUntil, endedAt, withdrawn }: ConsentRow,
  parents: readonly ShelterClient[],
  now: Date,
): Consent {
  const parent = parents.find((member) => member.id === givenBy);
  const ended = endedAt !== null || validUntil <= now;
  return {
    id,
    givenBy: parent === undefined ? null : toMember(parent),
    givenAt,
    validUntil,
    state: withdrawn ? ConsentState.WITHDRAWN : ended ? ConsentState.EXPIRED : ConsentState.GIVEN,
  };
}

function toMember(client: ShelterClient): FamilyMember {
  return { id: client.id, name: nameOf(client) };
}

function nameOf({ givenName, prefix, familyName }: ShelterClient): string {
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
