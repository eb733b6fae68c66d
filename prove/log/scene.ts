import type { Answer, Caller, PartName } from "../../simulate/parts.ts";
import { consent, ensureGuided } from "../worlds/guidance.ts";
import type { Guided, OneWorld } from "../worlds/one-world.ts";
import { describe, observedChildren, sites, strangers } from "../worlds/region.ts";
import { registryKey, shelters } from "../worlds/shelters.ts";

const hour = 3_600_000;

/** The agencies' parts, and whom their first caller acts for. */
export const agencies = {
  police: "00000099000000001000",
  shelter: shelters.hidden,
  crisis: "00000099000000011000",
} as const;

export type AgencyName = keyof typeof agencies;

/** The one site at which most things happen. */
export const [site = ""] = sites;

const report = `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
  __typename ... on IncidentReported { signals { id } } } }`;

/** A child who is in guidance, with a consent. */
export interface Agreed extends Guided {
  readonly consent: string;
}

/** What deeds need to be there before they can be done, made in one world. */
export class Scene {
  readonly world: OneWorld;
  #children = 0;
  #keys = 0;
  #guided = 0;

  constructor(world: OneWorld) {
    this.world = world;
  }

  /** Another child who is at one of the schools, each in turn. @returns its number */
  child(): number {
    const number = observedChildren[this.#children % observedChildren.length] ?? 0;
    this.#children += 1;
    return number;
  }

  /** A text, or a number, that there was not before; the numbers grow. */
  key(): string {
    this.#keys += 1;
    return String(this.#keys);
  }

  ask(part: PartName, caller: Caller, query: string, variables?: Record<string, unknown>): Promise<Answer> {
    return this.world.ask(part, caller, query, variables);
  }

  /** As one part speaks to another. @param answer what is asked of what it answers */
  async tell(part: PartName, sender: PartName, door: string, input: object, answer = "accepted"): Promise<Answer> {
    const type = `${door.charAt(0).toUpperCase()}${door.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${door}(input: $input) { ${answer} } }`;
    const told = await this.ask(part, { party: "service", organisation: sender }, document, { input });
    return told[door];
  }

  /** The one value of a row that a query finds in a part's database. */
  async find(part: PartName, sql: string, values: unknown[] = []): Promise<string> {
    const { rows } = await this.world.databases.admin[part].query<{ value: string }>(sql, values);
    const [row] = rows;
    if (row === undefined) throw new Error(`The ${part} has not what a deed is about: ${sql}`);
    return row.value;
  }

  async entriesOf(part: PartName): Promise<number> {
    return Number(await this.find(part, "select count(*)::text as value from care.processing"));
  }

  /** Reports one child. @returns the id of the signal that was sent */
  async report(party: AgencyName, number: number, key = this.key()): Promise<string> {
    const caller = { party, organisation: agencies[party], scope: "incidents:report" };
    const input = {
      idempotencyKey: `log ${key}`,
      occurredAt: new Date(this.world.clock.now().getTime() - hour).toISOString(),
      category: "OTHER",
      children: [describe(this.world.region.child(number), true)],
    };
    const { reportIncident } = await this.ask(party, caller, report, { input });
    return reportIncident.signals[0].id;
  }

  /** The same, once all that comes of it has come. */
  async reported(party: AgencyName, number = this.child()): Promise<string> {
    const id = await this.report(party, number);
    await this.world.settle();
    return id;
  }

  /** A child as one part describes it to another. */
  identity(number: number): object {
    const { bsn, givenName, familyName, birthDate } = this.world.region.child(number);
    return { bsn, givenName, familyName, birthDate };
  }

  /** Somebody whom the office does not know, so that an officer has to look. */
  unknown(): number {
    const { region } = this.world;
    const unknown = strangers.find((number) => region.child(number).circumstance === "unknown to the office");
    if (unknown === undefined) throw new Error("The office knows everybody");
    return unknown;
  }

  /** A child whose family is not in guidance yet. @returns its number */
  unguided(): number {
    const number = observedChildren.at(-1 - this.#guided);
    if (number === undefined) throw new Error("Every family is in guidance");
    this.#guided += 1;
    return number;
  }

  guided(): Promise<Guided> {
    return ensureGuided(this.world, this.unguided());
  }

  /** A child for whom a parent has consented; no school is looked for yet. */
  async agreed(): Promise<Agreed> {
    const guided = await this.guided();
    return { ...guided, consent: await consent(this.world, guided.number, { covers: [] }) };
  }

  /** A child with a support circle that stands. @returns the id of the circle, too */
  async circle(): Promise<Agreed & { readonly circle: string }> {
    const agreed = await this.agreed();
    await this.world.settle();
    const circle = await this.find(
      "shelter",
      "select id as value from care.circle where child = $1 and circle_key is not null",
      [agreed.child],
    );
    return { ...agreed, circle };
  }

  parentOf({ number }: Guided): string {
    return registryKey("parent", number);
  }
}
