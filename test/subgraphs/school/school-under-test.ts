import { randomUUID } from "node:crypto";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import type { TestClaims } from "../../keys.ts";
import { type Json, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

export const site = "99AA00";
export const contact = {
  sub: "c-1",
  party: "school",
  organisation: "1",
  schools: [site],
  scope: "signals:read signals:handle",
};
export const router = { party: "service", organisation: "leerplicht" };

/** A teacher of the site, by the key in its exports. */
export const teacher = (staffMember: string): TestClaims => ({
  ...contact,
  sub: staffMember,
  role: "teacher",
  staffMember,
});

export const noor = { givenName: "Noor", familyName: "Veld", birthDate: "2017-03-04" };
export const daan = { givenName: "Daan", familyName: "Jong", birthDate: "2016-05-06" };

/** A school with two pupils, a contact person (1) and two teachers (2 and 3, and 4 of another site), on a clock. */
export interface SchoolUnderTest extends TestSubgraph {
  now: Date;
  /** Delivers a report; gives its id, and the router's answer. */
  deliver(child: Json, id?: string): Promise<{ id: string; answer: Json }>;
  withdraw(id: string): Promise<void>;
  signals(claims?: TestClaims): Promise<Json[]>;
  sql(text: string, values?: unknown[]): Promise<Json[]>;
  /** The kinds of the events of a stream, in their order. */
  told(stream?: string): Promise<string[]>;
  gesture(claims: TestClaims, name: string, signalId: string, more?: string): Promise<Json>;
}

export async function startSchool(now: Date): Promise<SchoolUnderTest> {
  // The part asks for the time while it starts.
  let started: SchoolUnderTest | undefined;
  const clock = { now: () => started?.now ?? now };
  const part = await startTestSubgraph(schoolSubgraph, schoolDatabase, clock);
  await withClient(part.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, schooljaar) values
        ('99AA', '00', '2026-2027'), ('99AB', '00', '2026-2027');
      insert into registry.groep (brincode, dependancecode, sleutel, naam) values ('99AA', '00', 'g1', '5a');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam, geboortedatum, groep) values
        ('99AA', '00', 'p1', 'Veld', 'Noor', '2017-03-04', 1), ('99AA', '00', 'p2', 'Jong', 'Daan', '2016-05-06', 1);
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, roepnaam, uitdienstdatum) values
        ('99AA', '00', 'm1', 'Bakker', 'Ina', null), ('99AA', '00', 'm2', 'Smit', 'Jo', null),
        ('99AA', '00', 'm3', 'Bos', 'An', null), ('99AB', '00', 'm2', 'Kok', 'Bo', null),
        ('99AA', '00', 'm5', 'Weg', 'Al', '2020-01-01');
      insert into registry.medewerker_groep values (2, 1), (5, 1);`),
  );
  const sql = (text: string, values?: unknown[]) =>
    withClient(part.database.adminUrl, async (admin) => (await admin.query(text, values)).rows);
  await sql(`insert into care.contact_person values ('${site}', 'm1')`);
  const school: SchoolUnderTest = Object.assign(part, {
    now,
    sql,
    async deliver(child: Json, id = randomUUID()) {
      const { data } = await part.ask(
        router,
        `mutation ($input: DeliverSignalInput!) { deliverSignal(input: $input) {
          __typename ... on SignalDelivered { appearsAt firstBells } ... on SignalNotDelivered { code } } }`,
        { input: { id, schoolId: site, child } },
      );
      return { id, answer: data.deliverSignal };
    },
    async withdraw(id: string) {
      await part.ask(router, `mutation { withdrawDelivery(input: { id: "${id}" }) { accepted } }`);
    },
    async signals(claims: TestClaims = contact) {
      const { data } = await part.ask(
        claims,
        `{ signals { edges { node {
          id status supportOn raisedAt erasesAt practice handedTo { id } pupil { displayName } } } } }`,
      );
      return data.signals.edges.map(({ node }: Json) => node);
    },
    async told(stream = site) {
      const rows = await sql("select kind from care.event where stream = $1 order by position", [stream]);
      return rows.map(({ kind }) => kind);
    },
    async gesture(claims: TestClaims, name: string, signalId: string, more = "") {
      const { data } = await part.ask(
        claims,
        `mutation { ${name}(input: { signalId: "${signalId}" ${more} }) { __typename } }`,
      );
      return data[name].__typename;
    },
  });
  started = school;
  return school;
}
