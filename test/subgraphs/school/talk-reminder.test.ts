import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { startMailServer, type TestMailServer } from "../../mail-server.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";
import { until } from "../../until.ts";

const shelter = { party: "service", organisation: "shelter" };
const remind = "mutation ($input: RemindContactsInput!) { remindContacts(input: $input) { accepted } }";

const openCircle = `mutation ($input: OpenCircleInput!) {
  openCircle(input: $input) { ... on CircleOpened { circleKey } } }`;

/** In the hours of the last school day before the talk, long after today: no job runs before a test says so. */
const thursday = new Date("2041-01-17T10:00:00Z");
const day = "2041-01-18";

let mails: TestMailServer;
let school: TestSubgraph;
let circleKey: string;

beforeAll(async () => {
  mails = await startMailServer();
  school = await startTestSubgraph(
    schoolSubgraph,
    schoolDatabase,
    { now: () => thursday },
    {
      SMTP_URL: mails.url,
      MAIL_FROM: "post@example.nl",
    },
  );
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
}

/** Does what is due about talks by Thursday. */
async function settled(): Promise<void> {
  const due = `run_at <= '${thursday.toISOString()}'`;
  await until("the reminders", async () => {
    await rows(`update graphile_worker._private_jobs set run_at = now() where ${due} and locked_at is null`);
    const left = await rows(`select from graphile_worker.jobs where ${due} and task_identifier like '%Talk%'`);
    return left.length === 0;
  });
}

test("a talk that is told of three times at once is one, and mailed of in the words that tell of a signal", async () => {
  const input = { id: randomUUID(), circleKey, day };
  await Promise.all([asked(input), asked(input), asked(input)]);
  await settled();
  await asked(input);
  await settled();
  expect(mails.mails.map(({ to }) => to)).toEqual(["bo@example.nl"]);
  for (const { raw } of mails.mails) {
    expect(raw).toContain("Er staat een bericht voor u klaar");
    expect(raw).not.toMatch(/Noor|Veld|99AA|talk|gesprek/i);
  }
});

test("nobody is mailed of what was taken back before it came, of a circle that is not there, or a talk that is over", async () => {
  const before = mails.mails.length;
  const id = randomUUID();
  await asked({ id });
  await asked({ id, circleKey, day });
  await asked({ id: randomUUID(), circleKey: randomUUID(), day });
  await asked({ id: randomUUID(), circleKey, day: "2041-01-16" });
  await asked({ id: "x", circleKey: "y", day });
  await settled();
  expect(mails.mails).toHaveLength(before);
});

test("no client may ask for it", async () => {
  const contact = { party: "school", schools: ["99AA00"], scope: "signals:read circles:read" };
  const { errors } = await school.ask(contact, remind, { input: { id: randomUUID(), circleKey, day } });
  expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
});
