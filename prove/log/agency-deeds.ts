import { type Deed, deedsOf } from "./deed.ts";
import { type AgencyName, agencies, type Scene } from "./scene.ts";

const signals = "{ sentSignals { edges { node { id progress } } } }";
const incidents = "{ incidents { edges { node { id } } } }";
const incident = "query ($id: ID!) { incident(id: $id) { id signals { id } } }";
const withdrawal = "mutation ($id: ID!) { withdrawSignal(input: { sentSignalId: $id }) { __typename } }";
const entity = "query ($all: [_Any!]!) { _entities(representations: $all) { ... on SentSignal { sentAt } } }";

/** What an agency's part does. */
export function agencyDeeds(scene: Scene, party: AgencyName): readonly Deed[] {
  const caller = { party, organisation: agencies[party], scope: "incidents:report signals:read" };
  const ask = (query: string, variables = {}) => scene.ask(party, caller, query, variables);
  const progressDoor = `record${party.charAt(0).toUpperCase()}${party.slice(1)}Progress`;
  const progress = `mutation ($input: RecordProgressInput!) { ${progressDoor}(input: $input) { accepted } }`;
  const deed = deedsOf(party);
  /** Of one signal that was sent before. */
  const afterwards = (what: string, attempt: (id: string) => Promise<unknown>) =>
    deed(what, async () => {
      const id = await scene.reported(party);
      return () => attempt(id);
    });
  return [
    deed("a report", async () => {
      const [number, key] = [scene.child(), scene.key()];
      return () => scene.report(party, number, key);
    }),
    deed("a report that is repeated", async () => {
      const [number, key] = [scene.child(), scene.key()];
      await scene.report(party, number, key);
      return () => scene.report(party, number, key);
    }),
    afterwards("the list of sent signals", () => ask(signals)),
    afterwards("the list of incidents", () => ask(incidents)),
    afterwards("one incident", async (signal) => {
      const sql = "select incident as value from care.sent_signal where id = $1";
      return ask(incident, { id: await scene.find(party, sql, [signal]) });
    }),
    afterwards("a signal by reference", (id) => ask(entity, { all: [{ __typename: "SentSignal", id }] })),
    afterwards("a withdrawal", (id) => ask(withdrawal, { id })),
    afterwards("news of how far a signal is", (id) =>
      scene.ask(party, { party: "service", organisation: "leerplicht" }, progress, { input: { id, progress: "SEEN" } }),
    ),
  ];
}
