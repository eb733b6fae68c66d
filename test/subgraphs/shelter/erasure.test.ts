import { expect, test } from "@jest/globals";
import type { Json } from "../../subgraph.ts";
import { endGuidance } from "../../way/circle-family.ts";
import { contact, type GuidedShelter, worker } from "./guided-shelter.ts";
import { type ParentSteps, parentSteps } from "./parent-view-steps.ts";
import { sharedShelter, start } from "./shared-shelter.ts";
import { type Circle, type Talks, talksAt } from "./talks.ts";

const month = 28 * 24 * 3_600_000;
const operator = { party: "operator", organisation: "1", scope: "statistics:read" };
const figures = `query ($year: Int!) { guidanceFigures(year: $year) {
  guidances medianHoursToFirstContact talks agreements agreementsKept } }`;

let shelter: GuidedShelter;
let talks: Talks;
let steps: ParentSteps;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
  steps = parentSteps(shelter);
});

/** A guidance with a talk in which two actions were agreed, and one was done; it has ended. */
async function ended(hours: number): Promise<Circle> {
  shelter.now = start;
  const family = await shelter.consented({ covers: ["CONCERNS"], schoolId: "99AA00" });
  shelter.now = new Date(start.getTime() + hours * 3_600_000);
  await shelter.found(family.circle, 1, "99AA00");
  const { id: conversationId } = await talks.called(contact, family.circle);
  const moment = new Date(shelter.now.getTime() + 3_600_000);
  await talks.gesture(worker, "propose", { conversationId, moments: [moment], place: "Kamer van Emir Kaya" });
  await talks.gesture(worker, "choose", { conversationId, moment });
  shelter.now = moment;
  const action = { what: "Emir Kaya ophalen", who: "PARENTS", by: "2026-12-20" };
  const { conversation } = await talks.gesture(worker, "record", { conversationId, actions: [action, action] });
  await talks.gesture(contact, "confirm", { actionId: conversation.actions[0].id });
  await steps.invited(family.input);
  await shelter.asWorker(endGuidance, { id: family.id });
  return family;
}

async function erased({ id }: Circle): Promise<void> {
  shelter.now = new Date(start.getTime() + 2 * month);
  await shelter.runJob("eraseGuidance", id, `erase:${id}`);
}

/** All that our own tables hold, in one text; the processing log has digests alone. */
async function everything(): Promise<string> {
  const tables = await shelter.rows(
    "select tablename from pg_tables where schemaname = 'care' and tablename <> 'processing'",
  );
  const texts = await Promise.all(
    tables.map(({ tablename }) =>
      shelter.rows(`select coalesce(string_agg(item::text, ' '), '') as text from care.${tablename} as item`),
    ),
  );
  return texts.map(([{ text }]) => text).join(" ");
}

test("four weeks after its end nothing is left of a guidance, and no sooner", async () => {
  const { id, consent, circle } = await ended(5);
  const [keys] = await shelter.rows(
    `select family_key, registry_key, given_by, guided_child.id as child, conversation.id as talk from care.guidance
     join care.guided_child on guided_child.guidance = guidance.id join care.consent on consent.child = guided_child.id
     join care.conversation on conversation.guidance = guidance.id where guidance.id = $1`,
    [id],
  );
  const traces = [...Object.values(keys), id, consent, "99AA00", "Iris de Wit", "iris@example.nl"] as string[];
  const before = await everything();
  for (const trace of traces) expect(before).toContain(trace);
  // The words of a talk never stand there as they are.
  expect(before).not.toMatch(/Kaya|Emir/);

  const [{ erases_at: erasesAt }] = await shelter.rows("select erases_at from care.guidance where id = $1", [id]);
  expect(erasesAt.getTime() - shelter.now.getTime()).toBe(month);
  shelter.now = new Date(erasesAt.getTime() - 1);
  await shelter.runJob("eraseGuidance", id, `erase:${id}`);
  expect(await everything()).toContain(keys.family_key);
  shelter.now = erasesAt;
  await shelter.runJob("eraseGuidance", id, `erase:${id}`);
  const after = await everything();
  for (const trace of traces) expect(after).not.toContain(trace);
  // The outbox keeps the id under which Leerplicht was asked, which leads to nothing any more, here or there.
  expect(await shelter.rows("select from care.event where subject = $1", [circle])).toEqual([]);
});

test("no fact for the evaluation leads to the guidance of which it is: no row, and no moment", async () => {
  await erased(await ended(7));
  const facts = await shelter.rows("select * from care.guidance_fact order by hours_to_first_contact");
  expect(Object.keys(facts[0]).sort()).toEqual([
    "agreements",
    "agreements_kept",
    "hours_to_first_contact",
    "id",
    "published",
    "talks",
    "year",
  ]);
  expect(facts.map((fact) => fact.hours_to_first_contact)).toContain(7);
  for (const table of ["guidance", "guided_child", "consent", "circle", "sharing"])
    expect([table, await shelter.rows(`select from care.${table}`)]).toEqual([table, []]);
});

test("for the evaluation there are facts of five families together, and of none alone", async () => {
  const told = (year = 2026): Promise<Json> => shelter.as(operator, figures, { year });
  const none = {
    guidances: null,
    medianHoursToFirstContact: null,
    talks: null,
    agreements: null,
    agreementsKept: null,
  };
  const [{ count: before }] = await shelter.rows("select count(*)::int from care.guidance_fact");
  for (let nth = before + 1; nth < 5; nth += 1) await erased(await ended(nth));
  expect(await told()).toEqual(none);
  const fifth = await ended(48);
  expect(await told()).toEqual(none);
  await erased(fifth);
  const five = await told();
  expect(five).toMatchObject({ guidances: 5, talks: 5, agreements: 10, agreementsKept: 5 });
  expect(five.medianHoursToFirstContact).toBeGreaterThanOrEqual(2);
  // Done again, and with one more, the figures are the same.
  await erased(fifth);
  await erased(await ended(300));
  expect(await told()).toEqual(five);
  expect(await told(2025)).toEqual(none);
  const { errors } = await shelter.part.ask(worker, figures, { year: 2026 });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
