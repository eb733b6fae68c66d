import { type Config, ConfigError } from "../../plumbing/config.ts";
import { type MailSettings, readMailSettings } from "../../plumbing/mail.ts";

/** What the school's part is told from outside. */
export interface SchoolSettings {
  /** Undefined where no mail is sent. */
  readonly mail: MailSettings | undefined;
  /** How long the first contact has before the deputies are told, in milliseconds. */
  readonly deputyAfter: number;
  /** Where a contact person reads the inbox. */
  readonly dashboardUrl: string | undefined;
}

export function readSchoolSettings(config: Config): SchoolSettings {
  return {
    mail: readMailSettings(config),
    deputyAfter: config.integer("DEPUTY_AFTER_MINUTES", { fallback: 30, min: 1, max: 24 * 60 }) * 60_000,
    dashboardUrl: readDashboardUrl(config),
  };
}

function readDashboardUrl(config: Config): string | undefined {
  const text = config.optional("DASHBOARD_URL");
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigError("The setting DASHBOARD_URL must be an http(s) URL");
  }
  return url.href;
}
