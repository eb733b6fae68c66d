import type { EntityManager } from "typeorm";
import type { Claims } from "../../../plumbing/claims.ts";
import { recordEvent } from "../../../plumbing/events.ts";
import type { SignalRow } from "./entities.ts";

/** What subscribers are told of a signal. */
export type SignalNews = "RAISED" | "CHANGED" | "ERASED";

/** The sites at which the caller is a contact person. Whoever has a role there is none, whatever the role. */
export function contactSites({ role, schools = [] }: Claims): readonly string[] {
  return role === undefined ? schools : [];
}

/** The streams of events that the caller is told of: of whole inboxes, or of what was handed to one teacher. */
export function streamsOf(claims: Claims): readonly string[] {
  const { role, schools = [], staffMember } = claims;
  const [site, another] = schools;
  if (role !== "teacher" || site === undefined || another !== undefined || !staffMember) return contactSites(claims);
  return [teacherStream(site, staffMember)];
}

/** @param key the teacher's, in the school's own exports. */
export function teacherStream(schoolId: string, key: string): string {
  return `${schoolId}/${key}`;
}

/** Something that subscribers are to be told. */
export interface News {
  readonly signal: Pick<SignalRow, "id" | "schoolId" | "handedToKey">;
  readonly kind: SignalNews;
}

/** Tells the contact persons of a signal's school what happened, and the teacher who has it. */
export function tell(rows: EntityManager, { signal, kind }: News): void {
  const { id, schoolId, handedToKey } = signal;
  recordEvent(rows, { stream: schoolId, kind, subject: id });
  if (handedToKey !== null) recordEvent(rows, { stream: teacherStream(schoolId, handedToKey), kind, subject: id });
}
