import type { EntityManager } from "typeorm";
import type { Hop } from "../../../plumbing/outbox.ts";
import { byItself, type OnBehalfOf } from "../../../plumbing/processing-log.ts";
import { childrenWhoMayBe } from "../registry/children.ts";
import { RegistryAbsence } from "../registry/entities.ts";
import { reportAbsence, takeCircleOf } from "../store/absences.ts";
import { recordProcessingOf } from "../store/processing.ts";
import { recordOf } from "../store/routing.ts";

interface RaisedAbsence {
  readonly id: string;
  readonly circleId: string;
}

/**
 * Calls parents, supporter and school to a talk about a child's absence. Of a row in the registry there is a draft, which
 * says where it stands.
 * @param pseudonymKey by which the processing log stands for the child of such a row.
 */
export function raiseAbsence(pseudonymKey: string): Hop<RaisedAbsence> {
  return {
    document: "mutation RaiseAbsence($input: RaiseAbsenceInput!) { raiseAbsence(input: $input) { accepted } }",
    async complete(rows, draft) {
      const { id, row } = draft as { readonly id: string; readonly row: string };
      const report = await rows.findOneBy(RegistryAbsence, { id: row });
      if (report === null) return null;
      const circle = await takeCircleOf(rows, report);
      await recordReport(rows, byItself(report.organisation, pseudonymKey), id, report.personId);
      if (circle === null) return null;
      const absence = await reportAbsence(rows, circle, { ...report, id });
      return { id: absence.id, circleId: circle.id };
    },
  };
}

async function recordReport(rows: EntityManager, caller: OnBehalfOf, object: string, personId: string) {
  const children = await childrenWhoMayBe(rows, { sought: [], ids: [personId] });
  const processed = children.map((child) => ({ object, child: recordOf(child) }));
  recordProcessingOf(rows, caller, "absence.report", processed);
}
