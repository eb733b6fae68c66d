import { SCHOOL_DAY_COLUMNS } from "../imports/school-days/row.ts";
import { SCHOOLS } from "./schools.ts";

type Row = Partial<Record<(typeof SCHOOL_DAY_COLUMNS)[number], string>>;

/** What three of the schools keep; the others keep the days of the region Midden and the usual hours. */
const days: readonly Row[] = [
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

/** The contact persons of demo schools are always reached: who tries the system out in the evening sees it work. */
const always = SCHOOLS.map(({ site }) => ({ kind: "always", site }));

/** The days and hours of schools that differ from the default. */
export function schoolDaysFile(): string {
  const lines = [...days, ...always].map((row: Row) => SCHOOL_DAY_COLUMNS.map((column) => row[column] ?? ""));
  return `${[SCHOOL_DAY_COLUMNS, ...lines].map((cells) => cells.join(";")).join("\n")}\n`;
}
