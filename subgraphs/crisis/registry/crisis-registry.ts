import { In } from "typeorm";
import { IncidentCategory } from "../../agency/decisions/incident-category.ts";
import type { ReportedChild } from "../../agency/decisions/incident-report.ts";
import type { AgencyRegistry } from "../../agency/registry.ts";
import { CrisisAttendant, CrisisDeployment, type CrisisPerson, CrisisTeam } from "./entities.ts";

/** The cause of each category. Which causes raise a signal is said in `store/0001-registry-child.sql`. */
const causes: Readonly<Record<IncidentCategory, string>> = {
  DOMESTIC_VIOLENCE: "huiselijk geweld",
  CHILD_ABUSE: "kindermishandeling",
  SERIOUS_THREAT: "bedreiging",
  OTHER: "ernstig voorval",
};

/** The crisis intervention team's deployments. */
export const crisisRegistry: AgencyRegistry = {
  entities: [CrisisTeam, CrisisDeployment, CrisisAttendant],

  hasOrganisation: (rows, oin) => rows.existsBy(CrisisTeam, { oin }),

  async write(rows, report, oin) {
    const team = await rows.findOneByOrFail(CrisisTeam, { oin });
    const deployment = rows.create(CrisisDeployment, {
      team: team.code,
      causes: [causes[report.category]],
      onSiteAt: String(report.occurredAt.getTime()),
      reference: report.reference ?? null,
    });
    await rows.insert(CrisisDeployment, deployment);
    await rows.insert(
      CrisisAttendant,
      report.children.map((child, index) => ({
        deployment: deployment.number,
        place: index + 1,
        role: "kind",
        person: documentOf(child),
      })),
    );
    return deployment.number;
  },

  async read(rows, keys) {
    const deployments = await rows.findBy(CrisisDeployment, { number: In([...keys]) });
    return new Map(
      deployments.map((deployment) => [
        deployment.number,
        { reference: deployment.reference, category: gravest(deployment.causes) },
      ]),
    );
  },
};

function documentOf({ bsn, givenName, prefix, familyName, birthDate }: ReportedChild): CrisisPerson {
  return {
    bsn: bsn?.reveal(),
    naam: { voor: givenName, tussen: prefix, achter: familyName },
    geboren: birthDate?.split("-").reverse().join("-"),
  };
}

/** A deployment may have several causes: the first category in the enum's order stands for it. */
function gravest(found: readonly string[]): IncidentCategory {
  const noted = found.map((cause) => cause.trim().toLowerCase());
  return Object.values(IncidentCategory).find((category) => noted.includes(causes[category])) ?? IncidentCategory.OTHER;
}
