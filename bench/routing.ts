import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { Config } from "../plumbing/config.ts";
import { openDatabase, systemClaims } from "../plumbing/database.ts";
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
import { provisionDatabase, withClient } from "../system/databases.ts";
import { freePort } from "../system/ports.ts";
import { startPostgres } from "../system/postgres.ts";
import { quantile, temporaryFolder } from "./own-system.ts";

/*
 * npm run bench -- routing [PUPILS…]: how long it takes to find the school of one child and to put its signal on the way,
 * with so many children enrolled (10,000 and 2,400,000). In a PostgreSQL of its own. The children are made up.
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

const counts = process.argv.slice(2).map(Number);
const rounds = 500;
const escalation = { leadMinutes: 60, callingHours: { opens: "07:30", closes: "17:30" } };
const password = (): string => randomBytes(12).toString("base64url");

await using folder = await temporaryFolder();
await using postgres = await startPostgres({
  directory: join(folder.path, "postgres"),
  port: await freePort(),
  password: password(),
  throwaway: true,
});
const urls = await provisionDatabase(postgres.url, leerplichtDatabase, {
  owner: password(),
  registry: password(),
  app: password(),
});
const keys = readIdentityKeys(new Config({ IDENTITY_KEYS: makeIdentityKey(new Date()) }));
await using database = await openDatabase(
  urls.appUrl,
  [...registryEntities, SubmissionRow, DeliveryRow, RoutingTaskRow] as never[],
  undefined,
  new Identities("leerplicht", () => keys, password()),
);

let enrolled = 0;
for (const pupils of counts.length > 0 ? counts : [10_000, 2_400_000]) {
  await withClient(urls.registryUrl, async (registry) => {
    await registry.query(enrol, [enrolled, pupils - 1]);
    await registry.query("vacuum analyze");
  });
  enrolled = pupils;
  for (const by of ["BSN", "name and birth date"] as const) {
    await measure(pupils, by, rounds / 5);
    const times = await measure(pupils, by, rounds);
    const [p50, p99] = [0.5, 0.99].map((share) => quantile(times, share).toFixed(2));
    console.log(`${pupils.toLocaleString("en")} children, by ${by}: p50 ${p50} ms, p99 ${p99} ms`);
  }
}

async function measure(pupils: number, by: "BSN" | "name and birth date", count: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const child = await someone(Math.floor(Math.random() * pupils), by);
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
        sought: encryptSought(rows, id, { child, personId: null }),
      });
      const began = performance.now();
      await routeSubmission(rows, submission, escalation, now);
      times.push(performance.now() - began);
    });
  }
  const [found] = await withClient(urls.ownerUrl, async (owner) => {
    await owner.query("select set_config('app.claims', $1, false)", [JSON.stringify(systemClaims)]);
    return (await owner.query<{ sent: number }>("select count(*)::int as sent from care.delivery")).rows;
  });
  if ((found?.sent ?? 0) < count) throw new Error("Signals were not routed");
  return times;
}

function someone(number: number, by: "BSN" | "name and birth date"): Promise<ChildRecord> {
  return withClient(urls.registryUrl, async (registry) => {
    const { rows } = await registry.query<ChildRecord>(
      `select bsn, voornamen as "givenName", achternaam as "familyName", geboortedatum::text as "birthDate"
       from registry.jeugdige where sleutel = $1`,
      [`c${number}`],
    );
    const [child] = rows;
    if (child === undefined) throw new Error("A child is not enrolled");
    return by === "BSN" ? child : { ...child, bsn: null };
  });
}
