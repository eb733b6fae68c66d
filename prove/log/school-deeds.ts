import { sites } from "../worlds/region.ts";
import { type Deed, deedsOf } from "./deed.ts";
import { agencies, type Scene } from "./scene.ts";

const contact = {
  party: "school",
  organisation: "o",
  schools: sites,
  scope: "signals:read signals:handle circles:read",
};

const inbox = "{ signals(first: 500) { edges { node { pupil { displayName } } } } }";
const one = "query ($id: ID!) { signal(id: $id) { pupil { displayName } } }";
const staff = "query ($site: ID!) { school(id: $site) { staff { id } } }";
const acknowledge = "mutation ($id: ID!) { acknowledgeSignal(input: { signalId: $id }) { __typename } }";
const handOver =
  "mutation ($id: ID!, $to: ID!) { handOverSignal(input: { signalId: $id, staffMemberId: $to }) { __typename } }";
const confirm = "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }";
const giveBack = "mutation ($id: ID!) { returnSignal(input: { signalId: $id, reason: NOT_OUR_PUPIL }) { __typename } }";
const entities =
  "query ($all: [_Any!]!) { _entities(representations: $all) { __typename ... on Pupil { displayName } ... on CircleSchool { name } } }";

/** What the schools' part does. */
export function schoolDeeds(scene: Scene): readonly Deed[] {
  const ask = (query: string, variables = {}) => scene.ask("school", contact, query, variables);
  const deed = deedsOf("school");
  /** Of a signal that nobody has seen. */
  const onSignal = (what: string, attempt: (id: string) => Promise<unknown>) =>
    deed(what, async () => {
      await scene.reported("police");
      const sql = "select id as value from care.signal where status = 'RAISED' and pupil is not null limit 1";
      const id = await scene.find("school", sql);
      return () => attempt(id);
    });
  const circle = async () => {
    const [id, number] = [crypto.randomUUID(), scene.unguided()];
    const child = scene.identity(number);
    const schoolId = scene.world.region.child(number).school.id;
    return { id, schoolId, child };
  };
  const opened = async () => {
    const input = await circle();
    const { circleKey } = await scene.tell(
      "school",
      "leerplicht",
      "openCircle",
      input,
      "... on CircleOpened { circleKey }",
    );
    return { id: input.id, circleKey };
  };
  return [
    deed("a delivery", async () => {
      const number = scene.child();
      const schoolId = scene.world.region.child(number).school.id;
      const input = { id: crypto.randomUUID(), schoolId, child: scene.identity(number) };
      return () => scene.tell("school", "leerplicht", "deliverSignal", input, "__typename");
    }),
    deed("a delivery that is taken back", async () => {
      await scene.reported("police");
      const id = await scene.find("school", onlyDelivery);
      return () => scene.tell("school", "leerplicht", "withdrawDelivery", { id });
    }),
    onSignal("the inbox", () => ask(inbox)),
    onSignal("one signal", (id) => ask(one, { id })),
    onSignal("a signal that is acknowledged", (id) => ask(acknowledge, { id })),
    onSignal("a signal that is handed over", async (id) => {
      const at = await scene.find("school", "select school_id as value from care.signal where id = $1", [id]);
      const { school } = await ask(staff, { site: at });
      return ask(handOver, { id, to: school.staff.at(-1).id });
    }),
    onSignal("support that is confirmed", (id) => ask(confirm, { id })),
    onSignal("a signal that is returned", (id) => ask(giveBack, { id })),
    deed("a circle that is opened", async () => {
      const input = await circle();
      return () => scene.tell("school", "leerplicht", "openCircle", input, "__typename");
    }),
    deed("a circle that is closed", async () => {
      const { id } = await opened();
      return () => scene.tell("school", "leerplicht", "closeCircle", { id });
    }),
    deed("the pupil of a circle", async () => {
      const { circleKey } = await opened();
      return () => ask(entities, { all: [{ __typename: "Pupil", circleKey }] });
    }),
    deed("the school of a circle", async () => {
      const { circleKey } = await opened();
      const worker = { party: "shelter", organisation: agencies.shelter, scope: "guidance:manage" };
      return () => scene.ask("school", worker, entities, { all: [{ __typename: "CircleSchool", circleKey }] });
    }),
    deed("a talk to be reminded of", async () => {
      const { circleKey } = await opened();
      const input = { id: crypto.randomUUID(), circleKey, day: "2027-03-20" };
      return () => scene.tell("school", "shelter", "remindContacts", input);
    }),
  ];
}

/** A delivery on which alone its signal stands. */
const onlyDelivery = `
  select delivery.id as value from care.delivery join care.signal on signal.id = signal_id
  where status in ('RAISED', 'SEEN') and not withdrawn and not exists (
    select from care.delivery as other where other.signal_id = signal.id and not other.withdrawn and other.id <> delivery.id
  ) limit 1`;
