import { createHmac } from "node:crypto";
import type { GivenReport } from "./incident-report.ts";

/**
 * Recognises the body of a report when it comes again. The key makes sure that nobody can find a
 * child by trying bodies against the digest.
 * @param pseudonymKey base64
 */
export function reportDigest(given: GivenReport, pseudonymKey: string): Buffer {
  // An absent field and an explicit null are the same body, and so is another order of the fields.
  const body = [
    given.reference ?? null,
    given.occurredAt.toISOString(),
    given.category,
    given.children.map(({ bsn, name, birthDate }) => [
      bsn ?? null,
      name?.givenName ?? null,
      name?.prefix ?? null,
      name?.familyName ?? null,
      birthDate ?? null,
    ]),
  ];
  return createHmac("sha256", Buffer.from(pseudonymKey, "base64")).update(JSON.stringify(body)).digest();
}
