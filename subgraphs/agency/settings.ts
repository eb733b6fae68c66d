import type { Config } from "../../plumbing/config.ts";
import { readRegionCalendar } from "../../plumbing/school-days/region.ts";
import type { SchoolCalendar } from "../../plumbing/school-days/school-calendar.ts";

/** What an agency is told from outside. */
export interface AgencySettings {
  /** The school days that `dueBy` goes by: the region's, so that it tells nothing of any child's school. */
  readonly calendar: SchoolCalendar;
}

export function readAgencySettings(config: Config): AgencySettings {
  return { calendar: readRegionCalendar(config) };
}
