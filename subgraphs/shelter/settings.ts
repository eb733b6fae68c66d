import type { Config } from "../../plumbing/config.ts";
import { type MailSettings, readMailSettings } from "../../plumbing/mail.ts";
import { type AgencySettings, readAgencySettings } from "../agency/settings.ts";

/** What a shelter is told from outside. */
export interface ShelterSettings extends AgencySettings {
  /** Undefined where no mail is sent. */
  readonly mail?: MailSettings | undefined;
}

export function readShelterSettings(config: Config): ShelterSettings {
  return { ...readAgencySettings(config), mail: readMailSettings(config) };
}
