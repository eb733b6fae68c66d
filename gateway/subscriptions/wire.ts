import { maskError } from "../../plumbing/faults.ts";
import type { Printed } from "../executor/printed.ts";

/** An answer as the text that leaves the gateway: of errors only codes, places and our own words. */
export function answerText({ data, errors }: Printed): string {
  const parts = data === undefined ? [] : [`"data":${data}`];
  if (errors.length > 0) parts.push(`"errors":${JSON.stringify(errors.map((error) => maskError(error.toJSON())))}`);
  return `{${parts.join(",")}}`;
}
