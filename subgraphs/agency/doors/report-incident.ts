import { randomUUID } from "node:crypto";
import { Arg, type ClassType, Ctx, Directive, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import type { Claims } from "../../../plumbing/claims.ts";
import { actAsSystem, confirmRead } from "../../../plumbing/database.ts";
import { completeDrafts } from "../../../plumbing/outbox.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import { checkReport, isIdempotencyKey } from "../decisions/check-report.ts";
import type { GivenReport } from "../decisions/incident-report.ts";
import type { ReportProblem } from "../decisions/problem.ts";
import { reportDigest } from "../decisions/report-digest.ts";
import { agencyHops } from "../hops/hops.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import type { Incident } from "../schema/incident.ts";
import { ReportIncidentInput } from "../schema/report-incident-input.ts";
import type {
  IdempotencyConflict,
  IncidentReported,
  InvalidInput,
  ReportIncidentResult,
} from "../schema/report-incident-result.ts";
import type { SentSignal } from "../schema/sent-signal.ts";
import { reporting } from "../scopes.ts";
import type { IncidentHandle } from "../store/entities.ts";
import { findIncident, incidentOfRegistry } from "../store/incidents.ts";
import { recordReport, recordSignals } from "../store/processing.ts";
import { completeReceipt, findReceipt, type Receipt, type ReceiptKey, takeKey } from "../store/receipts.ts";
import { sentSignalsOf } from "../store/sent-signals.ts";

export function reportIncidentDoor({ party, registry }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class ReportIncident {
    @Mutation(() => types.reportIncidentResult, {
      description:
        "Reports an incident: for each child a signal goes on its way to the child's school. Safe to repeat under the same key.",
    })
    @Directive("@shareable")
    @Allow([party], reporting)
    async reportIncident(
      @Arg("input", () => ReportIncidentInput) given: ReportIncidentInput,
      @Ctx() { claims, clock, config, database }: AgencyContext,
    ): Promise<ReportIncidentResult> {
      const { organisation } = claims;
      if (organisation === undefined) return organisationUnknown;
      const checked = checkReport(given, clock.now());
      const key: ReceiptKey = { organisation, idempotencyKey: given.idempotencyKey };
      const digest = reportDigest(given, config.pseudonymKey);
      return database.transaction(claims, async (rows) => {
        // Before the checks: a repeat may come on a day on which it would no longer pass them.
        const earlier =
          given.dryRun || !isIdempotencyKey(key.idempotencyKey) ? undefined : await findReceipt(rows, key);
        if (earlier) return repeat(rows, claims, earlier, given, digest);
        if ("problems" in checked) return invalid(checked.problems);
        if (!(await registry.hasOrganisation(rows, organisation))) return organisationUnknown;
        if (given.dryRun) return rehearsal(given, clock.now());
        if (!(await takeKey(rows, key, digest)))
          return repeat(rows, claims, await findReceipt(rows, key), given, digest);
        const registryKey = await registry.write(rows, checked.report, organisation);
        const incident = await incidentOfRegistry(rows, registryKey);
        const signals = incident ? await sentSignalsOf(rows, [incident.id]) : [];
        if (incident === null || signals.length !== given.children.length) {
          throw new Error("The trigger on the registry did not raise a signal for each child");
        }
        await completeReceipt(rows, key, incident.id);
        await recordReport(rows, { claims, config }, checked.report.children, signals);
        await actAsSystem(rows);
        await completeDrafts(
          rows,
          agencyHops(config.pseudonymKey),
          signals.map(({ id }) => id),
          clock.now(),
        );
        return reported(given, incident, signals, false);
      });
    }
  }
  return ReportIncident;
}

const organisationUnknown: InvalidInput = { __typename: "InvalidInput", code: "ORGANISATION_UNKNOWN", problems: [] };

const conflict: IdempotencyConflict = { __typename: "IdempotencyConflict", code: "IDEMPOTENCY_CONFLICT" };

function invalid(problems: readonly ReportProblem[]): InvalidInput {
  return { __typename: "InvalidInput", code: "INVALID_INPUT", problems };
}

/** What the key's first report was answered, or that this is another report. */
async function repeat(
  rows: EntityManager,
  claims: Claims,
  receipt: Receipt | undefined,
  given: GivenReport,
  digest: Buffer,
): Promise<ReportIncidentResult> {
  const incident = receipt && (await findIncident(rows, receipt.incident));
  if (!receipt || !incident) throw new Error("A key is taken, and its receipt or incident cannot be read");
  if (!receipt.digest.equals(digest)) return conflict;
  const signals = await sentSignalsOf(rows, [incident.id]);
  recordSignals(rows, claims, "incident.read", signals);
  await confirmRead(rows);
  return reported(given, incident, signals, true);
}

/** The answer to an accepted report. What the digest covers is taken from the input, so a repeat is answered alike. */
function reported(
  given: GivenReport,
  { id, reportedAt }: Pick<IncidentHandle, "id" | "reportedAt">,
  rows: readonly Omit<SentSignal, "progress">[],
  replayed: boolean,
): IncidentReported {
  const signals = rows.map((row): SentSignal => ({ ...row, progress: "SENT" }));
  const reference = given.reference?.trim() || null;
  const { occurredAt, category } = given;
  const incident: Incident = { id, reference, occurredAt, category, reportedAt, signals };
  return { __typename: "IncidentReported", replayed, incident, signals };
}

/** The same answer with ids that lead nowhere. */
function rehearsal(given: GivenReport, now: Date): IncidentReported {
  const { occurredAt } = given;
  const signals = given.children.map(() => ({ id: randomUUID(), sentAt: now, occurredAt }));
  return reported(given, { id: randomUUID(), reportedAt: now }, signals, false);
}
