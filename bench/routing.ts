import { randomUUID } from "node:crypto";
import { Config } from "../plumbing/config.ts";
import { type Database, openDatabase, systemClaims } from "../plumbing/database.ts";
import { Identities } from "../plumbing/identities/identities.ts";
import { makeIdentityKey, readIdentityKeys } from "../plumbing/identities/keys.ts";
import { leerplichtDatabase } from "../subgraphs/leerplicht/database.ts";
import { registryEntities } from "../subgraphs/leerplicht/registry/entities.ts";
import {
  type ChildRecord,
  DeliveryRow,
  RoutingTaskRow,
  SubmissionRow,
} from "../subgraphs/leerplicht/store/entities.ts";
import { routeSubmission } from "../subgraphs/leerplicht/store/routing.ts";
import { encryptSought } from "../subgraphs/leerplicht/store/sought-child.ts";
import { withClient } from "../system/databases.ts";
import { quantile, withOwnDatabase } from "./own-system.ts";
import { countStatements } from "./statements.ts";

/*
 * npm run bench -- routing [PUPILS…]: how long it takes to find the school of one child and to put its signal on the way,
 * with so many children enrolled (10,000 and 2,400,000), and how often the database is asked for it, which no noise
 * changes. In a PostgreSQL of its own. The children are made up.
 */

/** Children $1 to $2, one in a hundred without a BSN, at a school for each 260 of them. Their numbers pass no test but the eleven-proof. */
const enrol = `
  with child as (
    select number, 'c' || number as key, 90000000 + number as digits from generate_series($1::int, $2::int) as number
  ), checked as (
    select child.*, (select sum(substr(digits::text, place, 1)::int * (10 - place)) from generate_series(1, 8) as place) % 11 as proof
    from child
  ), school as (
    insert into registry.onderwijsinstelling (brin, vestiging, naam, gemeentecode, deelname)
    select distinct (10 + number / 260 / 676) || chr(65 + number / 260 / 26 % 26) || chr(65 + number / 260 % 26), '00', 'School', '9901', true
    from child on conflict do nothing returning brin
  ), officer as (
    insert into registry.leerplichtambtenaar (naam, emailadres) select 'Officer', $1 || '@example.nl' returning ambtenaar_id
  ), area as (
    insert into registry.ambtenaar_werkgebied select ambtenaar_id, brin, '00' from officer, school
  ), person as (
    insert into registry.jeugdige (sleutel, bsn, achternaam, voornamen, roepnaam, geboortedatum, gemeentecode)
    select key, case when proof < 10 then digits::text || proof end, 'Family' || number % 50000, 'Given' || number % 97, null,
           date '2012-01-01' + (number * 7919::bigint % 5110)::int, '9901'
    from checked returning jeugdige_id, sleutel
  )
  insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in)
  select jeugdige_id, (10 + number / 260 / 676) || chr(65 + number / 260 / 26 % 26) || chr(65 + number / 260 % 26), '00', '2022-08-01'
  from person join child on key = sleutel`;

const given = process.argv.slice(2).map(Number);
const counts = given.length > 0 ? given : [10_000, 2_400_000];
const rounds = 500;
const escalation = { leadMinutes: 60, callingHours: { opens: "07:30", closes: "17:30" } };
const keys = readIdentityKeys(new Config({ IDENTITY_KEYS: makeIdentityKey(new Date()) }));
const entities = [...registryEntities, SubmissionRow, DeliveryRow, RoutingTaskRow];

await withOwnDatabase(leerplichtDatabase, async ({ adminUrl, registryUrl, appUrl }) => {
  const identities = new Identities("leerplicht", () => keys, "");
  await using database = await openDatabase(appUrl, entities as never[], undefined, identities);
  let enrolled = 0;
  for (const count of counts) {
    await withClient(registryUrl, (registry) => registry.query(enrol, [enrolled, count - 1]));
    await withClient(adminUrl, (admin) => admin.query("vacuum analyze"));
    enrolled = count;
    const children = await someOf(registryUrl, count);
    for (const by of ["BSN", "name and birth date"] as const) {
      const described = by === "BSN" ? children : children.map((child) => ({ ...child, bsn: null }));
      const { times, statements } = await route(database, described);
      const [least, p50, p99] = [0, 0.5, 0.99].map((share) => quantile(times, share).toFixed(2));
      console.log(
        `${count.toLocaleString("en")} children, by ${by}: p50 ${p50} ms, p99 ${p99} ms, least ${least} ms; ${statements} statements`,
      );
    }
  }
});

/**
 * @returns how long each took, in milliseconds, of which the first fifth warms up and is left out; and the most statements
 *   that one took.
 */
async function route(
  database: Database,
  children: readonly ChildRecord[],
): Promise<{ readonly times: number[]; readonly statements: number }> {
  const times: number[] = [];
  let statements = 0;
  for (const child of children) {
    const now = new Date();
    await database.transaction(systemClaims, async (rows) => {
      const id = randomUUID();
      const submission = await rows.save(SubmissionRow, {
        id,
        organisation: "office",
        sender: "police",
        senderOrganisation: "unit",
        occurredAt: now,
        dueBy: new Date(now.getTime() + 86_400_000),
        receivedAt: now,
        progress: "DELIVERED" as const,
        seenAt: null,
        endedAt: null,
        municipality: null,
        sought: encryptSought(rows, "submission", id, { child, personId: null }),
      });
      const asked = countStatements(rows);
      const began = performance.now();
      await routeSubmission(rows, submission, escalation, now);
      times.push(performance.now() - began);
      statements = Math.max(statements, asked.count);
      if (!(await rows.existsBy(DeliveryRow, { submissionId: submission.id }))) throw new Error("Not routed");
    });
  }
  return { times: times.slice(times.length / 5), statements };
}

function someOf(registryUrl: string, count: number): Promise<ChildRecord[]> {
  const numbers = Array.from({ length: rounds * 1.25 }, () => `c${Math.floor(Math.random() * count)}`);
  return withClient(registryUrl, async (registry) => {
    const { rows } = await registry.query<ChildRecord>(
      `select bsn, voornamen as "givenName", achternaam as "familyName", geboortedatum::text as "birthDate"
       from registry.jeugdige where sleutel = any ($1)`,
      [numbers],
    );
    return rows;
  });
}
