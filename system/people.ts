import { type Persona, personas } from "./personas.ts";

/** Somebody who signs in with a browser. The same names as in the demo files. */
export interface Person extends Omit<Persona, "name"> {
  /** The `sub` of their tokens. */
  readonly id: string;
  readonly name: string;
  readonly title: Readonly<Record<"nl" | "en", string>>;
  /** How long their access tokens live, in seconds, where not as usual. */
  readonly tokenLife?: number;
  /** Whether a token is renewed without a new sign-in; so it is unless set. */
  readonly isRenewed?: boolean;
}

/** The people of the demo system. Who is a persona too has the rights of that persona. */
export const people: readonly Person[] = [
  {
    ...persona("school-contact"),
    name: "Tjitske van der Ploeg",
    title: { nl: "Contactpersoon van De Wilgenhoek", en: "Contact person of De Wilgenhoek" },
  },
  {
    ...persona("school-contact"),
    id: "school-contact-colleague",
    name: "Sofiia Haddad",
    title: { nl: "Contactpersoon van De Wilgenhoek", en: "Contact person of De Wilgenhoek" },
  },
  {
    ...persona("school-contact"),
    id: "school-contact-elsewhere",
    name: "Błażej Kowalski",
    title: { nl: "Contactpersoon van Daltonschool De Brug", en: "Contact person of Daltonschool De Brug" },
    schools: ["99AK00"],
  },
  {
    ...persona("school-teacher"),
    name: "Leerkracht van groep 6",
    title: { nl: "Leerkracht van De Wilgenhoek", en: "Teacher of De Wilgenhoek" },
  },
  {
    ...persona("leerplicht-officer"),
    name: "Marijke Terpstra",
    title: { nl: "Leerplichtambtenaar van Lindewaard", en: "Leerplicht officer of Lindewaard" },
  },
  {
    ...persona("leerplicht-officer"),
    id: "leerplicht-officer-colleague",
    name: "Youssef Bakkali",
    title: { nl: "Leerplichtambtenaar van Rietmonde", en: "Leerplicht officer of Rietmonde" },
  },
  {
    ...persona("shelter-worker"),
    name: "Iris de Wit",
    title: { nl: "Begeleider van Opvanghuis De Steiger", en: "Supporter at the shelter De Steiger" },
  },
  {
    ...persona("parent"),
    name: "Aylin Kaya",
    title: { nl: "Ouder, met een code van de begeleider", en: "Parent, with a code of the supporter" },
  },
  {
    ...persona("release-worker"),
    name: "Anneke de Vries",
    title: { nl: "Vrijgavepunt van de regio, waar er een is", en: "The region's release desk, where there is one" },
  },
  {
    ...persona("operator"),
    name: "Beheer",
    title: { nl: "Ziet cijfers, en nooit een kind", en: "Sees figures, and never a child" },
  },
  {
    ...persona("police-integrator"),
    name: "Koppeling van de politie",
    title: {
      nl: "Eigen systeem van de politie, voor de API-verkenner",
      en: "The police's own system, for the API explorer",
    },
  },
  {
    ...persona("crisis-worker"),
    name: "Koppeling van het crisisteam",
    title: {
      nl: "Eigen systeem van het crisisteam, voor de API-verkenner",
      en: "The crisis team's own system, for the API explorer",
    },
  },
  {
    ...persona("sis-vendor"),
    name: "Leverancier van schoolsystemen",
    title: { nl: "Maakt een koppeling voor twaalf scholen", en: "Connects the systems of twelve schools" },
  },
];

function persona(id: string): Omit<Person, "title"> {
  const found = personas.find(({ name }) => name === id);
  if (found === undefined) throw new Error(`No persona ${id}`);
  return { ...found, id };
}
