import type { EdexmlRecord } from "./record.ts";

/** The parts of a name, each under the registry's column; null where the file does not give it. */
export interface NameColumns {
  readonly achternaam: string | null;
  readonly voorvoegsel: string | null;
  readonly voornamen: string | null;
  readonly voorletters: string | null;
  readonly roepnaam: string | null;
}

/** @returns undefined where there is neither a family name nor a call name. */
export function readName(record: EdexmlRecord): NameColumns | undefined {
  const name = {
    achternaam: record.text("achternaam") ?? null,
    voorvoegsel: record.text("voorvoegsel") ?? null,
    voornamen: record.text("voornamen") ?? null,
    voorletters: record.text("voorletters-1") ?? record.text("voorletters") ?? null,
    roepnaam: record.text("roepnaam") ?? null,
  };
  return name.achternaam === null && name.roepnaam === null ? undefined : name;
}
