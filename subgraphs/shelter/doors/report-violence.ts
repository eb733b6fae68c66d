import { createHmac } from "node:crypto";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { completeDrafts } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import { checkAge } from "../../agency/decisions/check-children.ts";
import { checkMoment, isIdempotencyKey } from "../../agency/decisions/check-report.ts";
import { agencyHops } from "../../agency/hops/hops.ts";
import { incidentOfRegistry } from "../../agency/store/incidents.ts";
import { completeReceipt, findReceipt, type Receipt, takeKey } from "../../agency/store/receipts.ts";
import { sentSignalsOf } from "../../agency/store/sent-signals.ts";
import type { ShelterContext } from "../context.ts";
import type { ShelterClient } from "../registry/entities.ts";
import { writeViolence } from "../registry/shelter-registry.ts";
import { ReportViolenceInput } from "../schema/conversation-inputs.ts";
import { GuidanceNotFound } from "../schema/guidance-results.ts";
import { manageGuidance, shelter } from "../schema/parties.ts";
import { ReportViolenceResult, ViolenceRefused, ViolenceReported } from "../schema/violence-results.ts";
import { type GuidanceRecord, readGuidance } from "../store/guidance.ts";
import { recordProcessingOf } from "../store/processing.ts";

/**
 * It raises signals and asks for `guidance:manage` alone. What it does is what a supporter does who writes a note of
 * violence in the shelter's own system, and whoever guides a family can: `incidents:report` lets an integrator report any
 * child, which this does not, and a supporter without it would have to leave the 24 hours to somebody else.
 */
@Resolver()
export class ReportViolence {
  @Mutation(() => ReportViolenceResult, {
    description:
      "Reports actual violence in a family that is guided, with consent or without. For each child a signal goes on its way as after `reportIncident`, and with nothing in it of guidance; where a support circle stands, a talk is called for besides. Safe to repeat under the same key.",
  })
  @Allow(shelter, manageGuidance)
  async reportViolence(
    @Arg("input", () => ReportViolenceInput) input: ReportViolenceInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ReportViolenceResult> {
    const { claims, clock, config, database } = context;
    const { guidanceId, idempotencyKey, occurredAt } = input;
    if (!isUuid(guidanceId)) return new GuidanceNotFound();
    const key = { organisation: claims.organisation ?? "", idempotencyKey };
    const digest = digestOf(input, config.pseudonymKey);
    return database.transaction(claims, async (rows) => {
      const record = await readGuidance(rows, guidanceId);
      if (record === undefined) return new GuidanceNotFound();
      if (!isIdempotencyKey(idempotencyKey)) return new ViolenceRefused("IDEMPOTENCY_KEY_INVALID");
      const earlier = await findReceipt(rows, key);
      // Before the checks: a repeat may come on a day on which it would no longer pass them.
      if (earlier !== undefined) return repeated(earlier, digest);
      const { familyKey, endedAt } = record.guidance;
      if (endedAt !== null) return new ViolenceRefused("GUIDANCE_ENDED");
      const moments = { now: clock.now(), occurredAt };
      if (checkMoment(occurredAt, moments.now) !== undefined) return new ViolenceRefused("OCCURRED_AT_INVALID");
      const clients = clientsAmong(record, input.childIds);
      if (clients === undefined) return new ViolenceRefused("CHILD_NOT_IN_FAMILY");
      if (clients.some(({ birthDate }) => birthDate !== null && checkAge(birthDate, moments) !== undefined))
        return new ViolenceRefused("AGE_OUT_OF_RANGE");
      if (!(await takeKey(rows, key, digest))) return repeated(await findReceipt(rows, key), digest);
      const clientIds = clients.map(({ id }) => id);
      const note = await writeViolence(rows, { familyId: familyKey, clientIds, occurredAt });
      // After the note, whose trigger takes the children's circles: they come before the log.
      await recordProcessingOf(rows, context, "violence.report", [{ object: guidanceId, persons: clientIds }]);
      const incident = await incidentOfRegistry(rows, note);
      if (incident === null) throw new Error("The trigger on the registry did not raise a signal");
      await completeReceipt(rows, key, incident.id);
      const signals = await sentSignalsOf(rows, [incident.id]);
      await actAsSystem(rows);
      const drafts = signals.map(({ id }) => id);
      await completeDrafts(rows, agencyHops(config.pseudonymKey), drafts, clock.now());
      return Object.assign(new ViolenceReported(), { replayed: false, incidentId: incident.id });
    });
  }
}

/** The children of the family who are meant, each once; undefined unless there is one, and all are of the family. */
function clientsAmong({ children }: GuidanceRecord, childIds: readonly string[]): ShelterClient[] | undefined {
  const meant = [...new Set(childIds)].map((id) => children.find(({ child }) => child.id === id)?.client ?? undefined);
  const known = meant.filter((client) => client !== undefined);
  return known.length === 0 || known.length < meant.length ? undefined : known;
}

/** What the key's first report was answered, or that this is another report. */
function repeated(receipt: Receipt | undefined, digest: Buffer): ViolenceReported | ViolenceRefused {
  if (receipt === undefined) throw new Error("A key is taken, and its receipt cannot be read");
  if (!receipt.digest.equals(digest)) return new ViolenceRefused("IDEMPOTENCY_CONFLICT");
  return Object.assign(new ViolenceReported(), { replayed: true, incidentId: receipt.incident });
}

/** Recognises a report when it comes again. */
function digestOf({ guidanceId, childIds, occurredAt }: ReportViolenceInput, pseudonymKey: string): Buffer {
  const body = JSON.stringify(["violence", guidanceId, [...childIds].sort(), occurredAt.toISOString()]);
  return createHmac("sha256", Buffer.from(pseudonymKey, "base64")).update(body).digest();
}
