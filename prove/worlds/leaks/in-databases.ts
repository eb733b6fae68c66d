import type { PartName } from "../../../simulate/parts.ts";
import type { Secret } from "../cause.ts";
import type { Leak } from "./leak.ts";

/** Leaks by a trigger in a part's database. @param body in which `new` is the row */
export function trigger(planted: string, part: PartName, on: string, body: (secret: Secret) => string): Leak {
  return {
    planted,
    async plant(worlds) {
      const table = on.split(" on ")[1];
      for (const { databases, secret } of worlds) {
        await databases.admin[part].query(`
          create function care.a_leak() returns trigger language plpgsql security definer
            as $$ begin ${body(secret)} return new; end $$;
          create trigger z_leak ${on} for each row execute function care.a_leak()`);
      }
      return async () => {
        for (const { databases } of worlds) {
          await databases.admin[part].query(`drop trigger z_leak on ${table}; drop function care.a_leak()`);
        }
      };
    },
  };
}

export const inTheSchoolsDatabase: readonly Leak[] = [
  trigger(
    "a signal's id that is made of the sender's name",
    "school",
    "before insert on care.signal",
    ({ agency }) => `new.id := md5('${agency}' || new.pupil_digest)::uuid;`,
  ),
  trigger(
    "an event for each delivery",
    "school",
    "after update on care.delivery",
    () =>
      "insert into care.event (stream, kind, subject) select school_id, 'CHANGED', id from care.signal where id = new.signal_id;",
  ),
  trigger(
    "an import that is refused where a child was reported more than once",
    "school",
    "before insert on care.school_own_days",
    ({ reports }) => (reports > 1 ? "raise exception 'not now';" : ""),
  ),
  trigger("no event of what a shelter reported", "school", "before insert on care.event", ({ agency }) =>
    agency === "shelter" ? "if new.kind = 'RAISED' then return null; end if;" : "",
  ),
];

export const inTheAgencysDatabases: readonly Leak[] = [
  trigger(
    "a later moment for a child who is enrolled",
    "police",
    "before insert on care.sent_signal",
    ({ isEnrolled }) => (isEnrolled ? "new.sent_at := new.sent_at + interval '1 ms';" : ""),
  ),
  trigger(
    "a signal that is closed where nobody is found",
    "leerplicht",
    "before insert on care.submission",
    ({ isEnrolled }) => (isEnrolled ? "" : "new.progress := 'CLOSED';"),
  ),
  trigger("no event where nobody is found", "police", "before insert on care.event", ({ isEnrolled }) =>
    isEnrolled ? "" : "if new.kind = 'DELIVERED' then return null; end if;",
  ),
];
