import type { DatabaseUrls } from "../../system/databases.ts";
import { withClient } from "../../system/databases.ts";
import { Canaries } from "../fuzz/canaries.ts";
import type { Random } from "../random.ts";

/** A made-up child, with all by which somebody could recognise it. */
export interface ErasableChild {
  readonly bsn: string;
  readonly givenName: string;
  readonly familyName: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** Its key in the exports of a school and of Leerplicht. */
  readonly key: string;
  /** Its number in Leerplicht's registry, and in that of each school that has it. */
  readonly numbers: string[];
  /** Its keys in the shelter's registry: by them it is recognised for as long as its family is guided. */
  readonly clientKeys: string[];
}

/** Makes children of whom no name, number or day of birth is another's, or stands anywhere by chance. */
export class ErasableChildren {
  readonly all: ErasableChild[] = [];
  readonly #canaries: Canaries;

  constructor(random: Random) {
    this.#canaries = new Canaries(random);
  }

  make(): ErasableChild {
    const place = this.all.length;
    // The lists of BSNs to test with are short: a number is given once.
    let bsn = this.#canaries.bsn();
    while (this.all.some((child) => child.bsn === bsn)) bsn = this.#canaries.bsn();
    const child = {
      bsn,
      givenName: this.#canaries.name(),
      familyName: this.#canaries.name(),
      birthDate: new Date(Date.UTC(2011, 0, 2) + place * 86_400_000).toISOString().slice(0, 10),
      key: this.#canaries.name(),
      numbers: [],
      clientKeys: [],
    };
    this.all.push(child);
    return child;
  }
}

/** Numbers from here on are long enough to be found, and not to be found by chance. */
const firstNumber = 712_345_678_901;

/** Sets up what both registries hold besides children, and who is a contact person. `sites` are of institutions of one site, such as `97AA00`. */
export async function openRegistries(
  school: DatabaseUrls & { readonly adminUrl: string },
  leerplicht: DatabaseUrls,
  sites: readonly string[],
): Promise<void> {
  await withClient(school.adminUrl, (admin) =>
    admin.query("insert into care.contact_person (school_id, staff_key) select unnest($1::text[]), 'contact'", [sites]),
  );
  await withClient(school.registryUrl, async (registry) => {
    await registry.query(`alter table registry.leerling alter leerlingnummer restart with ${firstNumber}`);
    for (const site of sites) {
      const brin = site.slice(0, 4);
      await registry.query(
        `insert into registry.school (brincode, dependancecode, naam, schooljaar) values ('${brin}', '00', 'School', '2026-2027')`,
      );
      await registry.query(
        `insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, emailadres) values
           ('${brin}', '00', 'contact', 'Bakker', 'contact@example.nl'), ('${brin}', '00', 'teacher', 'Smit', null)`,
      );
    }
  });
  await withClient(leerplicht.registryUrl, async (registry) => {
    await registry.query(`alter table registry.jeugdige alter jeugdige_id restart with ${2 * firstNumber}`);
    await registry.query(
      "insert into registry.leerplichtambtenaar (naam, emailadres) values ('R. Visser', 'v@example.nl')",
    );
    for (const site of sites) {
      const values = [site.slice(0, 4)];
      await registry.query(
        `insert into registry.onderwijsinstelling (brin, vestiging, naam, gemeentecode, deelname)
         values ($1, '00', 'School', '9901', true)`,
        values,
      );
      await registry.query("insert into registry.ambtenaar_werkgebied values (1, $1, '00')", values);
    }
  });
}

/** Enrols a child: as Leerplicht knows it, at one site, and as the schools do, at any. */
export async function enrol(
  school: DatabaseUrls,
  leerplicht: DatabaseUrls,
  child: ErasableChild,
  { at, known }: { readonly at: string; readonly known: readonly string[] },
): Promise<void> {
  const { key, familyName, givenName, birthDate, bsn } = child;
  const person = [key, familyName, givenName, birthDate, bsn];
  await withClient(leerplicht.registryUrl, async (registry) => {
    const { rows } = await registry.query(
      `insert into registry.jeugdige (sleutel, achternaam, roepnaam, geboortedatum, bsn)
       values ($1, $2, $3, $4, $5) returning jeugdige_id as number`,
      person,
    );
    child.numbers.push(rows[0].number);
    await registry.query(
      "insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in) values ($1, $2, '00', '2020-08-01')",
      [rows[0].number, at.slice(0, 4)],
    );
  });
  await withClient(school.registryUrl, async (registry) => {
    for (const site of known) {
      const { rows } = await registry.query(
        `insert into registry.leerling (sleutel, achternaam, roepnaam, geboortedatum, bsn, brincode, dependancecode)
         values ($1, $2, $3, $4, $5, $6, '00') returning leerlingnummer as number`,
        [...person, site.slice(0, 4)],
      );
      child.numbers.push(rows[0].number);
    }
  });
}
