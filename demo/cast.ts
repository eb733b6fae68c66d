import type { DemoChild, DemoName, Gender } from "./people.ts";

/** Where and how a child of the cast is known. */
export interface CastChild extends DemoChild {
  /** Undefined where no registry knows a BSN. */
  readonly bsn: string | undefined;
  /** Sites whose export holds the child now, with the first day there. */
  readonly attends: readonly { readonly site: string; readonly from: string }[];
  /** A site whose export says that the child has left, and the first day without it. */
  readonly left?: { readonly site: string; readonly from: string; readonly until: string };
  /** Sites at which Leerplicht has the child enrolled; undefined where it does not know the child. */
  readonly enrolled: readonly { readonly site: string; readonly from: string }[] | undefined;
}

/** The named children of the demonstration, by the part that they play in it. */
export interface Cast<Child> {
  /** Found by BSN, at Leerplicht and at the school. */
  readonly matched: Child;
  /** No registry knows a BSN: found by name and birth date. */
  readonly byNameOnly: Child;
  /** Leerplicht knows the BSN, the school does not. */
  readonly bsnUnknownAtSchool: Child;
  /** Same family name, birth date and school: the given name tells them apart. */
  readonly twins: readonly [Child, Child];
  /** Same name and birth date at two schools: only a BSN tells them apart. */
  readonly namesakes: readonly [Child, Child];
  readonly twoEnrolments: Child;
  readonly noEnrolment: Child;
  /** Attends another school since this week; Leerplicht does not know yet. */
  readonly justMoved: Child;
  readonly schoolNotParticipating: Child;
  /** Lives here, goes to school in a municipality where another office does the work. */
  readonly otherMunicipality: Child;
  /** In no registry. */
  readonly unknown: Child;
  /** Their names script what their school does (`script.ts`): found by BSN, at one school. */
  readonly scripted: readonly [Child, Child, Child, Child];
}

/** @param takeBsn gives an unused BSN of the test series */
export function makeCast(takeBsn: () => string): Cast<CastChild> {
  const namesake = child("2", "2018-02-11", name("Emma Sophie", "de", "Vries"));
  return {
    matched: at("99AA00", child("2", "2017-03-14", name("Noor Elisabeth", "van der", "Linden")), takeBsn()),
    byNameOnly: at("99AJ00", child("1", "2016-06-02", name("Kerem", undefined, "Yıldız")), undefined),
    bsnUnknownAtSchool: at("99AK00", child("2", "2019-01-23", name("Łucja Maria", undefined, "Dąbrowski")), takeBsn()),
    twins: [
      at("99AG00", child("1", "2018-08-30", name("Ilyas", "el", "Amrani")), undefined),
      at("99AG00", child("1", "2018-08-30", name("Imran", "el", "Amrani")), undefined),
    ],
    namesakes: [at("99AB00", namesake, takeBsn()), at("99AF00", namesake, takeBsn())],
    twoEnrolments: {
      ...at("99AC00", child("1", "2015-11-19", name("Sjoerd", undefined, "Hoekstra")), takeBsn()),
      attends: [
        { site: "99AC00", from: "2019-11-19" },
        { site: "99AE00", from: "2026-08-24" },
      ],
      enrolled: [
        { site: "99AC00", from: "2019-11-19" },
        { site: "99AE00", from: "2026-08-24" },
      ],
    },
    noEnrolment: {
      ...child("2", "2016-12-05", name("Feven", undefined, "Tesfay")),
      bsn: takeBsn(),
      attends: [],
      enrolled: [],
    },
    justMoved: {
      ...child("1", "2017-05-27", name("Daan Floris", "van 't", "Hof")),
      bsn: takeBsn(),
      attends: [{ site: "99AF00", from: "2026-11-16" }],
      left: { site: "99AC00", from: "2021-05-27", until: "2026-11-16" },
      enrolled: [{ site: "99AC00", from: "2021-05-27" }],
    },
    schoolNotParticipating: at("99AL00", child("2", "2020-01-08", name("Jaylinn", undefined, "Wijngaarde")), takeBsn()),
    otherMunicipality: {
      ...child("1", "2018-10-17", name("Zihan", undefined, "Chen")),
      bsn: takeBsn(),
      attends: [],
      enrolled: [{ site: "99ZZ00", from: "2022-10-17" }],
    },
    unknown: {
      ...child("2", "2019-04-04", name("Mila", "ten", "Brinke")),
      bsn: takeBsn(),
      attends: [],
      enrolled: undefined,
    },
    scripted: [
      at("99AD00", child("1", "2018-04-18", name("Ruben", undefined, "Retour")), takeBsn()),
      at("99AD00", child("2", "2017-09-02", name("Sanne", undefined, "Steun")), takeBsn()),
      at("99AD00", child("2", "2016-01-27", name("Vera", undefined, "Vijfoverachten")), takeBsn()),
      at("99AD00", child("2", "2019-06-12", name("Lotte", undefined, "Telaat")), takeBsn()),
    ],
  };
}

/** Every child of a cast. */
export function membersOf<Child>(cast: Cast<Child>): Child[] {
  return Object.values<Child | readonly Child[]>({ ...cast }).flat() as Child[];
}

function child(gender: Gender, birthDate: string, childsName: DemoName): DemoChild {
  return { gender, birthDate, name: childsName };
}

function name(givenNames: string, prefix: string | undefined, familyName: string): DemoName {
  return { givenNames, prefix, familyName, callName: givenNames.split(" ")[0] ?? givenNames };
}

/** A child at one school since the fourth birthday, as Leerplicht knows. */
function at(site: string, who: DemoChild, bsn: string | undefined): CastChild {
  const place = { site, from: `${Number(who.birthDate.slice(0, 4)) + 4}${who.birthDate.slice(4)}` };
  return { ...who, bsn, attends: [place], enrolled: [place] };
}
