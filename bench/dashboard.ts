import { randomUUID } from "node:crypto";
import { chromium, type Page } from "playwright-core";
import { type OwnSystem, quantile, readRoll, withSystem } from "./own-system.ts";

/*
 * npm run bench -- dashboard [SIGNALS] [EVENTS]: what the school's screen costs in Chromium, in a system of its own:
 * what is loaded, how soon the list is there, how soon after an accepted report a message is seen (100 SIGNALS), and
 * what memory a page takes that is left open for EVENTS (1,000): more than a school meets in a year.
 */

const signals = Number(process.argv[2] ?? 100);
const events = Number(process.argv[3] ?? 1_000);
const loads = 15;

/** In the page: notes when a new message has been painted, and not only when it is in the document. */
const watch = `globalThis.seenAt = undefined;
  new MutationObserver(() => {
    if (seenAt === undefined && document.querySelector(".message-row--new"))
      requestAnimationFrame(() => { seenAt = performance.timeOrigin + performance.now(); });
  }).observe(document, { childList: true, subtree: true })`;

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

await withSystem(async (system) => {
  await using browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--js-flags=--expose-gc"],
  });
  const page = await browser.newPage({ locale: "nl-NL" });
  await page.goto(new URL(system.gateway.http).origin);
  await page.locator('button[value="school-contact"]').click();
  await page.locator(".empty, .messages").first().waitFor();

  const { bytes, times } = await measureLoads(page);
  console.log(`JavaScript and CSS of the first load, gzipped   ${(bytes / 1024).toFixed(1)} KiB`);
  console.log(row("page asked for, sign-in known → list is there", times));

  const before = await heapOf(page);
  const raised = await raise(system, page, Math.max(signals, events / 2));
  console.log(row(`accepted mutation → visible, ${signals} signals`, raised.slice(0, signals)));
  const after = await heapOf(page);
  const mib = (size: number) => `${(size / 1024 / 1024).toFixed(1)} MiB`;
  console.log(`heap of the page: ${mib(before)}; after ${raised.length * 2} events: ${mib(after)}`);
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
async function raise({ gateway, tokenOf }: OwnSystem, page: Page, count: number): Promise<number[]> {
  const [police, contact] = [await tokenOf("police-integrator"), await tokenOf("school-contact")];
  const children = await readRoll("99AA00");
  const ask = async (token: string, query: string, variables: unknown) => {
    const response = await fetch(gateway.http, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data } = (await response.json()) as { data: Record<string, unknown> };
    return data;
  };
  await page.evaluate(watch);
  const times: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await page.evaluate("seenAt = undefined");
    const input = {
      idempotencyKey: randomUUID(),
      occurredAt: new Date().toISOString(),
      category: "OTHER",
      children: [{ bsn: children[sent % children.length] }],
    };
    await ask(police, "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }", {
      input,
    });
    const accepted = performance.timeOrigin + performance.now();
    await page.locator(".message-row--new").waitFor();
    let seen: number | undefined;
    while (seen === undefined) seen = await page.evaluate<number | undefined>("seenAt");
    times.push(seen - accepted);
    const { signals: open } = (await ask(contact, "{ signals(status: [RAISED]) { edges { node { id } } } }", {})) as {
      signals: { edges: { node: { id: string } }[] };
    };
    for (const { node } of open.edges) {
      await ask(contact, "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }", node);
    }
    await page.locator(".message-row--new").waitFor({ state: "detached" });
  }
  return times;
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

function row(name: string, times: readonly number[]): string {
  const at = (share: number) => `${quantile(times, share).toFixed(0)} ms`;
  return `${name.padEnd(48)}p50 ${at(0.5)}   p99 ${at(0.99)}   max ${at(1)}`;
}
