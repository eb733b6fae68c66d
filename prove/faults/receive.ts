import { type Client, type Json, operations, readAll } from "../world/client.ts";
import { untilDone } from "./until-done.ts";

/**
 * Waits until a pupil's signal is in the inbox, and confirms it.
 * @param patience in milliseconds.
 * @returns its id; undefined where it does not come.
 */
export async function receive(contact: Client, displayName: string, patience: number): Promise<string | undefined> {
  let signal: string | undefined;
  await untilDone(async () => {
    const open = await readAll(contact, operations.inbox, "signals");
    const found = open.find(({ pupil }: Json) => pupil?.displayName === displayName);
    if (found === undefined) throw new Error("Not yet");
    await contact.ask(operations.confirm, { id: found.id });
    signal = found.id;
  }, AbortSignal.timeout(patience));
  return signal;
}
