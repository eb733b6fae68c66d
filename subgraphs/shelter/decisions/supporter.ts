import { checkText } from "../../agency/decisions/check-text.ts";

/** Who accompanies a family, and how the school reaches them. */
export interface SupporterDetails {
  readonly name: string;
  readonly telephone: string | null;
  readonly email: string | null;
}

interface GivenSupporter {
  readonly name: string;
  readonly telephone?: string | null;
  readonly email?: string | null;
}

/** @returns undefined unless there is a name and a way to reach the supporter, all of it readable. */
export function checkSupporter(given: GivenSupporter): SupporterDetails | undefined {
  let isWrong = false;
  const note = (): void => {
    isWrong = true;
  };
  const name = checkText(given.name, 200, note);
  const telephone = checkText(given.telephone, 40, note) ?? null;
  const email = checkText(given.email, 254, note) ?? null;
  if (isWrong || name === undefined || (telephone === null && email === null)) return undefined;
  if (telephone !== null && !/^\+?[0-9][0-9 ()-]{5,}$/.test(telephone)) return undefined;
  if (email !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return undefined;
  return { name, telephone, email };
}
