import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Client } from "pg";
import { shelterDatabase } from "../../../subgraphs/shelter/database.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase, type TestDatabase } from "../../database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase(shelterDatabase);
});
afterAll(async () => database[Symbol.asyncDispose]());

/** Writes a family of a parent and two children, and a note about all three. */
async function writeNote(registry: Client, actualViolence: boolean): Promise<void> {
  await registry.query(
    `with family as (insert into registry.gezin (locatienr) values (1) returning gezin_uid),
     note as (
       insert into registry.melding (gezin_uid, soort, feitelijk_geweld, voorgevallen_op)
       select gezin_uid, 10, ${actualViolence}, now() from family returning melding_uid
     ),
     members as (
       insert into registry.client (gezin_uid, gezinsrol, voornaam, achternaam, geboren_op)
       select gezin_uid, rol, voornaam, 'Kaya', geboren_op
       from family, (values ('ouder', 'Aylin', date '1990-01-01'), ('kind', 'Emir', '2018-02-03'), ('kind', 'Lale', '2020-05-06'))
         as member (rol, voornaam, geboren_op)
       returning client_uid
     )
     insert into registry.melding_client select melding_uid, client_uid from note, members`,
  );
}

async function raised(): Promise<unknown> {
  const { rows } = await withClient(database.adminUrl, (admin) =>
    admin.query("select count(distinct incident)::int as incidents, count(*)::int as signals from care.sent_signal"),
  );
  return rows[0];
}

describe("a note in the shelter's records", () => {
  test("that violence was feared raises nothing", async () => {
    await withClient(database.registryUrl, (registry) => writeNote(registry, false));
    expect(await raised()).toEqual({ incidents: 0, signals: 0 });
  });

  test("of actual violence raises one signal for each child of the family, in one statement as well", async () => {
    await withClient(database.registryUrl, (registry) => writeNote(registry, true));
    expect(await raised()).toEqual({ incidents: 1, signals: 2 });
  });
});
