import { randomUUID } from "node:crypto";
import { expect } from "@jest/globals";
import type { TestClaims } from "../../keys.ts";
import type { Json } from "../../subgraph.ts";
import { until } from "../../until.ts";
import { type OfficeUnderTest, officer, startOffice } from "./office-under-test.ts";

export const shelterPart: TestClaims = { party: "service", organisation: "shelter" };

/** What a school's part answers that is told of a circle. */
type CircleAnswer = "opens it" | "PUPIL_UNKNOWN_AT_SCHOOL";

/** An enrolment of a child: at which site, from which day, and until which. */
export type Enrolled = readonly [schoolId: string, from: string, until?: string];

/** An office that looks for the schools of support circles, on a clock that the test sets. */
export interface SearchesUnderTest extends AsyncDisposable {
  readonly office: OfficeUnderTest;
  /** What schools answer from now on. */
  circleAnswer: CircleAnswer;
  /** Asks for the school of a child, as the shelter's part does. @returns the search's id. */
  find(child: Json, schoolId?: string): Promise<string>;
  end(search: string): Promise<void>;
  /** A child of the registry with these enrolments, by name and birth date. */
  child(...enrolments: readonly Enrolled[]): Promise<Json>;
  /** The registry's enrolments of a child are these from now on. */
  enrol(child: Json, ...enrolments: readonly Enrolled[]): Promise<void>;
  /** Looks again at a moment, as the job does that is due by then. @returns when the job was due. */
  night(search: string, moment: string): Promise<Date | undefined>;
  /** The school that is in now, as it was told; null where none is. */
  schoolOf(search: string): Promise<string | null>;
  /** Every school that was ever told of this child. */
  told(child: Json): Promise<string[]>;
  /** What the asking part was told: each school, or null for none. */
  news(search: string): Promise<(string | null)[]>;
  /** The task of a search, the open one unless it is said, as an officer reads it. */
  taskOf(search: string, open?: boolean): Promise<Json>;
  /** A gesture of an officer's on a task. */
  gesture(name: "routeToSchool" | "closeRoutingTask", input: Json): Promise<Json>;
}

export async function startSearches(): Promise<SearchesUnderTest> {
  const office = await startOffice();
  const settings: { circleAnswer: CircleAnswer } = { circleAnswer: "opens it" };
  const { hops } = office.part;
  hops.answer = (document) => {
    if (!document.includes("openCircle")) return {};
    const { circleAnswer: code } = settings;
    if (code === "opens it") return { openCircle: { __typename: "CircleOpened", circleKey: randomUUID() } };
    return { openCircle: { __typename: "CircleNotOpened", code } };
  };
  const sent = async (kind: string): Promise<Json[]> => {
    await office.settled();
    return hops.sent.filter(({ document }) => document.includes(`${kind}(`)).map(({ input }) => input);
  };
  const asShelter = async (door: string, type: string, input: Json): Promise<void> => {
    const { errors } = await office.part.ask(
      shelterPart,
      `mutation ($input: ${type}!) { ${door}(input: $input) { accepted } }`,
      { input },
    );
    expect(errors).toBeUndefined();
  };
  const enrol = async ({ familyName }: Json, enrolments: readonly Enrolled[]): Promise<void> => {
    await office.query(
      "delete from registry.inschrijving using registry.jeugdige where achternaam = $1 and inschrijving.jeugdige_id = jeugdige.jeugdige_id",
      [familyName],
    );
    for (const [schoolId, from, end = null] of enrolments) {
      await office.query(
        `insert into registry.inschrijving (jeugdige_id, brin, vestiging, datum_in, datum_uit)
         select jeugdige_id, $2, $3, $4, $5 from registry.jeugdige where achternaam = $1`,
        [familyName, schoolId.slice(0, 4), schoolId.slice(4), from, end],
      );
    }
  };
  return Object.assign(settings, {
    office,
    async find(child: Json, schoolId?: string) {
      const id = randomUUID();
      await asShelter("findSchool", "FindSchoolInput", { id, child, ...(schoolId === undefined ? {} : { schoolId }) });
      await office.settled();
      return id;
    },
    end: (id: string) => asShelter("endSearch", "EndSearchInput", { id }),
    async child(...enrolments: readonly Enrolled[]) {
      const familyName = `Kind ${randomUUID()}`;
      const child = { givenName: "Sam", familyName, birthDate: "2016-09-09" };
      await office.query(
        "insert into registry.jeugdige (sleutel, achternaam, voornamen, geboortedatum) values ($1, $1, 'Sam', '2016-09-09')",
        [familyName],
      );
      await enrol(child, enrolments);
      return child;
    },
    enrol: (child: Json, ...enrolments: readonly Enrolled[]) => enrol(child, enrolments),
    async night(search: string, moment: string) {
      const key = `circle search:${search}`;
      const due = await office.timeOf(key);
      office.now = new Date(moment);
      await office.query(
        "select graphile_worker.add_job('followEnrolment', json_build_object('id', $1::text), job_key := $2)",
        [search, key],
      );
      await until("the night's job", async () => ((await office.timeOf(key)) ?? new Date(0)) > office.now);
      await office.settled();
      return due;
    },
    async schoolOf(search: string) {
      await office.settled();
      const [row] = await office.query<Json>("select school_id from care.circle_search where id = $1", [search]);
      return row.school_id;
    },
    told: async ({ familyName }: Json) =>
      (await sent("openCircle")).flatMap(({ schoolId, child }) => (child.familyName === familyName ? schoolId : [])),
    news: async (search: string) =>
      (await sent("recordSchool")).flatMap(({ id, found }) => (id === search ? [found?.schoolId ?? null] : [])),
    async taskOf(search: string, open = true) {
      await office.settled();
      const [row] = await office.query<Json>(
        `select id from care.routing_task where circle_search_id = $1 and (closed_at is null) = $2`,
        [search, open],
      );
      if (row === undefined) return undefined;
      const { data } = await office.part.ask(
        officer,
        `{ routingTask(id: "${row.id}") { id reason outcome school { id } candidates { school { id } } } }`,
      );
      return data.routingTask;
    },
    async gesture(name: string, input: Json) {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const more = name === "routeToSchool" ? "... on SchoolNotAvailable { code }" : "";
      const document = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ${more} } }`;
      const { data } = await office.part.ask(officer, document, { input });
      return data[name];
    },
    [Symbol.asyncDispose]: () => office[Symbol.asyncDispose](),
  });
}
