import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, jest } from "@jest/globals";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { type SignInOptions, type TestBrowser, takePicture } from "./browser.ts";
import { type Look, looksOf, type Suite } from "./looks.ts";

// Each state is looked at twelve times.
jest.setTimeout(600_000);

/** Puts axe in a page, whose context must let it (`bypassCSP`). It goes with the page's next load. */
export async function putAxeIn(page: Page): Promise<void> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
}

/** Signs somebody in, past the page's policy, under which axe could not run: the other tests leave it as it is. */
export async function openForAxe(browser: TestBrowser, person: string, options: SignInOptions = {}): Promise<Page> {
  const page = await browser.signIn(person, { ...options, bypassCSP: true });
  await page.locator(".connection-line").waitFor();
  await putAxeIn(page);
  return page;
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

/** Faults of elements that somebody else has made and that are served as they are: by axe's rule, their selectors. */
export type ForeignFaults = Readonly<Record<string, readonly string[]>>;

/** What is wrong with the page as it is, by the rules and by its width: nobody has to scroll sideways. */
export async function faultsOf(page: Page, where: string, foreign: ForeignFaults = {}): Promise<string[]> {
  const { violations, tooWide } = await page.evaluate(
    async ({ tags, known }) => {
      const options: RunOptions = { runOnly: tags, resultTypes: ["violations"], elementRef: true };
      const results = await (globalThis as unknown as WithAxe).axe.run(options);
      const { scrollWidth, clientWidth } = document.documentElement;
      const isOurs = (rule: string, element?: Element) => !known[rule]?.some((selector) => element?.matches(selector));
      const faults = results.violations.map(({ id, nodes }) => ({
        id,
        texts: nodes.filter(({ element }) => isOurs(id, element)).map(({ html }) => html),
      }));
      return {
        violations: faults.filter(({ texts }) => texts.length > 0).map(({ id, texts }) => `${id}: ${texts.join(" ")}`),
        tooWide: scrollWidth > clientWidth,
      };
    },
    { tags: standards, known: foreign },
  );
  return [...violations, ...(tooWide ? ["wider than the screen"] : [])].map((fault) => `${where}: ${fault}`);
}

/** Looks at the states of a suite's screens, and knows which it has not seen yet. */
export class Looker<Of extends Suite> {
  readonly #unseen: Set<Look<Of>>;

  constructor(suite: Of) {
    this.#unseen = new Set(looksOf(suite));
  }

  /** Those that no test has looked at. */
  get unseen(): readonly Look<Of>[] {
    return [...this.#unseen];
  }

  /**
   * Looks at one state of a screen in both languages, by day and by night, small and enlarged: in place.
   * @param hold sees before each look that the state is still there.
   */
  async look(page: Page, state: Look<Of>, hold = keepOpen): Promise<void> {
    const name = (state as string).replace(/\.tsx: |[/ ]/g, "-");
    const faults: string[] = [];
    for (const language of ["nl", "en"]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport);
          await hold(page);
          faults.push(...(await faultsOf(page, `${state} ${language} ${colorScheme} ${size}`)));
          // Pictures take their time: the two that differ most, and one of the other language.
          const isShown = colorScheme === "light" ? size === "usual" : language === "nl" && size === "narrow";
          if (isShown) await takePicture(page, `${name}-${language}-${colorScheme}-${size}`);
        }
      }
      const other = language === "nl" ? "en" : "nl";
      await page.locator(`.frame-buttons button[lang="${other}"]`).click();
      await page.locator(`html[lang="${other}"]`).waitFor({ state: "attached" });
    }
    await page.emulateMedia({ colorScheme: "light" });
    expect(faults).toEqual([]);
    this.#unseen.delete(state);
  }
}

/** What names a child leaves the screen after a minute, unless somebody is busy with it. */
export async function keepOpen(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector("article.message")?.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
