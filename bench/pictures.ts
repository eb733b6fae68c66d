import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumOptions } from "../system/chromium.ts";
import { root } from "../system/root.ts";
import { openSignals } from "./dashboard/signals.ts";
import { withSystem } from "./own-system.ts";

/*
 * npm run bench -- pictures: takes the README's pictures anew, of a system of its own with the demo data, into
 * docs/screens. All people in them are fictional.
 */

const folder = join(root, "docs", "screens");

/** How wide a screen is on which each is taken: as wide as its column, with some air. */
const widths = { narrow: 800, wide: 1280 };

/** How many signals are new at the school, one more or less. */
const fresh = 3;

/** How many signals there are to tell figures of, and how many that no machine can route. */
const told = 45;
const unroutable = 10;

/** Figures are published each minute; as long as that may take, in milliseconds. */
const patience = 180_000;

await withSystem(async (system) => {
  await using browser = await chromium.launch(chromiumOptions());
  const { origin } = new URL(system.gateway.http);
  const cast = JSON.parse(await readFile(join(root, "demo", "cast.json"), "utf8"));
  const signals = await openSignals(system);

  const { bsn, name, birthDate } = cast.twoEnrolments;
  await signals.raise({ bsn, name, birthDate });
  for (let count = 0; count < fresh; count += 1) await signals.raise();
  await signals.raise({ bsn: cast.matched.bsn });

  const inbox = await open(browser, origin, "school-contact", widths.narrow);
  await inbox.locator(".message-row--new").nth(1).waitFor();
  await take(inbox, "inbox");
  await inbox.locator(".message-row--new").first().click();
  await inbox.locator(".gestures").waitFor();
  await take(inbox, "message");

  const officer = await open(browser, origin, "leerplicht-officer", widths.wide);
  await officer.locator(".task-row", { hasText: name.familyName }).click();
  await officer.getByRole("button", { name: "Ik pak dit op" }).click();
  await officer.getByText("U bent hiermee bezig").waitFor();
  await take(officer, "task");

  // Only now, so that the inbox is as long as one usually is.
  for (let count = 0; count < told; count += 1) await signals.raise();
  await signals.settle();
  for (let count = 0; count < unroutable; count += 1) {
    await signals.raise({ name: { givenName: "Sam", familyName: `Onbekend ${count}` }, birthDate: "2016-01-01" });
  }
  const wall = await open(browser, origin, "operator", widths.wide);
  await wall.locator(".bars").waitFor({ timeout: patience });
  await wall.locator(".figure--first dd:not(.figure__none)").waitFor({ timeout: patience });
  await take(wall, "wall");
});

async function open(browser: Browser, origin: string, person: string, width: number): Promise<Page> {
  const page = await browser.newPage({ locale: "nl-NL", viewport: { width, height: 480 } });
  await page.goto(origin);
  await page.locator(`button[value="${person}"]`).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** All of the page, as high as it is. */
async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => {
    const focused = (globalThis as unknown as { document: { activeElement: { blur(): void } } }).document.activeElement;
    focused.blur();
  });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: "disabled" });
  console.log(`docs/screens/${name}.png`);
}
