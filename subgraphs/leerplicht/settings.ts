import { type Config, ConfigError } from "../../plumbing/config.ts";
import { parseOin } from "../../plumbing/identifiers.ts";
import { readRegion } from "../../plumbing/school-days/region.ts";
import type { Region } from "../../plumbing/school-days/school-calendar.ts";
import type { EscalationSettings } from "./decisions/escalation.ts";

/** What Leerplicht is told from outside. */
export interface LeerplichtSettings {
  /** By whose school days a deadline goes until a school has the signal. */
  readonly region: Region;
  readonly escalation: EscalationSettings;
  /** Where a signal goes before it is routed; undefined where the region has no such desk. */
  readonly releaseDesk: ReleaseDesk | undefined;
}

/** A desk (Veilig Thuis) that may let a signal go or stop it. */
export interface ReleaseDesk {
  /** The OIN of the organisation whose desk it is. */
  readonly organisation: string;
  /** How much of the time to the deadline is the desk's, between 0 and 1. */
  readonly share: number;
}

/**
 * An officer begins on a task within an hour or so, and a school that is called needs ten minutes: an hour is too short
 * for one call in four, and any more than this adds calls about signals that would have been seen, and none in time.
 */
const usualLead = 90;

/** @throws ConfigError */
export function readLeerplichtSettings(config: Config): LeerplichtSettings {
  return {
    region: readRegion(config),
    escalation: {
      leadMinutes: config.integer("ESCALATION_LEAD_MINUTES", { fallback: usualLead, max: 24 * 60 }),
      callingHours: readCallingHours(config),
    },
    releaseDesk: readReleaseDesk(config),
  };
}

function readReleaseDesk(config: Config): ReleaseDesk | undefined {
  const organisation = config.optional("RELEASE_DESK");
  const share = Number(config.text("RELEASE_SHARE", "0.25"));
  if (!(share > 0 && share < 1)) throw new ConfigError("The setting RELEASE_SHARE must be a number between 0 and 1");
  if (organisation === undefined) return undefined;
  // An organisation's events are one stream: the desk's must not be the officers'.
  if (parseOin(organisation) === undefined || organisation === config.optional("ORGANISATION")) {
    throw new ConfigError("The setting RELEASE_DESK must be the OIN of another organisation than ORGANISATION");
  }
  return { organisation, share };
}

function readCallingHours(config: Config): EscalationSettings["callingHours"] {
  const [opens = "", closes = "", ...more] = config.text("CALLING_HOURS", "07:30-17:30").split("-");
  const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
  if (more.length > 0 || !time.test(opens) || !time.test(closes) || opens >= closes) {
    throw new ConfigError("The setting CALLING_HOURS must read HH:MM-HH:MM, the earlier first");
  }
  return { opens, closes };
}
