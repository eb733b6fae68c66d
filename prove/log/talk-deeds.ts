import { type Deed, deedsOf } from "./deed.ts";
import type { Scene } from "./scene.ts";
import { worker } from "./shelter-deeds.ts";

const called = "... on ConversationChanged { conversation { id } }";
const call = `mutation ($id: ID!) { callForTalk(input: { circleId: $id }) { ${called} } }`;
const talks = "{ conversations { id child { name } } }";
const propose = `mutation ($id: ID!) {
  proposeMoments(input: { conversationId: $id, moments: ["2027-03-10T09:00:00Z"], place: "School" }) { ${called} } }`;
const choose = `mutation ($id: ID!) {
  chooseMoment(input: { conversationId: $id, moment: "2027-03-10T09:00:00Z" }) { ${called} } }`;
const cancel = `mutation ($id: ID!) { cancelTalk(input: { conversationId: $id }) { ${called} } }`;

const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "absences:report" };
const reportAbsence =
  "mutation ($input: ReportPupilAbsenceInput!) { reportPupilAbsence(input: $input) { __typename } }";
const absences = "{ pupilAbsences { child { name } } }";

/** What is done about talks, and about the absence for which the office calls for one. */
export function talkDeeds(scene: Scene): readonly Deed[] {
  const ask = (query: string, variables = {}) => scene.ask("shelter", worker, query, variables);
  const aTalk = async (): Promise<string> => {
    const { consent } = await scene.circle();
    const { callForTalk } = await ask(call, { id: consent });
    return callForTalk.conversation.id;
  };
  const onTalk = (what: string, query: string, before?: string) =>
    deedsOf("shelter")(what, async () => {
      const id = await aTalk();
      if (before !== undefined) await ask(before, { id });
      return () => ask(query, { id });
    });
  /** An absence about which there is a talk with moments to choose from: the office sees it. */
  const anAbsence = async (): Promise<string> => {
    const { number, child } = await scene.circle();
    const input = { child: scene.identity(number), firstDay: "2027-03-08", lastDay: "2027-03-08" };
    await scene.ask("leerplicht", officer, reportAbsence, { input });
    await scene.world.settle();
    const sql = "select id as value from care.conversation where child = $1";
    await ask(propose, { id: await scene.find("shelter", sql, [child]) });
    await scene.world.settle();
    return scene.find("shelter", "select absence as value from care.conversation where child = $1", [child]);
  };
  return [
    deedsOf("shelter")("a call for a talk", async () => {
      const { consent } = await scene.circle();
      return () => ask(call, { id: consent });
    }),
    deedsOf("shelter")("a call for a talk about absence", async () => {
      const { circle: circleId } = await scene.circle();
      const input = { id: crypto.randomUUID(), circleId };
      return () => scene.tell("shelter", "leerplicht", "raiseAbsence", input);
    }),
    onTalk("the talks", talks),
    onTalk("moments for a talk", propose),
    onTalk("a moment that is chosen", choose, propose),
    onTalk("a talk that is cancelled", cancel),
    deedsOf("leerplicht")("the absences", async () => {
      await anAbsence();
      return () => scene.ask("leerplicht", officer, absences);
    }),
    deedsOf("leerplicht")("news of a talk about absence", async () => {
      const id = await anAbsence();
      const input = { id, status: "PLANNED", revision: 1_000 };
      return () => scene.tell("leerplicht", "shelter", "reportTalk", input);
    }),
  ];
}
