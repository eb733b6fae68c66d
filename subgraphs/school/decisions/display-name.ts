/** The parts of a name as a school's registry keeps them. */
export interface RegistryName {
  readonly callName: string | null;
  readonly givenNames: string | null;
  readonly initials: string | null;
  readonly prefix: string | null;
  readonly familyName: string | null;
}

/** A person's name as it is read out: call name, prefix, family name. */
export function displayName(name: RegistryName): string {
  const given = name.callName ?? name.givenNames ?? name.initials;
  return [given, name.prefix, name.familyName].filter((part) => part !== null && part !== "").join(" ");
}
