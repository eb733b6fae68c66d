import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect } from "@jest/globals";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { takePicture } from "./browser.ts";

/** Puts axe in a page, whose context must let it (`bypassCSP`). It goes with the page's next load. */
export async function putAxeIn(page: Page): Promise<void> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
}

/** The page's, once axe has been put in it. */
interface WithAxe {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> };
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** A telephone held upright, and a screen of 1280 points at 200 %. */
const sizes = {
  narrow: { width: 320, height: 640 },
  zoomed: { width: 640, height: 400 },
  usual: { width: 1100, height: 800 },
};

/** What is wrong with the page as it is, by the rules and by its width: nobody has to scroll sideways. */
export async function faultsOf(page: Page, where: string): Promise<string[]> {
  const { violations, tooWide } = await page.evaluate(async (tags) => {
    const results = await (globalThis as unknown as WithAxe).axe.run({ runOnly: tags, resultTypes: ["violations"] });
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      violations: results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
      tooWide: scrollWidth > clientWidth,
    };
  }, standards);
  return [...violations, ...(tooWide ? ["wider than the screen"] : [])].map((fault) => `${where}: ${fault}`);
}

/** Looks at one state of a screen in both languages, by day and by night, small and enlarged. */
export async function look(page: Page, name: string): Promise<void> {
  const faults: string[] = [];
  for (const language of ["nl", "en"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const [size, viewport] of Object.entries(sizes)) {
        await page.setViewportSize(viewport);
        faults.push(...(await faultsOf(page, `${language} ${colorScheme} ${size}`)));
        // Pictures take their time: of the other language one.
        const isShown = language === "nl" ? size !== "zoomed" : colorScheme === "light" && size === "usual";
        if (isShown) await takePicture(page, `${name}-${language}-${colorScheme}-${size}`);
      }
    }
    await page.locator(`.frame-buttons button[lang="${language === "nl" ? "en" : "nl"}"]`).click();
    await page.locator(`html[lang="${language === "nl" ? "en" : "nl"}"]`).waitFor({ state: "attached" });
  }
  await page.emulateMedia({ colorScheme: "light" });
  expect(faults).toEqual([]);
}
