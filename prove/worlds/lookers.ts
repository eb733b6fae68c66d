import { personas } from "../../system/personas.ts";
import { sites } from "./region.ts";
import { shelters } from "./shelters.ts";

/** Somebody who looks on, by what their token says; `expired` stands in the past. */
export interface Looker {
  readonly party: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

const reading = "signals:read circles:read";
const contacting = "signals:read signals:handle circles:read conversations:manage";

function atSchool(sub: string, schools: readonly string[], scope: string | undefined, more = {}): Looker {
  return { party: "school", claims: { sub, party: "school", organisation: sub, schools, scope, ...more } };
}

function atAgency(party: string, organisation: string, scope: string): Looker {
  return { party, claims: { sub: `at ${party}`, party, organisation, scope } };
}

/** A contact person of each observed school, by its place in `sites`. */
export const contacts: readonly string[] = sites.map((_, place) => `contact ${place}`);

/** Which contact person is at a school. */
export function contactOf(place: number): string {
  return contacts[place] ?? "";
}

const [site = ""] = sites;
const operator = personas.find(({ party }) => party === "operator");

/** Who looks on, by name. */
export const lookers: Readonly<Record<string, Looker>> = {
  ...Object.fromEntries(sites.map((at, place) => [contactOf(place), atSchool(contactOf(place), [at], contacting)])),
  teacher: atSchool("teacher", [site], contacting, { role: "teacher", staffMember: "m2" }),
  vendor: atSchool("vendor", sites, reading),
  "no scope": atSchool("contact 0", [site], undefined),
  expired: atSchool("contact 0", [site], contacting),
  agency: atAgency("police", "00000099000000001000", "incidents:report signals:read"),
  worker: atAgency("shelter", shelters.looking, "incidents:report signals:read guidance:manage conversations:manage"),
  operator: { party: "operator", claims: { sub: "operator", ...operator } },
};

/** Somebody without any token. */
export const nobody = "nobody";

/** What a token of somebody says who is in no contract, or in the one of their party. */
export function partyOf(who: string): string {
  return lookers[who]?.party ?? "school";
}
