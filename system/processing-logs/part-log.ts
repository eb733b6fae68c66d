import type { Config } from "../../plumbing/config.ts";
import { addressedParts } from "../addressed-parts.ts";

/** The processing log of one part, and what is needed to read it. */
export interface PartLog {
  readonly name: string;
  /** Logs in as the part. */
  readonly databaseUrl: string;
  readonly config: Config;
}

/** @throws ConfigError */
export async function findLogs(wanted: readonly string[]): Promise<PartLog[]> {
  return (await addressedParts(wanted)).map(({ name, config }) => ({
    name,
    databaseUrl: config.url("DATABASE_URL"),
    config,
  }));
}
