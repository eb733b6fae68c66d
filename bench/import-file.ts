import { open } from "node:fs/promises";

const PUPILS_PER_PIECE = 1_000;
const PUPILS_PER_GROUP = 25;

/**
 * Writes an EDEXML file of a school of any size, a piece at a time. Nobody in it exists; the BSNs
 * only pass the eleven-proof.
 *
 * @param site where the pupils go to school: `99YA00`
 * @returns the size of the file in bytes
 */
export async function writeBenchFile(path: string, site: string, pupils: number): Promise<number> {
  const file = await open(path, "w");
  try {
    await file.write(opening(site, Math.ceil(pupils / PUPILS_PER_GROUP)));
    const numbers = passingNumbers();
    for (let written = 0; written < pupils; written += PUPILS_PER_PIECE) {
      const count = Math.min(PUPILS_PER_PIECE, pupils - written);
      const piece = Array.from({ length: count }, (_, index) => pupil(written + index, numbers.next().value));
      await file.write(piece.join(""));
    }
    await file.write("</leerlingen>\n</EDEX>\n");
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

function opening(site: string, groups: number): string {
  const all = Array.from(
    { length: groups },
    (_, index) =>
      `<groep key="g${index}"><naam>Groep ${index}</naam><jaargroep>${(index % 8) + 1}</jaargroep></groep>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<EDEX>
<school>
<schooljaar>2026-2027</schooljaar>
<brincode>${site.slice(0, 4)}</brincode><dependancecode>${site.slice(4)}</dependancecode>
<aanmaakdatum>2026-11-02T06:00:00</aanmaakdatum><auteur>bench</auteur><xsdversie>2.1</xsdversie>
</school>
<groepen>
${all.join("")}</groepen>
<leerlingen>
`;
}

function pupil(index: number, bsn: string): string {
  const yearGroup = (index % 8) + 1;
  const month = String((index % 9) + 1).padStart(2, "0");
  const day = String((index % 28) + 1).padStart(2, "0");
  return `<leerling key="p${index}">
<achternaam>Achternaam ${index % 5_000}</achternaam><voorvoegsel>van der</voorvoegsel>
<voornamen>Voornaam Tweede</voornamen><voorletters-1>V.T.</voorletters-1><roepnaam>Roepnaam ${index}</roepnaam>
<geboortedatum>${2022 - yearGroup}-${month}-${day}</geboortedatum><geslacht>${(index % 2) + 1}</geslacht>
<jaargroep>${yearGroup}</jaargroep><groep key="g${Math.floor(index / PUPILS_PER_GROUP)}"/>
<bsn>${bsn}</bsn><instroomdatum>2026-08-24</instroomdatum>
</leerling>
`;
}

/** Distinct numbers that pass the eleven-proof, without end for our purpose. */
function* passingNumbers(): Generator<string, never> {
  for (let base = 10_000_000; ; base += 1) {
    const digits = String(base);
    const sum = [...digits].reduce((total, digit, place) => total + (9 - place) * Number(digit), 0);
    if (sum % 11 < 10) yield `${digits}${sum % 11}`;
  }
}
