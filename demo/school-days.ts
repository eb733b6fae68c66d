import { SCHOOL_DAY_COLUMNS } from "../imports/school-days/row.ts";

type Column = (typeof SCHOOL_DAY_COLUMNS)[number];

/** What three of the schools keep; the others keep the days of the region Midden and the usual hours. */
const rows: readonly Partial<Record<Column, string>>[] = [
  // A day for the teachers, the second week of May with the Friday after Ascension Day, and free Wednesday afternoons.
  { kind: "region", region: "Midden", site: "99AA00" },
  { kind: "free", site: "99AA00", first_day: "2026-12-07" },
  { kind: "free", site: "99AA00", first_day: "2027-05-03", last_day: "2027-05-07" },
  { kind: "hours", site: "99AA00", weekdays: "1245", first_bell: "08:30", end_of_day: "14:45" },
  { kind: "hours", site: "99AA00", weekdays: "3", first_bell: "08:30", end_of_day: "12:15" },
  { kind: "region", region: "Noord", site: "99AC00" },
  // Takes its autumn holiday with its neighbours, a week later than its region.
  { kind: "region", region: "Zuid", site: "99AH00" },
  { kind: "school", site: "99AH00", first_day: "2027-10-25", last_day: "2027-10-29" },
  { kind: "free", site: "99AH00", first_day: "2027-11-01", last_day: "2027-11-05" },
];

/** The days and hours of schools that differ from the default. */
export function schoolDaysFile(): string {
  const lines = rows.map((row) => SCHOOL_DAY_COLUMNS.map((column) => row[column] ?? ""));
  return `${[SCHOOL_DAY_COLUMNS, ...lines].map((cells) => cells.join(";")).join("\n")}\n`;
}
