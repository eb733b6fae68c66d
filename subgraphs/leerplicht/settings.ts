import { type Config, ConfigError } from "../../plumbing/config.ts";
import { readRegionCalendar } from "../../plumbing/school-days/region.ts";
import type { SchoolCalendar } from "../../plumbing/school-days/school-calendar.ts";
import type { EscalationSettings } from "./decisions/escalation.ts";

/** What Leerplicht is told from outside. */
export interface LeerplichtSettings {
  /** The school days that a deadline goes by until a school has the signal. */
  readonly calendar: SchoolCalendar;
  readonly escalation: EscalationSettings;
}

/** @throws ConfigError */
export function readLeerplichtSettings(config: Config): LeerplichtSettings {
  return {
    calendar: readRegionCalendar(config),
    escalation: {
      leadMinutes: config.integer("ESCALATION_LEAD_MINUTES", { fallback: 60, max: 24 * 60 }),
      callingHours: readCallingHours(config),
    },
  };
}

function readCallingHours(config: Config): EscalationSettings["callingHours"] {
  const [opens = "", closes = "", ...more] = config.text("CALLING_HOURS", "07:30-17:30").split("-");
  const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
  if (more.length > 0 || !time.test(opens) || !time.test(closes) || opens >= closes) {
    throw new ConfigError("The setting CALLING_HOURS must read HH:MM-HH:MM, the earlier first");
  }
  return { opens, closes };
}
