import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";

const theme = /voorbeeld-design-tokens\/dist\/theme\.css$/;
const button = /button-css\/dist\/button\.css$/;

/** Buttons of a kind that we have none of. */
const unusedButtons = /nl-button--(positive|negative|pressed|icon-only)/;

/**
 * Leaves of the theme's two hundred kilobytes of design tokens those that a style of ours uses, or a component's that
 * we import, and of the button its own kinds.
 * @param folder where our styles are.
 */
export function pruneTokens(folder: string): Plugin {
  return {
    name: "prune-tokens",
    enforce: "pre",
    transform(code, id) {
      if (theme.test(id)) return { code: pruned(code, stylesBelow(folder)), map: null };
      return button.test(id) ? { code: without(unusedButtons, code), map: null } : undefined;
    },
  };
}

/** Our styles, and those that they and the application's entry import from packages. */
function stylesBelow(folder: string): string {
  const require = createRequire(join(folder, "index.html"));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const own = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".css"))
    .map(read);
  const imported = [...own, read("main.tsx")]
    .flatMap((text) => [...text.matchAll(/import "(@[^"]+\.css)"/g)].map(([, name = ""]) => name))
    .filter((name) => !theme.test(name))
    .map((name) => readFileSync(require.resolve(name), "utf8"));
  return [...own, ...imported.map((text) => without(unusedButtons, text))].join("\n");
}

/** @param css without comments that hold braces, as packages ship it. */
function without(selector: RegExp, css: string): string {
  return css.replaceAll(/[^{}]*\{[^{}]*\}/g, (rule) => (selector.test(rule.slice(0, rule.indexOf("{"))) ? "" : rule));
}

/** @param css the theme: one rule of declarations, one a line. @param styles what may use them. */
function pruned(css: string, styles: string): string {
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
