import { scriptedGesture } from "../demo/script.ts";
import { PersonaClient } from "./persona-client.ts";
import type { SystemFile } from "./system-file.ts";

/** How often the scripted school looks into its inbox, in milliseconds. */
const lookEvery = 2_000;

/** How long an answer may take, in milliseconds. */
const patience = 10_000;

const openSignals = `{ signals(status: [RAISED, SEEN], first: 500) {
  edges { node { id raisedAt pupil { displayName } } } } }`;

/**
 * Plays the contact person of the demonstration's scripted children, as any client of the gateway would. All that it
 * knows stands in the inbox, so that it goes on after a restart where it was.
 * @param system where the running system is now, with tokens that hold.
 */
export function playScriptedSchool(system: () => SystemFile): Disposable {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    // What is not answered now is asked for again; the gateway's own log says why.
    actOnce(system(), new Date())
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, lookEvery);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Looks into the inbox once, and makes the gestures that are due. */
export async function actOnce(system: SystemFile, now: Date): Promise<void> {
  await using contact = new PersonaClient(system, "scripted-contact", patience);
  const { signals } = await contact.ask(openSignals);
  for (const { node } of signals.edges) {
    const gesture = scriptedGesture(node.pupil?.displayName ?? "", new Date(node.raisedAt), now);
    if (gesture === undefined) continue;
    const type = `${gesture.charAt(0).toUpperCase()}${gesture.slice(1)}Input`;
    const reason = gesture === "returnSignal" ? { reason: "NOT_OUR_PUPIL" } : {};
    await contact.ask(`mutation ($input: ${type}!) { ${gesture}(input: $input) { __typename } }`, {
      input: { signalId: node.id, ...reason },
    });
  }
}
