import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { Signals } from "./signals.ts";

/** An hour in the steps in which the page's clock is put forward: each shorter than the page waits for an answer. */
const steps = 3_600;
const stepMs = 1_000;

interface Hour {
  /** In bytes, once what nobody needs has been collected. */
  readonly heapBefore: number;
  readonly heapAfter: number;
  /** What the page has done by itself in the hour. */
  readonly readings: number;
  readonly pings: number;
  readonly renewals: number;
}

/**
 * Leaves a page open for an hour in which so many events come, and sees what it does and what it grows by.
 * @param isReal waits for the hour; else the page's clock is put forward, and a minute takes a second or two.
 */
export async function leaveOpen(
  browser: Browser,
  origin: string,
  signals: Signals,
  events: number,
  isReal: boolean,
): Promise<Hour> {
  const page = await browser.newPage({ locale: "nl-NL" });
  if (!isReal) await quicken(page);
  const done = countOf(page);
  await openInbox(page, origin);
  const heapBefore = await heapOf(page);
  Object.assign(done, { readings: 0, pings: 0, renewals: 0 });
  // A signal is two events: that it came, and that it is done.
  const every = Math.max(1, Math.floor((2 * steps) / events));
  for (let step = 0; step < steps; step += 1) {
    if (step % every === 0) {
      await signals.raise();
      await page.locator(".message-row--new").waitFor();
      await signals.settle();
      await page.locator(".message-row--new").waitFor({ state: "detached" });
    }
    if (isReal) await pause(stepMs);
    else await page.clock.runFor(stepMs);
  }
  await page.locator(".connection-line--live").waitFor();
  const heapAfter = await heapOf(page);
  await page.close();
  return { heapBefore, heapAfter, ...done };
}

/**
 * Puts the page's timers, and what it counts down by, in our hands. What it takes for the time of day stays the real one:
 * a token that it renews is of the provider's time, and would have ended before it came.
 */
async function quicken(page: Page): Promise<void> {
  await page.addInitScript("globalThis.timeOfDay = Date.now");
  await page.clock.install();
  await page.addInitScript("Date.now = timeOfDay");
}

async function openInbox(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.locator('button[value="school-contact"]').click();
  await page.locator(".connection-line--live").waitFor();
}

/** Counts what the page asks for by itself. */
function countOf(page: Page): { readings: number; pings: number; renewals: number } {
  const done = { readings: 0, pings: 0, renewals: 0 };
  page.on("request", (request) => {
    if (request.url().endsWith("/token")) done.renewals += 1;
    if (request.postData()?.includes("query Inbox")) done.readings += 1;
  });
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (String(payload).includes('"ping"')) done.pings += 1;
    }),
  );
  return done;
}

/** In bytes. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}
