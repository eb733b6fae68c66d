import { Conversations } from "../../../subgraphs/shelter/doors/conversations.ts";
import { SupportCircles } from "../../../subgraphs/shelter/doors/support-circles.ts";
import { gone } from "../hearing.ts";
import { sites } from "../region.ts";
import { trigger } from "./in-databases.ts";
import { from } from "./in-the-school.ts";
import type { Leak } from "./leak.ts";

const [, outside = ""] = sites;

/** What would tell a school of guidance that no parent has told it of. */
export const ofGuidance: readonly Leak[] = [
  trigger(
    "a school out of the circle is told of a talk",
    "shelter",
    "after insert on care.conversation",
    ({ agency }) =>
      agency === "guidance"
        ? `insert into care.event (stream, kind, subject) values ('conversation:${outside}', 'CHANGED', new.id);`
        : "",
  ),
  trigger("a school is told that a family is guided", "shelter", "after insert on care.guidance", ({ agency }) =>
    agency === "guidance"
      ? `insert into care.event (stream, kind, subject) values ('${outside}', 'OPENED', new.id);`
      : "",
  ),
  trigger(
    "a talk that can be seen from when violence called for it",
    "shelter",
    "before insert on care.conversation",
    ({ agency }) => (agency === "guidance" ? "new.moments := array[care.now() + interval '1 hour'];" : ""),
  ),
  trigger(
    "a school that is not told of the end of a consent",
    "shelter",
    "before insert on care.event",
    ({ agency }) =>
      agency === "guidance" ? `if new.kind = 'CLOSED' and new.subject <> ${gone} then return null; end if;` : "",
  ),
  from("a concern without the parent's leave", Conversations, "conversations", (talks, { agency }) =>
    agency === "guidance"
      ? talks.map((talk: object) => ({ ...talk, concern: { kind: "DOMESTIC_VIOLENCE", raisedBy: "SHELTER" } }))
      : talks,
  ),
  from("a signal's pupil who has a circle", SupportCircles, "supportCircle", (circle, { agency }) =>
    agency === "guidance" && circle === null
      ? { id: "1", since: new Date(0), supporter: { name: "Somebody", telephone: null, email: null } }
      : circle,
  ),
];
