import { Bsn } from "../plumbing/identifiers.ts";

/** The valid BSNs of the series 99999xxxx, which is given to nobody and used for tests: 909 of them. */
export function testBsns(): string[] {
  return Array.from({ length: 10_000 }, (_, number) => `99999${String(number).padStart(4, "0")}`).filter(
    (digits) => Bsn.parse(digits) !== undefined,
  );
}
