import { chromium, type Page } from "playwright-core";
import { chromiumOptions } from "../system/chromium.ts";
import { leaveOpen } from "./dashboard/hour.ts";
import { openSignals, type Signals } from "./dashboard/signals.ts";
import { quantile, withSystem } from "./own-system.ts";

/*
 * npm run bench -- dashboard [SIGNALS] [EVENTS] [real]: what the school's screen costs in Chromium, in a system of its
 * own: what is loaded, how soon the list is there, how soon after an accepted report a message is seen (100 SIGNALS), and
 * what memory a page takes that is left open for an hour in which 1,000 EVENTS come: more than a school meets in a year.
 * The page's clock is put forward through the hour, unless it is to be a real one.
 */

const signalsWanted = Number(process.argv[2] ?? 100);
const events = Number(process.argv[3] ?? 1_000);
const isReal = process.argv[4] === "real";
const loads = 15;

/** In the page: notes when a new message has been painted, and not only when it is in the document. */
const watch = `globalThis.seenAt = undefined;
  new MutationObserver(() => {
    if (seenAt === undefined && document.querySelector(".message-row--new"))
      requestAnimationFrame(() => { seenAt = performance.timeOrigin + performance.now(); });
  }).observe(document, { childList: true, subtree: true })`;

await withSystem(async (system) => {
  const { args, ...options } = chromiumOptions();
  await using browser = await chromium.launch({ ...options, args: [...args, "--js-flags=--expose-gc"] });
  const { origin } = new URL(system.gateway.http);
  const page = await browser.newPage({ locale: "nl-NL" });
  await page.goto(origin);
  await page.locator('button[value="school-contact"]').click();
  await page.locator(".empty, .messages").first().waitFor();

  const { bytes, times } = await measureLoads(page);
  console.log(`JavaScript and CSS of the first load, gzipped   ${(bytes / 1000).toFixed(1)} kB`);
  // Of so few, no quantile near the end would be more than the longest.
  console.log(`${"page asked for, sign-in known → list is there".padEnd(48)}${spread(times)}   (${loads} loads)`);

  const signals = await openSignals(system);
  const seen = await measureSight(page, signals);
  const p99 = `p99 ${quantile(seen, 0.99).toFixed(0)} ms`;
  console.log(`${"accepted mutation → visible".padEnd(48)}${spread(seen)}   ${p99}   (${seen.length} signals)`);
  await page.close();

  const hour = await leaveOpen(browser, origin, signals, events, isReal);
  const mib = (size: number) => `${(size / 1024 / 1024).toFixed(1)} MiB`;
  const did = `${hour.readings} readings, ${hour.pings} pings, ${hour.renewals} renewals`;
  console.log(
    `heap of a page left open: ${mib(hour.heapBefore)}; after an hour of ${events} events: ${mib(hour.heapAfter)}`,
  );
  console.log(`in ${isReal ? "a real hour" : "an hour of the page's clock"}: ${did}`);
});

/** Loads the page anew, with nothing in the browser's cache; the provider still knows who it is. */
async function measureLoads(page: Page): Promise<{ readonly bytes: number; readonly times: readonly number[] }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const times: number[] = [];
  for (let load = 0; load < loads; load += 1) {
    const began = performance.now();
    await page.goto(new URL("/", page.url()).href);
    await page.locator(".empty, .messages").first().waitFor();
    times.push(performance.now() - began);
  }
  const bytes = await page.evaluate<number>(`performance.getEntriesByType("resource")
    .filter(({ name }) => /\\.(js|css)$/.test(name)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`);
  await session.send("Network.setCacheDisabled", { cacheDisabled: false });
  return { bytes, times };
}

/** Raises signals one after another. @returns how long each took from the accepted report to the screen, in milliseconds. */
async function measureSight(page: Page, signals: Signals): Promise<number[]> {
  await page.evaluate(watch);
  const times: number[] = [];
  for (let count = 0; count < signalsWanted; count += 1) {
    await page.evaluate("seenAt = undefined");
    await signals.raise();
    const accepted = performance.timeOrigin + performance.now();
    // As a function: the page's policy has no text evaluated again and again.
    await page.waitForFunction(() => (globalThis as unknown as { seenAt?: number }).seenAt !== undefined);
    times.push((await page.evaluate<number>("seenAt")) - accepted);
    await signals.settle();
    await page.locator(".message-row--new").waitFor({ state: "detached" });
  }
  return times;
}

function spread(times: readonly number[]): string {
  return `p50 ${quantile(times, 0.5).toFixed(0)} ms   max ${quantile(times, 1).toFixed(0)} ms`;
}
