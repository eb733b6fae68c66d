import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";

const theme = /voorbeeld-design-tokens\/dist\/theme\.css$/;

/**
 * Leaves of the theme's design tokens those that a style of ours uses, or a component's that it imports: a fiftieth
 * of two hundred kilobytes.
 * @param folder where our styles are.
 */
export function pruneTokens(folder: string): Plugin {
  return {
    name: "prune-tokens",
    enforce: "pre",
    transform: (code, id) => (theme.test(id) ? { code: pruned(code, stylesBelow(folder)), map: null } : undefined),
  };
}

/** Our styles, and those that they import from packages. */
function stylesBelow(folder: string): string {
  const require = createRequire(join(folder, "index.html"));
  const own = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".css"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const imported = own
    .flatMap((text) => [...text.matchAll(/@import "(@[^"]+)"/g)].map(([, name = ""]) => name))
    .filter((name) => !theme.test(name))
    .map((name) => readFileSync(require.resolve(name), "utf8"));
  return [...own, ...imported].join("\n");
}

/** @param css the theme: one rule of declarations, one a line. @param styles what may use them. */
export function pruned(css: string, styles: string): string {
  const values = new Map<string, string>();
  for (const [, name = "", value = ""] of css.matchAll(/^\s*(--[\w-]+):\s*(.*?);/gm)) values.set(name, value);
  const used = new Set<string>();
  const use = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      use(values.get(name) ?? "");
    }
  };
  use(styles);
  const left = [...values].filter(([name]) => used.has(name)).map(([name, value]) => `  ${name}: ${value};`);
  return `.voorbeeld-theme {\n${left.join("\n")}\n}\n`;
}
