import { exampleReport } from "./announcement.ts";
import { PersonaClient } from "./persona-client.ts";
import { runFolder } from "./run-folder.ts";
import { readSystemFile, type SystemFile } from "./system-file.ts";

/* npm run demo: reports an incident about the fictional child, and follows its signal until the agency hears of it. */

/** How long any one step may take, in milliseconds: far longer than it should. */
const patience = 10_000;

const system = await readSystemFile(runFolder());
if (system === undefined) {
  console.error("The system does not run: npm start, in another terminal");
  process.exitCode = 1;
} else {
  try {
    await follow(system);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function follow(system: SystemFile): Promise<void> {
  await using police = new PersonaClient(system, "police-integrator", patience);
  await using contact = new PersonaClient(system, "school-contact", patience);
  const childName = system.example.name.givenName;

  await settleEarlier(contact, childName);
  const atSchool = await contact.subscribe(
    "subscription { signalEvents { kind signal { id status supportOn message pupil { displayName } } } }",
  );
  const atAgency = await police.subscribe("subscription { sentSignalEvents { progress sentSignal { id } } }");

  const began = performance.now();
  const step = (who: string, what: string): void => {
    const time = `${Math.round(performance.now() - began)} ms`;
    console.log(`${time.padStart(8)}  ${who.padEnd(16)}  ${what}`);
  };

  step("police", `reports an incident at the home of ${childName}`);
  const { query, variables } = exampleReport(system.example);
  const { reportIncident } = await police.ask(query, variables);
  const sent = reportIncident.signals?.[0];
  if (sent === undefined) throw new Error("The report was not accepted");
  step("police", `the report is accepted: the signal is ${sent.progress}, due by ${sent.dueBy}`);

  const { signal } = (await atSchool.next(({ signalEvents }) => signalEvents.kind === "RAISED")).signalEvents;
  step("school contact", `sees a signal: ${signal.pupil.displayName}, support on ${signal.supportOn}`);
  console.log(`${" ".repeat(28)}“${signal.message}”`);

  const gesture = { input: { signalId: signal.id } };
  await contact.ask(
    "mutation ($input: AcknowledgeSignalInput!) { acknowledgeSignal(input: $input) { __typename } }",
    gesture,
  );
  step("school contact", "has acknowledged it");
  const reaches = (progress: string) => (event: Awaited<ReturnType<typeof atAgency.next>>) =>
    event.sentSignalEvents.sentSignal.id === sent.id && event.sentSignalEvents.progress === progress;
  await atAgency.next(reaches("SEEN"));
  step("police", "hears that the signal is SEEN, and not where");

  await contact.ask(
    "mutation ($input: ConfirmSupportInput!) { confirmSupport(input: $input) { __typename } }",
    gesture,
  );
  step("school contact", "confirms that the pupil was met with support");
  await atAgency.next(reaches("SUPPORTED"));
  step("police", "hears that the signal is SUPPORTED");
}

/** A pupil has one open signal, however many reports: what an earlier run left open would take this one in. */
async function settleEarlier(contact: PersonaClient, childName: string): Promise<void> {
  const { signals } = await contact.ask(
    "{ signals(status: [RAISED, SEEN], first: 500) { edges { node { id pupil { displayName } } } } }",
  );
  for (const { node } of signals.edges) {
    if (!node.pupil?.displayName.startsWith(childName)) continue;
    await contact.ask("mutation ($input: ConfirmSupportInput!) { confirmSupport(input: $input) { __typename } }", {
      input: { signalId: node.id },
    });
  }
}
