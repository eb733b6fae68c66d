import { describe, expect, test } from "@jest/globals";
import { withdrawConsent } from "../../way/circle-family.ts";
import { type GuidedShelter, organisation, worker } from "./guided-shelter.ts";
import { sharedShelter } from "./shared-shelter.ts";
import { type Talks, talksAt } from "./talks.ts";

let shelter: GuidedShelter;
let talks: Talks;

sharedShelter((begun) => {
  shelter = begun;
  talks = talksAt(shelter);
});

/** What stands of something in the processing log: the activity, in whose role, for whom, and of how many persons. */
async function entriesOf(object: string): Promise<string[]> {
  const rows = await shelter.rows(
    `select activity, party, organisation, count(distinct subject)::int as persons from care.processing
     where object = $1 group by activity, party, organisation, trace order by min(position)`,
    [object],
  );
  return rows.map(({ activity, party, organisation: whose, persons }) => [activity, party, whose, persons].join(" "));
}

describe("the processing log of a shelter holds", () => {
  test("that a consent ends by itself, for the shelter that has it, of child and parent", async () => {
    const { consent } = await shelter.consented({ validUntil: "2026-11-24" });
    shelter.now = new Date("2026-11-26T10:00:00Z");
    await shelter.runJob("endConsent", consent, `consent:${consent}`);
    expect(await entriesOf(consent)).toEqual([
      `consent.record shelter ${organisation} 2`,
      `consent.end system ${organisation} 2`,
    ]);
  });

  test("each who is shown with a consent that is withdrawn, also where it was withdrawn before", async () => {
    const { id, consent } = await shelter.consented();
    const before = await entriesOf(id);
    for (const _ of ["once", "and again"]) await shelter.asWorker(withdrawConsent, { id: consent });
    expect((await entriesOf(id)).slice(before.length)).toEqual([
      `guidance.read shelter ${organisation} 2`,
      `guidance.read shelter ${organisation} 2`,
    ]);
    expect(await entriesOf(consent)).toEqual([
      `consent.record shelter ${organisation} 2`,
      `consent.withdraw shelter ${organisation} 2`,
    ]);
  });

  test("what Leerplicht's part tells of a child's school, and for what it calls", async () => {
    const family = await talks.circle();
    await talks.absence(family);
    expect(await entriesOf(family.circle)).toEqual([
      "circle.record service leerplicht 1",
      "conversation.call service leerplicht 1",
    ]);
  });

  test("also somebody whom the registry no longer has, by what of ours it was", async () => {
    const { id, input } = await shelter.consented();
    const child =
      "delete from registry.client where client_uid = (select registry_key from care.guided_child where id = $1)";
    await shelter.rows(child, [input.childId]);
    await shelter.as(worker, `{ guidance(id: "${id}") { id } }`);
    const last = await shelter.rows(
      "select activity, subject is null as unknown from care.processing where object = $1 order by position desc limit 2",
      [id],
    );
    expect(last.map(({ activity }) => activity)).toEqual(["guidance.read", "guidance.read"]);
    expect(last.filter(({ unknown }) => unknown)).toHaveLength(1);
  });
});
