import { type Language, useLanguage } from "../language.ts";
import { texts as en } from "./en.ts";
import type { FamilyTexts } from "./family-texts.ts";
import { texts as nl } from "./nl.ts";

const texts: Readonly<Record<Language, FamilyTexts>> = { nl, en };

/** Both languages, with the screens that speak them: nobody else loads them. */
export function useFamilyTexts(): FamilyTexts {
  return texts[useLanguage()];
}
