import { type Deed, deedsOf } from "./deed.ts";
import { agencies, type Scene, site } from "./scene.ts";

const officer = {
  party: "leerplicht",
  organisation: "00000099000000004000",
  scope: "routing:manage absences:report",
};

const workList = "{ routingTasks(first: 500) { edges { node { child { name } } } } }";
const candidates = "query ($id: ID!) { routingTask(id: $id) { candidates { childName } } }";
const claim = "mutation ($id: ID!) { claimRoutingTask(input: { taskId: $id }) { __typename } }";
const leave = "mutation ($id: ID!) { releaseRoutingTask(input: { taskId: $id }) { __typename } }";
const route =
  "mutation ($id: ID!, $site: ID!) { routeToSchool(input: { taskId: $id, schoolId: $site }) { __typename } }";
const close = "mutation ($id: ID!) { closeRoutingTask(input: { taskId: $id, outcome: NOT_FOUND }) { __typename } }";
const absence = "mutation ($input: ReportPupilAbsenceInput!) { reportPupilAbsence(input: $input) { __typename } }";

/** What the office's part does. */
export function officeDeeds(scene: Scene): readonly Deed[] {
  const ask = (query: string, variables = {}) => scene.ask("leerplicht", officer, query, variables);
  const deed = deedsOf("leerplicht");
  const task = async (number: number) => {
    const signal = await scene.reported("police", number);
    return scene.find("leerplicht", "select id as value from care.routing_task where submission_id = $1", [signal]);
  };
  const onTask = (what: string, attempt: (id: string) => Promise<unknown>) =>
    deed(what, async () => {
      const id = await task(scene.unknown());
      return () => attempt(id);
    });
  /** Of a delivery that lies at a school, unseen. */
  const onDelivery = (what: string, attempt: (id: string) => Promise<unknown>) =>
    deed(what, async () => {
      const signal = await scene.reported("police");
      const sql = "select id as value from care.delivery where submission_id = $1 and state = 'DELIVERED'";
      const id = await scene.find("leerplicht", sql, [signal]);
      return () => attempt(id);
    });
  const found = async () => {
    const [id, number] = [crypto.randomUUID(), scene.child()];
    return { id, child: scene.identity(number) };
  };
  return [
    deed("a submission", async () => {
      const [id, child] = [crypto.randomUUID(), scene.identity(scene.child())];
      const input = { id, child, organisation: agencies.police, occurredAt: "2027-03-08T08:00:00Z" };
      return () => scene.tell("leerplicht", "police", "submitSignal", input);
    }),
    deed("a submission that is taken back", async () => {
      const input = { id: await scene.reported("police"), organisation: agencies.police };
      return () => scene.tell("leerplicht", "police", "withdrawSubmission", input);
    }),
    onTask("the work list", () => ask(workList)),
    deed("the candidates for a task", async () => {
      const { region } = scene.world;
      const number = Array.from({ length: region.children }, (_, at) => at).find(
        (at) => region.child(at).circumstance === "two enrolments",
      );
      if (number === undefined) throw new Error("Nobody has two enrolments");
      const id = await task(number);
      return () => ask(candidates, { id });
    }),
    onTask("a task that is claimed", (id) => ask(claim, { id })),
    deed("a task that is left to others", async () => {
      const id = await task(scene.unknown());
      await ask(claim, { id });
      return () => ask(leave, { id });
    }),
    onTask("a task that is routed", (id) => ask(route, { id, site })),
    onTask("the end of a task", (id) => ask(close, { id })),
    onDelivery("news of a delivery", (id) => {
      const input = { id, progress: "SEEN", at: scene.world.clock.now().toISOString() };
      return scene.tell("leerplicht", "school", "reportProgress", input);
    }),
    onDelivery("news of when a delivery appears", (id) => {
      const appearsAt = scene.world.clock.now().toISOString();
      const input = { id, appearsAt, firstBells: [], revision: Number(scene.key()) };
      return scene.tell("leerplicht", "school", "reportAppearance", input);
    }),
    deed("a report of absence", async () => {
      const input = { child: scene.identity(scene.child()), firstDay: "2027-03-08", lastDay: "2027-03-08" };
      return () => ask(absence, { input });
    }),
    deed("a search for a school", async () => {
      const input = await found();
      return () => scene.tell("leerplicht", "shelter", "findSchool", input);
    }),
    deed("the end of a search", async () => {
      const input = await found();
      await scene.tell("leerplicht", "shelter", "findSchool", input);
      return () => scene.tell("leerplicht", "shelter", "endSearch", { id: input.id });
    }),
  ];
}
