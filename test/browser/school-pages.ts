import { expect } from "@jest/globals";
import type { Page } from "playwright-core";
import type { WaySystem } from "../way/way-system.ts";
import type { TestBrowser } from "./browser.ts";
import type { Reports } from "./reports.ts";

/* What tests of a school's screen do again and again. */

export const fresh = ".message-row--new";
export const live = ".connection-line--live";
export const lost = ".connection-line--lost";

/** Signs somebody of a school in, and waits for the list. */
export async function openInbox(browser: TestBrowser, ...options: Parameters<TestBrowser["signIn"]>): Promise<Page> {
  const page = await browser.signIn(...options);
  await page.locator(live).waitFor();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

export async function expectCount(page: Page, selector: string, count: number): Promise<void> {
  await page.waitForFunction(([what, many]) => document.querySelectorAll(what).length === many, [
    selector,
    count,
  ] as const);
}

/** A message about somebody, opened. @returns the name that it shows. */
export async function openOne(page: Page, reports: Reports): Promise<string> {
  await reports.aboutSomebody();
  await page.locator(fresh).click();
  await page.locator(".gestures").waitFor();
  return (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
}

/** Hands the open message to each teacher of the group in turn, until the one of the development provider has it. */
export async function handOverToTeacher(page: Page, way: WaySystem): Promise<void> {
  const tell = page.getByRole("button", { name: "De leerkracht weet het", exact: true });
  await tell.click();
  const own = page.locator('optgroup[label="Leerkrachten van de groep"] option');
  await own.first().waitFor({ state: "attached" });
  let isTheirs = false;
  for (const name of await own.allTextContents()) {
    await page.getByLabel("Aan wie heeft u het verteld?").selectOption({ label: name });
    await page.getByRole("button", { name: "Vastleggen", exact: true }).click();
    await page.getByText(`Vastgelegd: ${name} weet het`).waitFor();
    const { data } = await way.ask("school-teacher", "{ signals { edges { node { id } } } }");
    isTheirs = data.signals.edges.length > 0;
    if (isTheirs) break;
    await tell.click();
  }
  expect(isTheirs).toBe(true);
}

export const textOf = async (page: Page) => (await page.locator("#application").textContent()) ?? "";
