import { createHmac } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Claims } from "./claims.ts";
import { systemClaims } from "./database.ts";
import { type LastWrite, writeLast } from "./last-writes.ts";
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
 * Writes to the processing log in the caller's transaction, at its end: what cannot be written there is not done, nor
 * answered. What no call has set off, such as a timer, is a trace of its own.
 */
export function recordProcessing(
  rows: EntityManager,
  { sub, party, organisation, trace = newTraceId() }: Claims,
  entries: readonly Processing[],
): void {
  if (entries.length === 0) return;
  const onBehalfOf = { actor: sub, party, organisation, trace };
  writeLast(
    rows,
    processingEntries,
    entries.map((entry) => ({ ...onBehalfOf, ...entry })),
  );
}

interface Entry extends Processing {
  readonly actor: string;
  readonly party: string;
  readonly organisation: string | undefined;
  readonly trace: string;
}

const processingEntries: LastWrite<Entry> = {
  turn: 1,
  async write(rows, entries) {
    await rows.query(
      `insert into care.processing (actor, party, organisation, trace, activity, subject, object)
       select actor, party, organisation, trace, activity, subject, object from jsonb_to_recordset($1) as entry
         (actor text, party text, organisation text, trace text, activity text, subject text, object uuid)`,
      [JSON.stringify(entries)],
    );
  },
};

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
