import crypto, { createHash, randomBytes } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import type { Client } from "pg";
import { Identities, type Place } from "../../plumbing/identities/identities.ts";
import type { PartName } from "../../simulate/parts.ts";
import { replaceMethod } from "./replace-method.ts";

/*
 * In the system ids are drawn at random. Where rows are ordered by them, or cursors made of them, two worlds can be
 * compared to the byte only where both draw alike: so here such an id follows from what its reader knows anyhow, the pupil
 * and the moment of a signal, the place of an event in its stream. A default is replaced by a mark, and the mark by such
 * an id when the row is written. All other ids stay drawn by chance, and show that they are: in the process by being
 * remembered, in a database by the way they are drawn. What our code makes of something else has neither and stays as
 * it is; and a default that draws in another way than by chance is refused here.
 */

const mark = "00000000-0000-4000-8000-000000000000";

/** Which ids others see, by table, and what they follow from here (`new` is the row). */
const drawn: Readonly<Partial<Record<PartName, Readonly<Record<string, Readonly<Record<string, string>>>>>>> = {
  school: {
    signal: { pupil_id: pupilAndMoment("pupil") },
    contact_absence: { id: "concat(new.school_id, new.staff_key, new.first_day, new.last_day)" },
    school_own_days: { id: "concat(new.school_id, new.first_day, new.last_day, new.is_school)" },
    event: { id: placeIn("event", "stream") },
  },
  police: { incident: { id: placeIn("incident", "organisation") }, event: { id: placeIn("event", "stream") } },
  shelter: { incident: { id: placeIn("incident", "organisation") }, event: { id: placeIn("event", "stream") } },
};

/** Which other ids others see that a database draws. */
const drawnByChance: Readonly<Partial<Record<PartName, readonly (readonly [table: string, column: string])[]>>> = {
  school: [["circle_pupil", "pupil_id"]],
  shelter: [
    ["guidance", "id"],
    ["guided_child", "id"],
    ["conversation", "id"],
    ["support_action", "id"],
  ],
};

function pupilAndMoment(what: string): string {
  return `concat('${what}', new.school_id, new.raised_at, coalesce(new.pupil_digest,
    (select count(*) from care.signal where practice and school_id = new.school_id)::text))`;
}

/** Rows go in time, so their number would give a place twice. */
function placeIn(table: string, owner: string): string {
  return `concat('${table}', new.${owner}, care.next_place('${table}', new.${owner}))`;
}

/** Has a part's database draw its ids from a seed. @throws Error where the system draws one in another way than it should */
export async function drawFromSeed(admin: Client, part: PartName): Promise<void> {
  await admin.query(`
    create function care.drawn(about text) returns uuid language sql immutable
      as $$ select overlay(overlay(md5(about) placing '4' from 13) placing 'a' from 17)::uuid $$;
    create table care.drawn_place (what text, owner text, place int, primary key (what, owner));
    create function care.next_place(what text, owner text) returns int language sql security definer
      as $$ insert into care.drawn_place as drawn values (what, owner, 0)
        on conflict on constraint drawn_place_pkey do update set place = drawn.place + 1 returning place $$`);
  await drawByChance(admin, drawnByChance[part] ?? []);
  for (const [table, columns] of Object.entries(drawn[part] ?? {})) {
    for (const column of Object.keys(columns)) await replaceDefault(admin, table, column, `'${mark}'`);
    const draws = Object.entries(columns).map(
      ([column, about]) => `if new.${column} = '${mark}' then new.${column} := care.drawn(${about}); end if;`,
    );
    // Its name puts it after the trigger in which writers of events take their turns.
    await admin.query(`
      create function care.seed_${table}() returns trigger language plpgsql security definer
        as $$ begin ${draws.join(" ")} return new; end $$;
      create trigger seed_${table} before insert on care.${table} for each row execute function care.seed_${table}()`);
  }
  if (part === "police" || part === "shelter") await seedSentSignals(admin);
  if (part === "school") await seedSignals(admin);
}

/** A signal's id is drawn by the part, which encrypts the pupil for that one row: what it drew is kept, to be looked at. */
async function seedSignals(admin: Client): Promise<void> {
  await admin.query(`
    create table care.drawn_id (id uuid);
    create function care.seed_id() returns trigger language plpgsql security definer
      as $$ begin
        if not new.practice then insert into care.drawn_id values (new.id); end if;
        new.id := care.drawn(${pupilAndMoment("id")});
        return new;
      end $$;
    create trigger seed_id before insert on care.signal for each row execute function care.seed_id()`);
}

const drawnHere = new Set<string>();
let isWatching = false;
const key = randomBytes(16).toString("hex");

/** Whether an id was drawn by chance. */
export function isDrawn(id: string): boolean {
  return (
    drawnHere.has(id) || createHash("md5").update(id.slice(0, 24)).update(key).digest("hex").startsWith(id.slice(24))
  );
}

/** Forgets what was drawn in the process until now. */
export function forgetDrawn(): void {
  drawnHere.clear();
}

/**
 * From here on, in this process: ids that are drawn at random are remembered, and an encrypted pupil opens in a row of
 * another id, as signals get one.
 */
export function watchDrawing(): void {
  if (isWatching) return;
  isWatching = true;
  const draw = crypto.randomUUID;
  crypto.randomUUID = (...given) => {
    const id = draw(...given);
    drawnHere.add(id);
    return id;
  };
  syncBuiltinESMExports();
  globalThis.crypto.randomUUID = crypto.randomUUID;
  for (const name of ["encrypt", "decrypt"] as const) {
    replaceMethod(
      Identities.prototype,
      name,
      (original) =>
        function (place: Place, ...rest: unknown[]) {
          return original.call(this, place.table === "signal" ? { ...place, row: "" } : place, ...rest);
        },
    );
  }
}

/** Has a database draw these ids so that they show that they were drawn: the last digits are a digest of the others. */
async function drawByChance(admin: Client, columns: readonly (readonly [string, string])[]): Promise<void> {
  await admin.query(`
    create function care.drawn_by_chance() returns uuid language plpgsql volatile
      as $$ declare head text := left(gen_random_uuid()::text, 24); begin return (head || left(md5(head || '${key}'), 12))::uuid; end $$`);
  for (const [table, column] of columns) await replaceDefault(admin, table, column, "care.drawn_by_chance()");
}

async function replaceDefault(admin: Client, table: string, column: string, by: string): Promise<void> {
  const { rows } = await admin.query<{ column_default: string }>(
    `select column_default from information_schema.columns
     where table_schema = 'care' and table_name = $1 and column_name = $2`,
    [table, column],
  );
  if (rows[0]?.column_default !== "gen_random_uuid()") throw new Error(`${table}.${column} is not drawn at random`);
  await admin.query(`alter table care.${table} alter ${column} set default ${by}`);
}

/** The trigger on an agency's registry draws the id itself. */
async function seedSentSignals(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ text: string }>(
    "select pg_get_functiondef('care.raise_signal_of'::regproc) as text",
  );
  const [before, after, more] = (rows[0]?.text ?? "").split("gen_random_uuid()");
  if (before === undefined || after === undefined || more !== undefined)
    throw new Error("A sent signal's id is not drawn at random");
  await admin.query(
    `${before}care.drawn(sender || (select count(*) from care.sent_signal where organisation = sender))${after}`,
  );
}
