import { readFile } from "node:fs/promises";
import type { Persona } from "./personas.ts";
import type { RunFolder } from "./run-folder.ts";

/** A fictional child who goes to the school of the persona `school-contact`. */
export interface ExampleChild {
  readonly bsn: string;
  readonly name: { readonly givenName: string; readonly prefix?: string; readonly familyName: string };
  readonly birthDate: string;
}

/** `.run/system.json`: a running system, for scripts. */
export interface SystemFile {
  readonly gateway: { readonly http: string; readonly ws: string };
  readonly issuer: string;
  /** By name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Their tokens are renewed while the system runs. */
  readonly personas: readonly (Persona & { readonly token: string })[];
  readonly example: ExampleChild;
}

/** @returns undefined where no system is ready. */
export async function readSystemFile({ system }: RunFolder): Promise<SystemFile | undefined> {
  const text = await readFile(system, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as SystemFile);
}
