import type { AgencyContext } from "../context.ts";
import type { SentSignalRow } from "../store/entities.ts";

/** Finds a signal by its key for the gateway, as far as the caller may see it. */
export function sentSignalReference(
  { id }: { readonly id: string },
  { sentSignals }: AgencyContext,
): Promise<SentSignalRow | null> {
  return sentSignals.load(id);
}
