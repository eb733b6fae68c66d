/** Somebody who uses the demo system. */
export interface Persona {
  readonly name: string;
  readonly party: string;
  /** An OIN of the test series. */
  readonly organisation: string;
  /** OAuth scopes, separated by blanks. */
  readonly scope: string;
  readonly schools?: readonly string[];
  /** What the person is at the school, where that is not a contact person. */
  readonly role?: string;
  /** The person's key in the school's own exports. */
  readonly staffMember?: string;
}

/** The sites of the demo files (demo/edexml). */
const demoSchools = ["AA00", "AA01", "AB00", "AC00", "AD00", "AE00", "AF00", "AG00", "AH00", "AJ00", "AK00", "AL00"];

export const personas: readonly Persona[] = [
  {
    name: "police-integrator",
    party: "police",
    organisation: "00000099000000001000",
    scope: "incidents:report signals:read",
  },
  {
    name: "shelter-worker",
    party: "shelter",
    organisation: "00000099000000003000",
    scope: "incidents:report signals:read guidance:manage conversations:manage",
  },
  {
    name: "crisis-worker",
    party: "crisis",
    organisation: "00000099000000011000",
    scope: "incidents:report signals:read",
  },
  {
    name: "leerplicht-officer",
    party: "leerplicht",
    organisation: "00000099000000004000",
    scope: "routing:manage absences:report",
  },
  {
    // Its list stays empty unless the region has a release desk (the setting RELEASE_DESK of Leerplicht).
    name: "release-worker",
    party: "release",
    organisation: "00000099000000008000",
    scope: "releases:manage",
  },
  {
    name: "school-contact",
    party: "school",
    organisation: "00000099000000005000",
    scope: "signals:read signals:handle circles:read conversations:manage",
    schools: ["99AA00"],
  },
  {
    // Nobody uses it: under `npm start` it plays the school of the scripted children (demo/script.ts).
    name: "scripted-contact",
    party: "school",
    organisation: "00000099000000005000",
    scope: "signals:read signals:handle",
    schools: ["99AD00"],
  },
  {
    // Teaches group 6, of which the cast's first child is a pupil.
    name: "school-teacher",
    party: "school",
    organisation: "00000099000000005000",
    scope: "signals:read signals:handle",
    schools: ["99AA00"],
    role: "teacher",
    staffMember: "m16",
  },
  {
    name: "sis-vendor",
    party: "school",
    organisation: "00000099000000006000",
    scope: "signals:read",
    schools: demoSchools.map((site) => `99${site}`),
  },
  {
    // Anybody may have such a token: what it shows hangs on a supporter's code.
    name: "parent",
    party: "parent",
    organisation: "00000099000000012000",
    scope: "consents:own",
  },
  {
    name: "operator",
    party: "operator",
    organisation: "00000099000000007000",
    scope: "statistics:read",
  },
];

/** The organisations that run the parts of the demo system. */
export const partOrganisations: Readonly<Record<string, string>> = {
  police: "00000099000000001000",
  shelter: "00000099000000003000",
  crisis: "00000099000000011000",
  leerplicht: "00000099000000004000",
  school: "00000099000000005000",
};
