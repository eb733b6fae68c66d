import { Client, Pool } from "pg";
import { importContacts } from "../imports/contacts/import.ts";
import { importSchoolDays } from "../imports/school-days/import.ts";
import type { DatabaseUrls } from "../system/databases.ts";
import { type Child, firstDay, type Region, type School, schoolOf } from "./region.ts";

/** How many rows go to the database at once. */
const batch = 5_000;

/** The keys of a school's people in its own exports. */
export const contactKey = "m1";
export const teacherKey = "m2";
export const deputyKey = "m3";

const noLongerEnrolled = "2026-08-01";
const farSite = "99ZZ00";

/** Writes the region into the registries that are there already: the schools' and the office's. */
export async function fillRegistries(school: DatabaseUrls, leerplicht: DatabaseUrls, region: Region): Promise<void> {
  await Promise.all([
    withRows(school.registryUrl, (insert) => fillSchools(insert, region)),
    withRows(leerplicht.registryUrl, (insert) => fillOffice(insert, region)),
  ]);
  await nameContacts(school.appUrl, region.schools);
}

type Insert = (sql: string, rows: readonly object[]) => Promise<void>;

async function withRows(url: string, work: (insert: Insert) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(async (sql, rows) => {
      for (let from = 0; from < rows.length; from += batch) {
        await client.query(sql, [JSON.stringify(rows.slice(from, from + batch))]);
      }
    });
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

/** Whose an e-mail address at a school is. */
export function personAt(address: string): { readonly schoolId: string; readonly key: string } {
  const [key = "", brin = ""] = address.split(/[@.]/);
  // The case of a domain is lost on the way.
  return { schoolId: `${brin.toUpperCase()}00`, key };
}

function siteOf({ id }: School) {
  return { brin: id.slice(0, 4), site: id.slice(4) };
}

function* childrenOf(region: Region): Generator<Child[]> {
  for (let from = 0; from < region.children; from += batch) {
    const length = Math.min(batch, region.children - from);
    yield Array.from({ length }, (_, place) => region.child(from + place));
  }
}

async function fillSchools(insert: Insert, region: Region): Promise<void> {
  const sites = region.schools.map((school) => ({ ...siteOf(school), name: school.name, deputy: school.hasDeputy }));
  await insert(
    `insert into registry.school (brincode, dependancecode, naam, schooljaar)
     select brin, site, name, '2026-2027' from jsonb_to_recordset($1) as x (brin text, site text, name text)`,
    sites,
  );
  await insert(
    `insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, roepnaam, emailadres, rollen)
     select brin, site, key, 'Medewerker', key, key || '@' || brin || '.example.nl', array[role]
     from jsonb_to_recordset($1) as x (brin text, site text, deputy boolean),
          (values ('${contactKey}', 'IB'), ('${teacherKey}', 'LRK'), ('${deputyKey}', 'ADJ')) as person (key, role)
     where deputy or key <> '${deputyKey}'`,
    sites,
  );
  for (const children of childrenOf(region)) {
    await insert(
      `insert into registry.leerling
         (brincode, dependancecode, sleutel, achternaam, voornamen, roepnaam, geboortedatum, bsn, instroomdatum, uitstroomdatum)
       select brin, site, key, "familyName", "givenName", "givenName", "birthDate", bsn, since, until
       from jsonb_to_recordset($1) as x (brin text, site text, key text, "familyName" text, "givenName" text,
         "birthDate" date, bsn text, since date, until date)`,
      children.flatMap(pupilsOf),
    );
  }
}

/** Where the schools' own systems have a child. */
function pupilsOf(child: Child): object[] {
  const at = (school: School, since: string | null = null, until: string | null = null) => ({
    ...child,
    ...siteOf(school),
    key: `p${child.number}`,
    since,
    until,
  });
  switch (child.circumstance) {
    case "moved":
      return [at(child.school, null, child.movesOn), at(child.otherSchool, child.movesOn)];
    case "left the school":
      // The school has not yet said so in its own system, and knows.
      return [at(child.school), at(child.otherSchool)];
    default: {
      const school = schoolOf(child, firstDay);
      return school === undefined ? [] : [at(school)];
    }
  }
}

async function fillOffice(insert: Insert, region: Region): Promise<void> {
  await insert(
    `with site as (
       insert into registry.onderwijsinstelling (brin, vestiging, naam, gemeentecode, deelname)
       select brin, site, name, municipality, participates
       from jsonb_to_recordset($1) as x (brin text, site text, name text, municipality text, participates boolean)
       returning brin, vestiging
     ), officer as (
       insert into registry.leerplichtambtenaar (naam, emailadres) values ('Ambtenaar', gen_random_uuid() || '@example.nl')
       returning ambtenaar_id
     ) insert into registry.ambtenaar_werkgebied select ambtenaar_id, brin, vestiging from officer, site`,
    region.schools.map((school) => ({ ...school, ...siteOf(school) })),
  );
  for (const children of childrenOf(region)) {
    await insert(
      `insert into registry.jeugdige (sleutel, bsn, achternaam, voornamen, roepnaam, geboortedatum, gemeentecode)
       select key, bsn, "familyName", "givenName", "givenName", "birthDate", municipality
       from jsonb_to_recordset($1) as x (key text, bsn text, "familyName" text, "givenName" text, "birthDate" date,
         municipality text)`,
      children.flatMap(youngPeopleOf),
    );
    await insert(
      `insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in, datum_uit)
       select jeugdige_id, brin, site, '2022-08-01', until
       from jsonb_to_recordset($1) as x (key text, brin text, site text, until date)
       join registry.jeugdige on sleutel = key`,
      children.flatMap(enrolmentsOf),
    );
  }
}

function youngPeopleOf(child: Child): object[] {
  const { circumstance, number, school } = child;
  if (circumstance === "unknown to the office") return [];
  const person = { ...child, key: `c${number}`, municipality: school.municipality };
  return circumstance === "namesake" ? [person, { ...person, key: `c${number}b` }] : [person];
}

/** Where the office has a child enrolled, on the first day of the year. */
function enrolmentsOf({ number, circumstance, school, otherSchool }: Child): object[] {
  const at = (id: string, until: string | null = null, key = `c${number}`) => ({
    key,
    brin: id.slice(0, 4),
    site: id.slice(4),
    until,
  });
  switch (circumstance) {
    case "enrolled":
    case "moved":
    case "unknown at the school":
    case "left the school":
      return [at(school.id)];
    case "two enrolments":
      return [at(school.id), at(otherSchool.id)];
    case "no enrolment":
      return [at(school.id, noLongerEnrolled)];
    case "namesake":
      return [at(school.id), at(otherSchool.id, null, `c${number}b`)];
    case "in another area":
      return [at(farSite)];
    case "unknown to the office":
      return [];
    default:
      return circumstance satisfies never;
  }
}

/** The office hears of a move with its weekly delivery, some days after the child has changed school. */
export async function deliverMoves(registryUrl: string, moved: readonly Child[]): Promise<void> {
  await withRows(registryUrl, async (insert) => {
    const moves = moved.map(({ number, otherSchool, movesOn }) => ({
      key: `c${number}`,
      ...siteOf(otherSchool),
      day: movesOn,
    }));
    await insert(
      `with move as (
         select jeugdige_id, move.* from jsonb_to_recordset($1) as move (key text, brin text, site text, day date)
         join registry.jeugdige on sleutel = key
       ), ended as (
         update registry.inschrijving set datum_uit = day from move
         where inschrijving.jeugdige_id = move.jeugdige_id and datum_uit is null returning 1
       ) insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in)
         select jeugdige_id, brin, site, day from move on conflict do nothing`,
      moves,
    );
  });
}

/** Contact persons and school days come by the imports that every school's files go through. */
async function nameContacts(url: string, schools: readonly School[]): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 2 });
  try {
    const options = { today: firstDay };
    const contacts = schools.flatMap(({ id, hasContact, hasDeputy }) => [
      ...(hasContact ? [`${id};${contactKey}`] : []),
      ...(hasContact && hasDeputy ? [`${id};${deputyKey}`] : []),
    ]);
    await importContacts(pool, source(["site;staff_key", ...contacts]), options);
    const days = schools.flatMap(({ id, holidays }, place) => [
      `region;${holidays};${id};;;;;`,
      ...(place % 3 === 0 ? [`free;;${id};${firstDay.slice(0, 4)}-0${1 + (place % 6)}-15;;;;`] : []),
      ...(place % 5 === 0 ? [`hours;;${id};;;12345;08:15;14:00`] : []),
    ]);
    const header = "kind;region;site;first_day;last_day;weekdays;first_bell;end_of_day";
    await importSchoolDays(pool, source([header, ...days]), options);
  } finally {
    await pool.end();
  }
}

function source(lines: readonly string[]) {
  return {
    bytes: (async function* () {
      yield Buffer.from(`${lines.join("\n")}\n`);
    })(),
  };
}
