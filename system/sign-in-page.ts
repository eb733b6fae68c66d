import type { Person } from "./people.ts";

/* The pages of the development provider. They run no script, and hold no style but their own. */

export type Language = "nl" | "en";

/** The headers of its pages. Forms lead on to the application, which is on another port of this machine. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "cache-control": "no-store",
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' http://127.0.0.1:* http://localhost:*; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const texts = {
  nl: {
    title: "Wie bent u vandaag?",
    lead: "Dit is een proefopstelling. Alle mensen en kinderen hierin zijn verzonnen. Kies met wie u meekijkt.",
    signOut: "Afmelden?",
    confirm: "Ja, afmelden",
  },
  en: {
    title: "Who are you today?",
    lead: "This is a demonstration. All people and children in it are made up. Choose whose screen you want to see.",
    signOut: "Sign out?",
    confirm: "Yes, sign out",
  },
} as const;

const style = `
  :root { color-scheme: light dark; --ink: #001a40; --soft: #3d5374; --line: #c0c7d2; --paper: #f9f9fa; --card: #fff; --lit: #e3f3fd; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8edf4; --soft: #b3c0d2; --line: #3a4a61; --paper: #0f1620; --card: #172130; --lit: #10344d; } }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; }
  main { max-width: 34rem; margin: 0 auto; padding: 3rem 1rem; }
  h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .5rem; }
  p { margin: 0 0 1.5rem; color: var(--soft); }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
  button { width: 100%; text-align: start; padding: .875rem 1rem; border: 1px solid var(--line); border-radius: 8px;
    background: var(--card); color: inherit; font: inherit; cursor: pointer; }
  button:hover { background: var(--lit); }
  button:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 6px #ffdd00; }
  b, small { display: block; } small { color: var(--soft); font-size: .9375rem; }`;

/** Lets one pick a person, and posts the choice to the address of the page itself. */
export function personPage(people: readonly Person[], language: Language): string {
  const { title, lead } = texts[language];
  const items = people.map(
    ({ id, name, title }) =>
      `<li><button name="person" value="${id}"><b>${name}</b><small>${title[language]}</small></button></li>`,
  );
  return page(language, title, `<p>${lead}</p><form method="post"><ul>${items.join("")}</ul></form>`);
}

/** @param form of the provider, with what it wants to get back. */
export function signOutPage(form: string, language: Language): string {
  const { signOut, confirm } = texts[language];
  const button = `<button form="op.logoutForm" name="logout" value="yes" autofocus><b>${confirm}</b></button>`;
  return page(language, signOut, `${form}${button}`);
}

function page(language: Language, title: string, content: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
}

/** The first language that is asked for and that we speak; Dutch where there is none. */
export function languageOf(wanted: unknown): Language {
  return typeof wanted === "string" && /^en\b/.test(wanted) ? "en" : "nl";
}
