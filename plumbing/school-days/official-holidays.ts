import { type Period, type Region, type SchoolCalendar, schoolYearOf } from "./school-calendar.ts";

/**
 * The official school holidays: first and last day, Saturday to Sunday.
 *
 * Source: Rijksoverheid, «Overzicht schoolvakanties per schooljaar», a public fact:
 * https://www.rijksoverheid.nl/onderwerpen/schoolvakanties/overzicht-schoolvakanties-per-schooljaar
 * Christmas, summer and the week of May are set by law; autumn and spring are advice. The second week that most schools
 * add to May is each school's own choice, and so is not in here.
 *
 * `npm run import -- school-days FILE` puts later years, or a changed one, in the database; what it puts there for a
 * region's school year stands in the place of what is here.
 */
const table = `
holiday    Noord                  Midden                 Zuid

autumn     2025-10-18/2025-10-26  2025-10-18/2025-10-26  2025-10-11/2025-10-19
Christmas  2025-12-20/2026-01-04  2025-12-20/2026-01-04  2025-12-20/2026-01-04
spring     2026-02-21/2026-03-01  2026-02-14/2026-02-22  2026-02-14/2026-02-22
May        2026-04-25/2026-05-03  2026-04-25/2026-05-03  2026-04-25/2026-05-03
summer     2026-07-04/2026-08-16  2026-07-18/2026-08-30  2026-07-11/2026-08-23

autumn     2026-10-10/2026-10-18  2026-10-17/2026-10-25  2026-10-17/2026-10-25
Christmas  2026-12-19/2027-01-03  2026-12-19/2027-01-03  2026-12-19/2027-01-03
spring     2027-02-20/2027-02-28  2027-02-20/2027-02-28  2027-02-13/2027-02-21
May        2027-04-24/2027-05-02  2027-04-24/2027-05-02  2027-04-24/2027-05-02
summer     2027-07-10/2027-08-22  2027-07-17/2027-08-29  2027-07-24/2027-09-05

autumn     2027-10-16/2027-10-24  2027-10-16/2027-10-24  2027-10-23/2027-10-31
Christmas  2027-12-25/2028-01-09  2027-12-25/2028-01-09  2027-12-25/2028-01-09
spring     2028-02-19/2028-02-27  2028-02-26/2028-03-05  2028-02-26/2028-03-05
May        2028-04-29/2028-05-07  2028-04-29/2028-05-07  2028-04-29/2028-05-07
summer     2028-07-15/2028-08-27  2028-07-08/2028-08-20  2028-07-22/2028-09-03
`;

/** The school holidays of each region that the project ships with. */
export const officialHolidays: Readonly<Record<Region, readonly Period[]>> = {
  Noord: columnOf("Noord"),
  Midden: columnOf("Midden"),
  Zuid: columnOf("Zuid"),
};

/** A region's school holidays: a school year that was imported stands in the place of the one that ships with us. */
export function holidaysOf(region: Region, imported: readonly Period[] = []): Period[] {
  const renewed = new Set(imported.map(({ firstDay }) => schoolYearOf(firstDay)));
  return [...officialHolidays[region].filter(({ firstDay }) => !renewed.has(schoolYearOf(firstDay))), ...imported];
}

/** The days and hours of a region, for what is about no school in particular. */
export function calendarOfRegion(region: Region): SchoolCalendar {
  return { holidays: holidaysOf(region), ownDays: [], hours: new Map() };
}

function columnOf(region: Region): Period[] {
  const [header = [], ...rows] = table
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(/ +/));
  return rows.map((cells) => {
    const [firstDay = "", lastDay = ""] = cells[header.indexOf(region)]?.split("/") ?? [];
    return { firstDay, lastDay };
  });
}
