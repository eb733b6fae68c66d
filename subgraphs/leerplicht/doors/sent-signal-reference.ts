import type { LeerplichtContext } from "../context.ts";
import { type SentSignal, SignalProgress } from "../schema/joined.ts";

/**
 * Answers an agency's reference to a signal that it sent. One that has not come yet, and one that
 * somebody else sent, read the same: sent.
 */
export async function resolveSentSignalReference(
  { id }: { readonly id: string },
  { loaders }: LeerplichtContext,
): Promise<SentSignal> {
  const progress = (await loaders.progress.load(id)) ?? SignalProgress.SENT;
  return { id, progress: SignalProgress[progress] };
}
