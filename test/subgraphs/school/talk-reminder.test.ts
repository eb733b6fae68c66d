import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

const shelter = { party: "service", organisation: "shelter" };
const remind = "mutation ($input: RemindContactsInput!) { remindContacts(input: $input) { accepted } }";

const openCircle = `mutation ($input: OpenCircleInput!) {
  openCircle(input: $input) { ... on CircleOpened { circleKey } } }`;

let mails: TestMailServer;
let school: TestSubgraph;
let circleKey: string;

beforeAll(async () => {
  mails = await startMailServer();
  school = await startTestSubgraph(schoolSubgraph, schoolDatabase, undefined, {
    SMTP_URL: mails.url,
    MAIL_FROM: "post@example.nl",
  });
  await withClient(school.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, naam, schooljaar) values ('99AA', '00', 'De Regenboog', '2026-2027');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam, bsn)
        values ('99AA', '00', 'p1', 'Veld', 'Noor', '999990019');
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, emailadres) values
        ('99AA', '00', 'm1', 'Bakker', 'bo@example.nl'), ('99AA', '00', 'm2', 'Smit', 'ina@example.nl'),
        ('99AA', '00', 'm3', 'Weg', null);
    `),
  );
  await rows("insert into care.contact_person values ('99AA00', 'm1', 1), ('99AA00', 'm2', 2), ('99AA00', 'm3', 3)");
  const child = { bsn: "999990019" };
  const input = { id: randomUUID(), schoolId: "99AA00", child };
  const { data } = await school.ask({ party: "service", organisation: "leerplicht" }, openCircle, { input });
  circleKey = data.openCircle.circleKey;
});

afterAll(async () => {
  await school[Symbol.asyncDispose]();
  await mails[Symbol.asyncDispose]();
});

async function rows(sql: string): Promise<Json[]> {
  return withClient(school.database.adminUrl, async (admin) => (await admin.query(sql)).rows);
}

async function asked(input: Json): Promise<void> {
  expect(await school.ask(shelter, remind, { input })).toEqual({ data: { remindContacts: { accepted: true } } });
  while ((await rows("select from graphile_worker.jobs where key like 'mailTalkReminder:%'")).length > 0);
}

test("each contact person who can be reached is mailed once of a talk, in the words that tell of a signal", async () => {
  const input = { id: randomUUID(), circleKey };
  await Promise.all([asked(input), asked(input), asked(input)]);
  await asked(input);
  expect(mails.mails.map(({ to }) => to).sort()).toEqual(["bo@example.nl", "ina@example.nl"]);
  for (const { raw } of mails.mails) {
    expect(raw).toContain("Er staat een bericht voor u klaar");
    expect(raw).not.toMatch(/Noor|Veld|99AA|talk|gesprek/i);
  }
});

test("nobody is mailed of a circle that is not there, and no client may ask for it", async () => {
  const before = mails.mails.length;
  await asked({ id: randomUUID(), circleKey: randomUUID() });
  await asked({ id: "x", circleKey: "y" });
  expect(mails.mails).toHaveLength(before);
  const contact = { party: "school", schools: ["99AA00"], scope: "signals:read circles:read" };
  const { errors } = await school.ask(contact, remind, { input: { id: randomUUID(), circleKey } });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
