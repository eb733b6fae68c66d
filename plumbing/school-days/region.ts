import type { Config } from "../config.ts";
import { calendarOfRegion } from "./official-holidays.ts";
import { defaultRegion, regions, type SchoolCalendar } from "./school-calendar.ts";

/**
 * The school days that count where it is not known, or must not be told, which school is meant: those of the region
 * that the setting `REGION` names.
 * @throws ConfigError
 */
export function readRegionCalendar(config: Config): SchoolCalendar {
  return calendarOfRegion(config.choice("REGION", regions, defaultRegion));
}
