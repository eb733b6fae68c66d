import type { Config } from "../../plumbing/config.ts";
import { readRegion } from "../../plumbing/school-days/region.ts";
import type { Region } from "../../plumbing/school-days/school-calendar.ts";

/** What an agency is told from outside. */
export interface AgencySettings {
  /** By whose school days `dueBy` goes: the region's, so that it tells nothing of any child's school. */
  readonly region: Region;
}

export function readAgencySettings(config: Config): AgencySettings {
  return { region: readRegion(config) };
}
