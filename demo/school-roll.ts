import type { CastChild } from "./cast.ts";
import type { DemoChild, DemoName, People } from "./people.ts";
import type { SeededRandom } from "./random.ts";
import type { DemoSchool } from "./schools.ts";

/** Most pupils of one group. */
const LARGEST_GROUP = 28;

/** Pupils who left last summer, whom one school's export still carries. */
const HISTORIC_PUPILS = 3;
const SCHOOL_WITH_HISTORY = "99AF00";

/** A child at a school, as the school's own system has it. */
export interface DemoPupil extends DemoChild {
  /** Key in the school's exports. */
  readonly key: string;
  /** The BSN, whether or not the school exports it. */
  readonly bsn: string | undefined;
  /** 1–8, or H for one who left and is kept for history. */
  readonly yearGroup: string;
  readonly groupKey: string | undefined;
  readonly from: string;
  readonly until: string | undefined;
  readonly inCast: boolean;
}

interface DemoGroup {
  readonly key: string;
  readonly name: string;
  readonly yearGroup: string;
}

export interface DemoStaffMember {
  readonly key: string;
  readonly name: DemoName;
  readonly roles: readonly string[];
  readonly groupKeys: readonly string[];
}

/** A school with everybody in it. */
export interface SchoolRoll {
  readonly school: DemoSchool;
  readonly groups: readonly DemoGroup[];
  readonly pupils: readonly DemoPupil[];
  readonly staff: readonly DemoStaffMember[];
}

type Newcomer = Omit<DemoPupil, "key" | "groupKey">;

/** Fills a school: those of the cast who belong there, and made-up pupils and staff beside them. */
export function peopleSchool(
  school: DemoSchool,
  cast: readonly CastChild[],
  people: People,
  random: SeededRandom,
  nextBsn: () => string | undefined,
): SchoolRoll {
  const newcomers = cast.flatMap((member) => castPupil(school, member));
  for (let count = 0; count < school.pupils; count += 1) {
    newcomers.push(madeUpPupil((count % 8) + 1, people, random, nextBsn()));
  }
  const historic = school.site === SCHOOL_WITH_HISTORY ? HISTORIC_PUPILS : 0;
  for (let count = 0; count < historic; count += 1) newcomers.push(formerPupil(people));

  const { groups, groupKeys } = formGroups(newcomers);
  const pupils = newcomers.map((pupil, index) => ({
    ...pupil,
    key: String(1_000 + index * 7),
    groupKey: groupKeys[index],
  }));
  return { school, groups, pupils, staff: appointStaff(school, groups, people, random) };
}

function castPupil({ site }: DemoSchool, member: CastChild): Newcomer[] {
  const here = member.attends.find((place) => place.site === site);
  const left = member.left?.site === site ? member.left : undefined;
  const place = here ?? left;
  if (place === undefined) return [];
  return [
    {
      ...member,
      yearGroup: yearGroupOf(member.birthDate),
      from: place.from,
      until: left?.until,
      inCast: true,
    },
  ];
}

/** A group's children turn as old as that group's do before the first of October. */
function yearGroupOf(birthDate: string): string {
  const year = Number(birthDate.slice(0, 4));
  return String(Math.max(1, birthDate.slice(5) < "10-01" ? 2023 - year : 2022 - year));
}

function madeUpPupil(group: number, people: People, random: SeededRandom, bsn: string | undefined): Newcomer {
  const child = people.child(`${2022 - group}-10-01`, group === 1 ? "2022-10-31" : `${2023 - group}-09-30`);
  const fourthBirthday = `${Number(child.birthDate.slice(0, 4)) + 4}${child.birthDate.slice(4)}`;
  const transferredOn = `${random.between(2021, 2026)}-08-23`;
  const transferred = random.chance(0.12) && transferredOn > fourthBirthday;
  return {
    ...child,
    bsn,
    yearGroup: String(group),
    from: transferred ? transferredOn : fourthBirthday,
    until: undefined,
    inCast: false,
  };
}

function formerPupil(people: People): Newcomer {
  const child = people.child("2013-10-01", "2014-09-30");
  const from = `${Number(child.birthDate.slice(0, 4)) + 4}${child.birthDate.slice(4)}`;
  return { ...child, bsn: undefined, yearGroup: "H", from, until: "2026-07-17", inCast: false };
}

/** One group for each year, or two where there are too many pupils for one. */
function formGroups(pupils: readonly Newcomer[]): {
  groups: DemoGroup[];
  groupKeys: (string | undefined)[];
} {
  const groups: DemoGroup[] = [];
  const groupKeys: (string | undefined)[] = pupils.map(() => undefined);
  for (const yearGroup of ["1", "2", "3", "4", "5", "6", "7", "8"]) {
    const members = pupils.flatMap((pupil, index) => (pupil.yearGroup === yearGroup ? [index] : []));
    const letters = members.length > LARGEST_GROUP ? ["a", "b"] : [""];
    for (const letter of letters)
      groups.push({ key: `g${yearGroup}${letter}`, name: `Groep ${yearGroup}${letter}`, yearGroup });
    for (const [place, index] of members.entries()) {
      groupKeys[index] = `g${yearGroup}${letters[place % letters.length] ?? ""}`;
    }
  }
  return { groups, groupKeys };
}

function appointStaff(
  school: DemoSchool,
  groups: readonly DemoGroup[],
  people: People,
  random: SeededRandom,
): DemoStaffMember[] {
  const posts: { roles: string[]; groupKeys: string[] }[] = [{ roles: ["DIR"], groupKeys: [] }];
  for (let count = 0; count < school.contacts; count += 1) posts.push({ roles: ["IB"], groupKeys: [] });
  if (school.pupils > 150) posts.push({ roles: ["ADJ"], groupKeys: [] }, { roles: ["SMW"], groupKeys: [] });
  for (const { key } of groups) {
    posts.push({ roles: ["LRK"], groupKeys: [key] });
    // Two teachers who share a group, of whom the second also teaches another one now and then.
    if (random.chance(0.4)) posts.push({ roles: ["LRK"], groupKeys: [...new Set([key, random.pick(groups).key])] });
  }
  return posts.map((post, index) => ({ ...post, key: `m${index + 1}`, name: people.adult() }));
}
