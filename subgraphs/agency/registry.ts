import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { IncidentCategory } from "./decisions/incident-category.ts";
import type { IncidentReport } from "./decisions/incident-report.ts";

/** What an incident's record says that our own handle on it does not. */
export interface RegisteredIncident {
  /** The record number that the agency's people know it by. */
  readonly reference: string | null;
  readonly category: IncidentCategory;
}

/**
 * How an agency's existing system is read and written. What raises a signal is not decided here:
 * the trigger on the registry sees every row, whoever wrote it (`store/0001-agency.sql`).
 */
export interface AgencyRegistry {
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  /** Whether the registry has a unit of this organisation. */
  hasOrganisation(rows: EntityManager, organisation: string): Promise<boolean>;
  /**
   * Writes an incident and its children, in their order, as the existing system would have.
   * @param organisation one that `hasOrganisation`.
   * @returns the incident's key, the same text as `incident_key` of `care.registry_child`.
   */
  write(rows: EntityManager, report: IncidentReport, organisation: string): Promise<string>;
  /** By key; an incident that is no longer in the registry is left out. */
  read(rows: EntityManager, keys: readonly string[]): Promise<ReadonlyMap<string, RegisteredIncident>>;
}
