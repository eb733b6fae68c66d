import { createContext, useContext } from "react";
import type { Texts } from "./texts.ts";

export type Language = "nl" | "en";

/** What is spoken on the page. */
export interface Spoken {
  readonly language: Language;
  readonly texts: Texts;
}

/** The language that a browser asks for first, of those that we speak; Dutch where there is none. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const name of wanted) {
    if (name.startsWith("nl")) return "nl";
    if (name.startsWith("en")) return "en";
  }
  return "nl";
}

/** Loads one language, and not the other. */
export async function speak(language: Language): Promise<Spoken> {
  const { texts } = language === "nl" ? await import("./nl.ts") : await import("./en.ts");
  return { language, texts };
}

export const LanguageContext = createContext<Spoken | undefined>(undefined);

export function useLanguage(): Language {
  return useSpoken().language;
}

export function useTexts(): Texts {
  return useSpoken().texts;
}

function useSpoken(): Spoken {
  const spoken = useContext(LanguageContext);
  if (spoken === undefined) throw new Error("No language is spoken here");
  return spoken;
}
