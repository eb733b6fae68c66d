import type { EntityManager } from "typeorm";
import type { PageRequest } from "../../../plumbing/paging.ts";
import { IncidentHandle } from "./entities.ts";

export function findIncident(rows: EntityManager, id: string): Promise<IncidentHandle | null> {
  return rows.findOneBy(IncidentHandle, { id });
}

/** The handle that the trigger made of an incident of the registry. */
export function incidentOfRegistry(rows: EntityManager, registryKey: string): Promise<IncidentHandle | null> {
  return rows.findOneBy(IncidentHandle, { registryKey });
}

/** The latest first. */
export function pageOfIncidents(rows: EntityManager, { limit, after }: PageRequest): Promise<IncidentHandle[]> {
  const page = rows
    .createQueryBuilder(IncidentHandle, "incident")
    .orderBy({ "incident.reportedAt": "DESC", "incident.id": "DESC" })
    .take(limit);
  if (after) page.where("(incident.reported_at, incident.id) < (:at, :id)", after);
  return page.getMany();
}
