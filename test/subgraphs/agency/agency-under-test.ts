import { Client } from "pg";
import type { Clock } from "../../../plumbing/clock.ts";
import type { DatabaseDefinition } from "../../../plumbing/migrations.ts";
import type { Subgraph } from "../../../plumbing/subgraph.ts";
import type { AgencyContext } from "../../../subgraphs/agency/context.ts";
import type { AgencySettings } from "../../../subgraphs/agency/settings.ts";
import { withClient } from "../../../system/databases.ts";
import { type Answer, startTestSubgraph, type TestSubgraph } from "../../subgraph.ts";

/** One agency, as the sentences that hold of every agency need it. */
export interface AgencyUnderTest {
  readonly party: string;
  readonly subgraph: Subgraph<AgencyContext, AgencySettings>;
  readonly definition: DatabaseDefinition;
  /** A unit that the stand-in registry holds. */
  readonly organisation: string;
  /** SQL, run by the registry's role, after which there is a second unit of `otherOrganisation`. */
  readonly secondUnit?: string;
  readonly otherOrganisation: string;
  /** The table that a child's row is written to, which has the trigger. */
  readonly childTable: string;
  /** SQL by which the existing system makes the latest person a child, or no child; and puts the latest incident in scope. */
  readonly becomesChild: string;
  readonly becomesOther: string;
  readonly becomesInScope: string;
  /** Writes an incident and one person as the existing system does, in plain SQL. */
  insertRow(registry: Client, row: RegistryRow): Promise<void>;
}

/** A person in an incident, in nobody's particular columns. */
export interface RegistryRow {
  readonly classInScope: boolean;
  readonly isChild: boolean;
  readonly occurredAt: Date;
  readonly bsn: string | null;
  readonly givenName: string | null;
  readonly prefix: string | null;
  readonly familyName: string | null;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
}

export interface RunningAgency extends TestSubgraph {
  /** Asks as a caller of the first unit, or of `organisation`, who may do all that the party may. */
  asUnit(query: string, variables?: Record<string, unknown>, organisation?: string): Promise<Answer>;
  readonly caller: { readonly party: string; readonly organisation: string; readonly scope: string };
  /** Works as the existing system does, past our API. */
  registry<T>(work: (registry: Client) => Promise<T>): Promise<T>;
  /** Resolves once its organisation's subscribers can be told that a signal went so far. */
  went(id: string, progress: string): Promise<void>;
  /** Reads as the superuser, whom row-level security does not hold. */
  rows(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export async function startAgency(agency: AgencyUnderTest, clock?: Clock): Promise<RunningAgency> {
  await using stack = new AsyncDisposableStack();
  const running = stack.use(await startTestSubgraph(agency.subgraph, agency.definition, clock));
  const { registryUrl, adminUrl } = running.database;
  const { secondUnit, organisation, party } = agency;
  if (secondUnit !== undefined) await withClient(registryUrl, (registry) => registry.query(secondUnit));
  const admin = stack.adopt(new Client({ connectionString: adminUrl }), (client) => client.end());
  await admin.connect();
  await admin.query("listen care_event");
  const rows = async (sql: string, values?: unknown[]) => (await admin.query(sql, values)).rows;
  const caller = { party, organisation, scope: "incidents:report signals:read" };
  const opened = stack.move();
  return {
    ...running,
    caller,
    asUnit: (query, variables, unit = organisation) => running.ask({ ...caller, organisation: unit }, query, variables),
    registry: (work) => withClient(registryUrl, work),
    async went(id, progress) {
      for (;;) {
        const heard = new Promise((resolve) => admin.once("notification", resolve));
        const told = await rows("select from care.event where subject = $1 and kind = $2", [id, progress]);
        if (told.length > 0) return;
        await heard;
      }
    },
    rows,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Valid numbers of the series that is nobody's. */
export const bsns = ["999990019", "999993653", "999994669"] as const;

export const reportIncident = `mutation ($input: ReportIncidentInput!) {
  reportIncident(input: $input) {
    __typename
    ... on IncidentReported {
      replayed
      incident { id reference occurredAt category reportedAt signals { id } }
      signals { id progress sentAt dueBy }
    }
    ... on InvalidInput { code problems { path code } }
    ... on IdempotencyConflict { conflict: code }
  }
}`;

let keys = 0;

/** A sound report under a key of its own. */
export function report(changes: Record<string, unknown> = {}): Record<string, unknown> {
  keys += 1;
  return {
    idempotencyKey: `key ${keys}`,
    reference: "2026-4711",
    occurredAt: hoursAgo(1).toISOString(),
    category: "DOMESTIC_VIOLENCE",
    children: [{ bsn: bsns[0] }],
    ...changes,
  };
}

export function hoursAgo(hours: number): Date {
  return new Date(Date.now() - hours * 3_600_000);
}

/** A row of the existing system that raises a signal. */
export function registryRow(changes: Partial<RegistryRow> = {}): RegistryRow {
  return {
    classInScope: true,
    isChild: true,
    occurredAt: hoursAgo(2),
    bsn: bsns[1],
    givenName: "Noor",
    prefix: "van der",
    familyName: "Veld",
    birthDate: "2017-03-04",
    ...changes,
  };
}
