import { type Cast, type CastChild, makeCast, membersOf } from "./cast.ts";
import { type DemoChild, People } from "./people.ts";
import { SeededRandom } from "./random.ts";
import { peopleSchool, type SchoolRoll } from "./school-roll.ts";
import { type DemoSchool, MUNICIPALITIES, SCHOOLS } from "./schools.ts";
import { testBsns } from "./test-numbers.ts";

const SEED = 20_261_123;

/** Children whose BSN Leerplicht has and whose school does not export it. */
const KNOWN_TO_LEERPLICHT_ONLY = 25;

/** A child as Leerplicht's weekly delivery has it. */
export interface DeliveredChild extends DemoChild {
  readonly bsn: string | undefined;
  /** Municipality of residence. */
  readonly municipality: string;
  readonly enrolments: readonly { readonly site: string; readonly from: string }[];
}

/** Everybody in the demonstration. */
export interface Population {
  readonly rolls: readonly SchoolRoll[];
  readonly delivered: readonly DeliveredChild[];
  readonly cast: Cast<CastChild>;
}

/** Makes up the population; the same one every time. */
export function makePopulation(): Population {
  const random = new SeededRandom(SEED);
  const people = new People(random);
  const takeBsn = bsnDispenser();
  const cast = makeCast(takeBsn);
  for (const member of membersOf(cast)) people.reserve(member);

  let leerplichtOnly = KNOWN_TO_LEERPLICHT_ONLY;
  const bsnFor = (school: DemoSchool): string | undefined => {
    if (school.exports === "bsn") return takeBsn();
    if (leerplichtOnly === 0 || !random.chance(0.05)) return undefined;
    leerplichtOnly -= 1;
    return takeBsn();
  };
  const rolls = SCHOOLS.map((school) => peopleSchool(school, membersOf(cast), people, random, () => bsnFor(school)));
  return { rolls, delivered: [...rolls.flatMap(deliveredPupils), ...deliveredCast(cast)], cast };
}

function bsnDispenser(): () => string {
  const numbers = testBsns().values();
  return () => {
    const { value, done } = numbers.next();
    if (done === true) throw new RangeError("The test series has no more BSNs");
    return value;
  };
}

function deliveredPupils({ school, pupils }: SchoolRoll): DeliveredChild[] {
  return pupils
    .filter(({ inCast, yearGroup }) => !inCast && yearGroup !== "H")
    .map((pupil) => ({
      ...pupil,
      municipality: school.municipality.code,
      enrolments: [{ site: school.site, from: pupil.from }],
    }));
}

function deliveredCast(cast: Cast<CastChild>): DeliveredChild[] {
  return membersOf(cast).flatMap((member) =>
    member.enrolled === undefined
      ? []
      : [{ ...member, municipality: residenceOf(member), enrolments: member.enrolled }],
  );
}

/** Children live where they go to school, but for those who go to school elsewhere. */
function residenceOf({ enrolled }: CastChild): string {
  const school = SCHOOLS.find(({ site }) => site === enrolled?.[0]?.site);
  return (school?.municipality ?? MUNICIPALITIES.lindewaard).code;
}
