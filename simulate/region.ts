import type { Region as HolidayRegion } from "../plumbing/school-days/school-calendar.ts";
import { choose, type Dice } from "./dice.ts";

/** How a school's first contact goes about the inbox. */
export type Habit = "at hand" | "at opening" | "absent" | "seldom" | "never";

export interface School {
  readonly id: string;
  readonly name: string;
  readonly municipality: string;
  readonly holidays: HolidayRegion;
  /** Whether it takes part, as the office knows it. */
  readonly participates: boolean;
  /** Whether it has named a contact person. */
  readonly hasContact: boolean;
  /** Whether it has named another one besides. */
  readonly hasDeputy: boolean;
  readonly habit: Habit;
}

/** What is particular about a child's enrolment, and so about the way of a signal. */
export const circumstances = [
  "enrolled",
  "moved",
  "two enrolments",
  "no enrolment",
  "unknown to the office",
  "namesake",
  "unknown at the school",
  "left the school",
  "in another area",
] as const;

export type Circumstance = (typeof circumstances)[number];

export interface Child {
  readonly number: number;
  readonly bsn: string | null;
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly circumstance: Circumstance;
  /** Where the office has the child enrolled first. */
  readonly school: School;
  /** Where the child goes to, where that is another school: from `movesOn`. */
  readonly otherSchool: School;
  readonly movesOn: string;
}

/** A made-up region: everything follows from the seed and the sizes. */
export interface Region {
  readonly schools: readonly School[];
  readonly children: number;
  child(number: number): Child;
}

const year = 2027;
export const firstDay = `${year}-01-01`;
export const lastDay = `${year}-12-31`;

export function makeRegion(dice: Dice, sizes: { readonly schools: number; readonly pupils: number }): Region {
  const municipalities = Math.min(342, Math.max(1, Math.round(sizes.schools / 10)));
  const schools = Array.from({ length: sizes.schools }, (_, place): School => {
    const letter = (index: number) => String.fromCharCode(65 + index);
    const brin = `${20 + Math.floor(place / 676)}${letter(Math.floor(place / 26) % 26)}${letter(place % 26)}`;
    return {
      id: `${brin}00`,
      name: `School ${brin}`,
      municipality: String(9001 + (place % municipalities)),
      holidays: choose(dice("holidays", place % municipalities), [
        ["Midden", 3],
        ["Noord", 1],
        ["Zuid", 1],
      ] as const),
      participates: place === 0 || dice("participates", place) < 0.94,
      hasContact: place === 0 || dice("contact", place) < 0.98,
      hasDeputy: dice("deputy", place) < 0.7,
      habit: choose(dice("habit", place), [
        ["at hand", 40],
        ["at opening", 40],
        ["absent", 12],
        ["seldom", 5],
        ["never", 3],
      ] as const),
    };
  });
  const schoolAt = (place: number): School => {
    const school = schools[place % schools.length];
    if (school === undefined) throw new Error("The region has no schools");
    return school;
  };
  return {
    schools,
    children: sizes.schools * sizes.pupils,
    child(number) {
      const circumstance = choose(dice("circumstance", number), [
        ["enrolled", 78],
        ["moved", 5],
        ["two enrolments", 4],
        ["no enrolment", 3],
        ["unknown to the office", 4],
        ["namesake", 1],
        ["unknown at the school", 2],
        ["left the school", 2],
        ["in another area", 1],
      ] as const);
      return {
        number,
        bsn: circumstance === "namesake" ? null : bsnOf(number),
        givenName: pick(givenNames, dice("given", number)),
        familyName: [firstParts, middleParts, lastParts]
          .map((parts, part) => pick(parts, dice("family", part, number)))
          .join(""),
        birthDate: dayAfter("2014-10-01", Math.floor(dice("born", number) * 2_900)),
        circumstance,
        school: schoolAt(number),
        otherSchool: schoolAt(number + 1),
        movesOn: dayAfter(firstDay, 20 + Math.floor(dice("move", number) * 300)),
      };
    },
  };
}

/** The school that a child goes to on a day, as everybody knows who asks the family. */
export function schoolOf({ circumstance, school, otherSchool, movesOn }: Child, day: string): School | undefined {
  switch (circumstance) {
    case "enrolled":
    case "two enrolments":
    case "unknown to the office":
    case "namesake":
      return school;
    case "unknown at the school":
    case "left the school":
      return otherSchool;
    case "moved":
      return day < movesOn ? school : otherSchool;
    case "no enrolment":
    case "in another area":
      return undefined;
    default:
      return circumstance satisfies never;
  }
}

/** Without Temporal, which takes a while for millions of children. */
function dayAfter(first: string, days: number): string {
  return new Date(Date.parse(first) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Passes the eleven-proof, and is made up; one in eleven has none that would pass. */
function bsnOf(number: number): string | null {
  const digits = String(90_000_000 + number);
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (9 - place), 0);
  return sum % 11 === 10 ? null : `${digits}${sum % 11}`;
}

function pick(from: readonly string[], chance: number): string {
  return from[Math.floor(chance * from.length)] ?? "";
}

const givenNames =
  "Noor Sem Lot Tijn Liv Ties Fenna Jip Saar Daan Mila Bram Evi Luuk Nova Teun Yara Gijs Isa Mees Roos Stijn Puck Joep Lieke Sven Jet Koen Fleur Niels".split(
    " ",
  );
const firstParts = "Berk Dal Eik Gras Haver Klaver Linde Mos Olm Riet Roos Steen Veld Water Wilg Zand".split(" ");
const middleParts = "en er el in es a o u".split(" ");
const lastParts = "beek berg bos brink dijk donk horst huis kamp laan meer molen stra veen weide zicht".split(" ");
