import type { Config } from "../../plumbing/config.ts";
import { readRegionCalendar } from "../../plumbing/school-days/region.ts";
import type { SchoolCalendar } from "../../plumbing/school-days/school-calendar.ts";

/** What Leerplicht is told from outside. */
export interface LeerplichtSettings {
  /** The school days that a deadline goes by until a school has the signal. */
  readonly calendar: SchoolCalendar;
}

export function readLeerplichtSettings(config: Config): LeerplichtSettings {
  return { calendar: readRegionCalendar(config) };
}
