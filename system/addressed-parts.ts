import { readFile } from "node:fs/promises";
import { Config, ConfigError } from "../plumbing/config.ts";
import type { DatabaseUrls } from "./databases.ts";
import { parts } from "./parts.ts";
import { partOrganisations } from "./personas.ts";
import { runFolder } from "./run-folder.ts";
import { loadSecrets } from "./secrets.ts";

/** A part that a command works on, and the settings by which it reads what the part keeps. */
export interface AddressedPart {
  readonly name: string;
  readonly config: Config;
}

/**
 * The parts that a command line names, or all: of the system that runs here, or the one part whose DATABASE_URL the
 * environment gives.
 * @throws ConfigError
 */
export async function addressedParts(wanted: readonly string[]): Promise<AddressedPart[]> {
  const given = new Config();
  const known = parts.map(({ name }) => name);
  if (wanted.some((name) => !known.includes(name))) throw new ConfigError(`The parts are ${known.join(", ")}`);
  if (given.optional("DATABASE_URL") !== undefined) {
    const [name, another] = wanted;
    if (name === undefined || another !== undefined) throw new ConfigError("Say which part DATABASE_URL is of");
    return [{ name, config: given }];
  }
  const names = wanted.length === 0 ? known : wanted;
  const folder = runFolder();
  const text = await readFile(folder.databases, "utf8").catch(() => undefined);
  if (text === undefined) throw new ConfigError("The system does not run: npm start");
  const urls = JSON.parse(text) as Record<string, DatabaseUrls | undefined>;
  const { pseudonyms, identityKeyFiles } = await loadSecrets(folder.secrets, names, []);
  return names.map((name) => ({
    name,
    config: new Config({
      DATABASE_URL: urls[name]?.appUrl,
      PSEUDONYM_KEY: pseudonyms[name],
      ORGANISATION: partOrganisations[name],
      IDENTITY_KEYS_FILE: identityKeyFiles[name],
    }),
  }));
}
