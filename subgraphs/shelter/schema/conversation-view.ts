import { invitation } from "../decisions/invitation.ts";
import type { ShelterClient } from "../registry/entities.ts";
import type { SupportCircleRow } from "../store/circles.ts";
import type { VisibleConversation } from "../store/conversations.ts";
import type { SupportActionRow } from "../store/entities.ts";
import type { Conversation } from "./conversation.ts";
import type { GuidedChild } from "./guidance.ts";
import { nameOf, toSupportCircle } from "./guidance-view.ts";

/** What hangs on a talk, as far as the caller may know of it. */
export interface Surroundings {
  readonly circle: SupportCircleRow | undefined;
  readonly parents: readonly ShelterClient[];
  readonly child: GuidedChild | undefined;
  readonly supporter: string | null;
  readonly actions: readonly SupportActionRow[];
}

/** A talk as its participants see it. */
export function toConversation(visible: VisibleConversation, around: Surroundings, now: Date): Conversation {
  const { id, status, moments, startsAt, place, revision, kind, raisedBy } = visible;
  const { circle, parents, child, supporter, actions } = around;
  const named = parents.length === 0 ? [null] : parents.map(nameOf);
  return {
    id,
    status,
    concern: kind === null || raisedBy === null ? null : { kind, raisedBy },
    participants: [
      ...named.map((name) => ({ role: "PARENTS" as const, name })),
      { role: "SUPPORTER", name: supporter },
      { role: "SCHOOL_CONTACT", name: null },
    ],
    moments: [...moments],
    startsAt,
    place,
    actions: actions.map(({ id: actionId, what, who, by, keptAt }) => ({ id: actionId, what, who, by, keptAt })),
    invitation: invitation({ id, status, startsAt, revision }, now),
    child: child ?? null,
    circle: circle === undefined ? null : toSupportCircle(circle),
  };
}
