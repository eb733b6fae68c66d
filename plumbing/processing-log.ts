import { createHmac } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Claims } from "./claims.ts";
import { systemClaims } from "./database.ts";
import { comparableFamilyName, comparableName } from "./names.ts";
import type { KnownPerson } from "./person-match.ts";
import { newTraceId } from "./trace-context.ts";

/** One processing of one person's data, as Logboek Dataverwerkingen asks for it. */
export interface Processing {
  /** What for: the name of the processing activity, for example `signal.read`. */
  readonly activity: string;
  /** Whose data: `subjectDigest` of the person. */
  readonly subject?: string;
  /** What of ours it was about, by its id in this part. */
  readonly object?: string;
}

/** By which key the log stands for a person. */
export interface Keyed {
  readonly config: { readonly pseudonymKey: string };
}

/** Who does something with a person's data, and by which key the log stands for the person. */
export interface OnBehalfOf extends Keyed {
  readonly claims: Claims;
}

/** The part itself, on behalf of an organisation: what a timer sets off, or another part's answer. */
export function byItself(organisation: string, pseudonymKey: string): OnBehalfOf {
  return { claims: { ...systemClaims, organisation }, config: { pseudonymKey } };
}

/**
 * Writes to the processing log in the caller's transaction: what cannot be written there is not done, nor answered.
 * Call it before `recordEvent`: both keep other writers waiting until the commit, and must be taken in one order. What no
 * call has set off, such as a timer, is a trace of its own.
 */
export async function recordProcessing(
  rows: EntityManager,
  { sub, party, organisation, trace }: Claims,
  entries: readonly Processing[],
): Promise<void> {
  if (entries.length === 0) return;
  await rows.query(
    `insert into care.processing (actor, party, organisation, trace, activity, subject, object)
     select $1, $2, $3, $4, entry.activity, entry.subject, entry.object
     from jsonb_to_recordset($5) as entry (activity text, subject text, object uuid)`,
    [sub, party, organisation ?? null, trace ?? newTraceId(), JSON.stringify(entries)],
  );
}

/**
 * Stands for a person in the log. The key makes sure that nobody can find a person by trying numbers or names.
 * @param key base64
 */
export function subjectDigest(key: string, { bsn, name, birthDate }: KnownPerson): string {
  const identity = bsn ?? [
    comparableFamilyName(name),
    comparableName(name.callName ?? name.givenName ?? ""),
    birthDate,
  ];
  return createHmac("sha256", Buffer.from(key, "base64")).update(JSON.stringify(identity)).digest("base64url");
}
