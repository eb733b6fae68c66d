import { In } from "typeorm";
import { dutchTime } from "../../../plumbing/dutch-time.ts";
import { categoryOf, type IncidentCategory } from "../../agency/decisions/incident-category.ts";
import type { AgencyRegistry } from "../../agency/registry.ts";
import { PoliceIncident, PolicePerson, PoliceUnit } from "./entities.ts";

/** The class of each category. Which classes raise a signal is said in `store/0001-registry-child.sql`. */
const classCodes: Readonly<Record<IncidentCategory, string>> = {
  DOMESTIC_VIOLENCE: "G10",
  CHILD_ABUSE: "G20",
  SERIOUS_THREAT: "G30",
  OTHER: "G90",
};

/** The police records system. */
export const policeRegistry: AgencyRegistry = {
  entities: [PoliceUnit, PoliceIncident, PolicePerson],

  hasOrganisation: (rows, oin) => rows.existsBy(PoliceUnit, { oin }),

  async write(rows, report, oin) {
    const unit = await rows.findOneByOrFail(PoliceUnit, { oin });
    const moment = dutchTime(report.occurredAt);
    const incident = rows.create(PoliceIncident, {
      number: report.reference ?? null,
      unit: unit.code,
      classCode: classCodes[report.category],
      day: moment.toPlainDate().toString(),
      time: moment.toPlainTime().toString(),
    });
    await rows.insert(PoliceIncident, incident);
    await rows.insert(
      PolicePerson,
      report.children.map((child) => ({
        incidentId: incident.id,
        role: "KIND",
        bsn: child.bsn?.reveal() ?? null,
        familyName: child.familyName ?? null,
        prefix: child.prefix ?? null,
        givenNames: child.givenName ?? null,
        birthDate: child.birthDate?.replaceAll("-", "") ?? null,
      })),
    );
    return incident.id;
  },

  async read(rows, keys) {
    const incidents = await rows.findBy(PoliceIncident, { id: In([...keys]) });
    return new Map(
      incidents.map(({ id, number, classCode }) => [
        id,
        { reference: number, category: categoryOf(classCode, classCodes) },
      ]),
    );
  },
};
