/** A fictional municipality; CBS gives out no codes that begin with 99. */
export interface DemoMunicipality {
  readonly code: string;
  readonly name: string;
  /** Who looks after its schools; undefined outside the office's area. */
  readonly officer: { readonly name: string; readonly telephone: string; readonly email: string } | undefined;
}

export const MUNICIPALITIES = {
  lindewaard: {
    code: "9901",
    name: "Lindewaard",
    officer: {
      name: "Marijke Terpstra",
      telephone: "0900 000 9901",
      email: "m.terpstra@leerplicht.lindewaard.example.nl",
    },
  },
  rietmonde: {
    code: "9902",
    name: "Rietmonde",
    officer: {
      name: "Youssef Bakkali",
      telephone: "0900 000 9902",
      email: "y.bakkali@leerplicht.rietmonde.example.nl",
    },
  },
  hogebroek: {
    code: "9903",
    name: "Hogebroek",
    officer: {
      name: "Ingrid van 't Hof",
      telephone: "0900 000 9903",
      email: "i.vanthof@leerplicht.hogebroek.example.nl",
    },
  },
  zuiderlo: { code: "9904", name: "Zuiderlo", officer: undefined },
} as const satisfies Record<string, DemoMunicipality>;

/** A fictional primary school site. BRINs that begin with 99 are given to nobody. */
export interface DemoSchool {
  readonly site: string;
  readonly name: string;
  readonly municipality: DemoMunicipality;
  readonly pupils: number;
  /** What the school's export says of a pupil's number: the BSN, its last four digits, or nothing. */
  readonly exports: "bsn" | "lastFour" | "nothing";
  readonly participates: boolean;
  /** Designated contact persons, from the IB-ers. */
  readonly contacts: 2 | 3;
}

const { lindewaard, rietmonde, hogebroek, zuiderlo } = MUNICIPALITIES;
const usual = { participates: true, contacts: 2 } as const;

/** The twelve schools that there is an export of. */
export const SCHOOLS: readonly DemoSchool[] = [
  {
    ...usual,
    site: "99AA00",
    name: "De Wilgenhoek",
    municipality: lindewaard,
    pupils: 203,
    exports: "bsn",
    contacts: 3,
  },
  {
    ...usual,
    site: "99AA01",
    name: "De Wilgenhoek, locatie Zuid",
    municipality: lindewaard,
    pupils: 95,
    exports: "nothing",
  },
  { ...usual, site: "99AB00", name: "Prinses Amaliaschool", municipality: lindewaard, pupils: 149, exports: "bsn" },
  { ...usual, site: "99AC00", name: "It Klaverblêd", municipality: lindewaard, pupils: 170, exports: "bsn" },
  {
    ...usual,
    site: "99AD00",
    name: "Montessorischool Rietmonde",
    municipality: rietmonde,
    pupils: 131,
    exports: "lastFour",
  },
  { ...usual, site: "99AE00", name: "Sint-Jozefschool", municipality: rietmonde, pupils: 117, exports: "bsn" },
  { ...usual, site: "99AF00", name: "De Regenboog", municipality: rietmonde, pupils: 225, exports: "bsn", contacts: 3 },
  { ...usual, site: "99AG00", name: "Al-Amal", municipality: rietmonde, pupils: 142, exports: "nothing" },
  { ...usual, site: "99AH00", name: "De Zeven Bronnen", municipality: hogebroek, pupils: 87, exports: "lastFour" },
  {
    ...usual,
    site: "99AJ00",
    name: "Het Kompas",
    municipality: hogebroek,
    pupils: 186,
    exports: "nothing",
    contacts: 3,
  },
  { ...usual, site: "99AK00", name: "Daltonschool De Brug", municipality: hogebroek, pupils: 159, exports: "nothing" },
  {
    ...usual,
    site: "99AL00",
    name: "De Eendracht",
    municipality: hogebroek,
    pupils: 134,
    exports: "nothing",
    participates: false,
  },
];

/** A school outside the office's area. Nobody here has its export. */
export const SCHOOL_ELSEWHERE: DemoSchool = {
  ...usual,
  site: "99ZZ00",
  name: "De Vuurtoren",
  municipality: zuiderlo,
  pupils: 0,
  exports: "nothing",
};
