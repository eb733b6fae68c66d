import type { Hop } from "../../../plumbing/outbox.ts";
import { RegistryAbsence } from "../registry/entities.ts";
import { reportAbsence } from "../store/absences.ts";

interface RaisedAbsence {
  readonly id: string;
  readonly circleId: string;
}

/**
 * Calls parents, supporter and school to a talk about a child's absence. Of a row in the registry there is a draft, which
 * says where it stands.
 */
export const raiseAbsence: Hop<RaisedAbsence> = {
  document: "mutation RaiseAbsence($input: RaiseAbsenceInput!) { raiseAbsence(input: $input) { accepted } }",
  async complete(rows, draft) {
    const { id, row } = draft as { readonly id: string; readonly row: string };
    const report = await rows.findOneBy(RegistryAbsence, { id: row });
    if (report === null) return null;
    const absence = await reportAbsence(rows, { ...report, id });
    return absence === undefined ? null : { id: absence.id, circleId: absence.circleSearchId };
  },
};
