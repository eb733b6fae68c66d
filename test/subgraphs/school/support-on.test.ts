import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

const contact = { party: "school", organisation: "1", schools: ["99AA00"], scope: "signals:read" };
const router = { party: "service", organisation: "leerplicht" };

let now = new Date();
let school: TestSubgraph;

beforeAll(async () => {
  school = await startTestSubgraph(schoolSubgraph, schoolDatabase, { now: () => now });
  await withClient(school.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, schooljaar) values ('99AA', '00', '2026-2027');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam, geboortedatum) values
        ('99AA', '00', 'p1', 'Veld', 'Noor', '2017-03-04'), ('99AA', '00', 'p2', 'Jong', 'Daan', '2016-05-06');`),
  );
  await withClient(school.database.adminUrl, (admin) =>
    admin.query(`
      insert into care.contact_person values ('99AA00', 'm1');
      insert into care.contact_hours (school_id, always) values ('99AA00', true);
      insert into care.school_own_days values ('99AA00', '2026-11-30', '2026-11-30', false);`),
  );
});

afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

test.each([
  ["after the school's free Monday", "2026-11-27T19:00:00Z", "Noor", "Veld", "2017-03-04", "2026-12-01"],
  ["after the region's holidays", "2026-12-18T19:00:00Z", "Daan", "Jong", "2016-05-06", "2027-01-04"],
])("a signal is for the first school day, %s", async (_, at, givenName, familyName, birthDate, day) => {
  now = new Date(at);
  await school.ask(router, "mutation ($input: DeliverSignalInput!) { deliverSignal(input: $input) { __typename } }", {
    input: { id: randomUUID(), schoolId: "99AA00", child: { givenName, familyName, birthDate } },
  });
  const { data } = await school.ask(contact, "{ signals(first: 1) { edges { node { supportOn erasesAt } } } }");
  const midnight = `${day}T23:00:00.000Z`;
  expect(data.signals.edges[0].node).toEqual({ supportOn: day, erasesAt: midnight });
});
