/** The one sentence that a school is told, by language. It names nobody and nothing. */
const sentences = {
  NL: "Dit kind kan wat extra steun gebruiken.",
  EN: "This child may need support.",
} as const;

export function sentence(language: keyof typeof sentences): string {
  return sentences[language];
}
