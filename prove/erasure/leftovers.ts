import { trace } from "@opentelemetry/api";
import { withClient } from "../../system/databases.ts";
import type { ErasableChild } from "./children.ts";
import type { ErasableSystem } from "./system.ts";

/** Something of a child that is left where nothing may be. */
export interface Leftover {
  readonly planted: string;
  /** In the place of a finding. */
  readonly place: RegExp;
  /** By what the child is found. */
  readonly by: string;
  plant(system: ErasableSystem, child: ErasableChild): Promise<void> | void;
}

type Part = "school" | "leerplicht" | "police" | "shelter";

async function run({ databases }: ErasableSystem, part: Part, sql: string, values: unknown[] = []) {
  await withClient(databases[part].adminUrl, (admin) => admin.query(sql, values));
}

const anEvent = "insert into care.event (stream, kind, subject) values ($1, 'RAISED', gen_random_uuid())";

/** Leftovers of different sorts: a search that misses one looks past it. */
export const leftovers: readonly Leftover[] = [
  {
    planted: "a name in a row of a table",
    place: /school: care.event/,
    by: "family name",
    plant: (system, { familyName }) => run(system, "school", anEvent, [`to ${familyName.toUpperCase()}`]),
  },
  {
    planted: "an encrypted child in the ledger",
    place: /leerplicht: care.submission, encrypted/,
    by: "BSN",
    async plant(system, { bsn }) {
      const id = crypto.randomUUID();
      const place = { table: "submission", column: "sought", row: id };
      const sought = system.parts.identities("leerplicht").encrypt(place, { child: { bsn }, personId: null });
      await run(
        system,
        "leerplicht",
        `insert into care.submission (id, organisation, sender, sender_organisation, received_at, progress, sought)
         values ($1, '', '', '', now(), 'SUPPORTED', $2)`,
        [id, sought],
      );
    },
  },
  {
    planted: "an encrypted child in the outbox",
    place: /police: care.outbox, encrypted/,
    by: "given name",
    async plant(system, { givenName }) {
      const id = crypto.randomUUID();
      const place = { table: "outbox", column: "encrypted", row: id };
      const text = system.parts.identities("police").encrypt(place, { child: { givenName } });
      const sql = "insert into care.outbox (id, kind, encrypted) values ($1, 'submitSignal', $2)";
      await run(system, "police", sql, [id, text]);
    },
  },
  {
    planted: "a child in a job of the queue",
    place: /school: graphile_worker/,
    by: "given name",
    plant: (system, { givenName }) =>
      run(system, "school", "select graphile_worker.add_job('erase', $1::json)", [JSON.stringify({ of: givenName })]),
  },
  {
    planted: "the pupil's number in the school's registry",
    place: /school: care.event/,
    by: "number in a registry",
    plant: (system, { numbers }) => run(system, "school", anEvent, [numbers.at(-1)]),
  },
  {
    planted: "a digest by which the pupil would be recognised",
    place: /school: care.event/,
    by: "recogniser",
    plant: (system, child) =>
      run(system, "school", anEvent, [system.parts.identities("school").digest("pupil", child.numbers.at(-1) ?? "")]),
  },
  {
    planted: "the key of a guided child, in what a parent was told",
    place: /shelter: care.event/,
    by: "recogniser",
    plant: (system, { clientKeys }) => run(system, "shelter", anEvent, [`parent:x:${clientKeys.at(-1)}`]),
  },
  {
    planted: "the place of a talk, encrypted",
    place: /shelter: care.conversation, encrypted/,
    by: "given name",
    async plant(system, { givenName }) {
      const id = crypto.randomUUID();
      const place = { table: "conversation", column: "place", row: id };
      const text = system.parts.identities("shelter").encrypt(place, `at ${givenName}'s`);
      await run(
        system,
        "shelter",
        `with guided as (
           insert into care.guidance (organisation, family_key, supporter_name) values ('', gen_random_uuid(), '') returning id
         ), child as (
           insert into care.guided_child (guidance, organisation, registry_key)
           select id, '', gen_random_uuid() from guided returning id, guidance
         )
         insert into care.conversation (id, guidance, child, organisation, school_id, kind, raised_by, place)
         select $1, guidance, id, '', '', 'OTHER', 'SCHOOL', $2 from child`,
        [id, text],
      );
    },
  },
  {
    planted: "a birth date, written another way",
    place: /what is said of tables/,
    by: "birth date",
    plant: (system, { birthDate }) =>
      run(system, "leerplicht", `comment on table care.delivery is '${birthDate.split("-").reverse().join("-")}'`),
  },
  {
    planted: "a sample that PostgreSQL keeps of rows that are gone",
    place: /police: what is said of tables/,
    by: "family name",
    async plant(system, { familyName }) {
      const sql =
        "insert into care.event (stream, kind, subject) select $1, 'x', gen_random_uuid() from generate_series(1, 50)";
      await run(system, "police", sql, [familyName]);
      await run(system, "police", "analyze care.event");
      await run(system, "police", "delete from care.event where kind = 'x'");
    },
  },
  {
    planted: "a number in bytes",
    place: /police: care.receipt/,
    by: "BSN in hexadecimal",
    plant: (system, { bsn }) =>
      run(
        system,
        "police",
        "insert into care.receipt (organisation, key_digest, digest) values ('', gen_random_uuid()::text, convert_to($1, 'UTF8'))",
        [bsn],
      ),
  },
  {
    planted: "a name in a part's log",
    place: /a log/,
    by: "given name",
    plant: ({ log }, { givenName }) => log.warn({ child: givenName }, "planted"),
  },
  {
    planted: "a name in a trace",
    place: /a trace/,
    by: "family name",
    plant: (_, { familyName }) =>
      trace.getTracer("planted").startSpan("planted").setAttribute("child", familyName).end(),
  },
  {
    planted: "a name in a mail, encoded",
    place: /a mail/,
    by: "given name in base64",
    plant: ({ written }, { givenName }) =>
      void written.push({ place: "a mail", text: Buffer.from(`About ${givenName} today`).toString("base64") }),
  },
  {
    planted: "a number in PostgreSQL's log",
    place: /PostgreSQL's log/,
    by: "BSN",
    plant: (system, { bsn }) => run(system, "school", `do $$ begin raise warning 'about %', '${bsn}'; end $$`),
  },
];
