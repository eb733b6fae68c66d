import type { ImportSource } from "../../imports/source.ts";

/** A small EDEXML file, of which a test writes out only what it is about. */
export interface EdexmlParts {
  readonly declaration?: string;
  readonly school?: string;
  readonly sites?: string;
  readonly groups?: string;
  readonly pupils?: string;
  readonly staff?: string;
}

export const SCHOOL = `<school><schooljaar>2026-2027</schooljaar><peildatum>2026-11-02</peildatum>
<brincode>99XA</brincode><dependancecode>00</dependancecode>
<aanmaakdatum>2026-11-02T06:00:00</aanmaakdatum><auteur>test</auteur><xsdversie>2.1</xsdversie></school>`;

export function edexml(parts: EdexmlParts = {}): string {
  const { declaration = '<?xml version="1.0" encoding="UTF-8"?>', school = SCHOOL, pupils = "" } = parts;
  const section = (name: string, content: string | undefined) =>
    content === undefined ? "" : `<${name}>\n${content}\n</${name}>\n`;
  return `${declaration}
<EDEX>
${school}
${section("vestigingen", parts.sites)}${section("groepen", parts.groups)}<leerlingen>
${pupils}
</leerlingen>
${section("leerkrachten", parts.staff)}</EDEX>
`;
}

/** A pupil of group 3, with fields to add or, by their name, to replace. */
export function pupil(key: string, fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    achternaam: "Bos",
    roepnaam: `Kind ${key}`,
    geboortedatum: "2019-05-06",
    geslacht: "2",
    jaargroep: "3",
    ...fields,
  };
  const elements = Object.entries(all).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<leerling key="${key}">${elements.join("")}</leerling>`;
}

export function manyPupils(count: number): string {
  return Array.from({ length: count }, (_, index) => pupil(`p${index}`)).join("\n");
}

/** A text as the bytes of a file, a few at a time, so that every boundary falls somewhere. */
export function sourceOf(text: string | Buffer, pieceBytes = 997): ImportSource {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  return { bytes: piecesOf(bytes, pieceBytes), size: bytes.length };
}

async function* piecesOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
