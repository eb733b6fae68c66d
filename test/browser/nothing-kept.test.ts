import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { inWeeks, recordConsent, shelterFamily, startGuidance, supporter } from "../way/circle-family.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { openBrowser, openProfile, originOf, type TestBrowser } from "./browser.ts";
import { Reports } from "./reports.ts";
import { expectCount, fresh, openInbox, openOne } from "./school-pages.ts";

/* What a browser is left with, told, and allowed to do. */

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let contact: Page;

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  contact = await openInbox(browser, "school-contact");
  await openCircle();
}, 240_000);

afterEach(async () => {
  await reports.settle();
  await expectCount(contact, fresh, 0);
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

/** For the first child of the cast. */
async function openCircle(): Promise<void> {
  const { family } = await shelterFamily(way, [reports.cast.matched]);
  const begun = await way.ask("shelter-worker", startGuidance, { input: { familyId: family, supporter } });
  const { id, parents, children } = begun.data.startGuidance.guidance;
  const consent = { guidanceId: id, childId: children[0].id, parentId: parents[0].id, validUntil: inWeeks(8) };
  const { data } = await way.ask("shelter-worker", recordConsent, { input: consent });
  expect(data.recordConsent.__typename).toBe("ConsentRecorded");
}

describe("a browser keeps nothing", () => {
  test("no storage, no cache, no cookie, no worker, no token in an address, and no answer that may be stored", async () => {
    const answered = contact.waitForResponse(
      (response) => response.request().postData()?.includes("Message(") ?? false,
    );
    const name = await openOne(contact, reports);
    expect(await (await answered).headerValue("cache-control")).toBe("no-store");
    const kept = await contact.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      addresses: [location.href, ...performance.getEntries().map((entry) => entry.name)].join("\n"),
    }));
    const { addresses, ...empty } = kept;
    expect(empty).toEqual({ local: {}, session: {}, cookies: "", databases: [], caches: [], workers: 0 });
    expect(contact.url()).toBe(`${originOf(way)}/`);
    expect(addresses).not.toContain("eyJ");
    expect(addresses).not.toContain(encodeURIComponent(name));
    await contact.keyboard.press("Escape");
  });

  test("on disk nothing of a message nor of a circle, once it is closed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "handle-with-care-profile-"));
    try {
      const profile = await openProfile(folder);
      const [page = await profile.newPage()] = profile.pages();
      await page.goto(originOf(way));
      await page.locator('button[value="school-contact"]').click();
      const name = await openOne(page, reports);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Steunkringen" }).click();
      const pupil = "Noor van der Linden";
      await page.getByRole("heading", { name: pupil }).waitFor();
      await page.getByText(supporter.name).waitFor();
      // What a page does keep is found: so the search can find something.
      await page.evaluate(() => localStorage.setItem("planted", "Zoekwoord"));
      await profile.close();
      const found = await wordsIn(folder, [name, pupil, supporter.name, "Zoekwoord"]);
      expect(found).toEqual(["Zoekwoord"]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Which of these words stand in any file of a folder, in either of the forms in which Chromium writes text. */
async function wordsIn(folder: string, words: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const word of words) {
      if (bytes.includes(word) || bytes.includes(Buffer.from(word, "utf16le"))) found.add(word);
    }
  }
  return [...found];
}

/** What a page notes of the notices that it would have shown. */
interface Noting {
  shown: { readonly title: string; readonly options: object }[];
}

/** In the place of the browser's own. @param kind one that cannot be made is Chrome's on Android. */
function stubNotices(kind: "granted" | "denied" | "broken"): (page: Page) => Promise<unknown> {
  return (page) =>
    page.addInitScript((made) => {
      const shown: Noting["shown"] = [];
      class Stub {
        static permission = made === "denied" ? "default" : "granted";
        static requestPermission = async () => made;
        constructor(title: string, options: object) {
          if (made === "broken") throw new TypeError("Illegal constructor");
          shown.push({ title, options });
        }
        close() {}
      }
      Object.assign(globalThis, { Notification: Stub, shown });
    }, kind);
}

const shownOn = (page: Page) => page.evaluate(() => (globalThis as unknown as Noting).shown);

async function setVisibility(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((present) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => present });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

describe("a notice of the browser's own", () => {
  const one = [{ title: "Nieuw bericht", options: { silent: true, tag: "message" } }];

  test("tells, without any content, of what came while nobody looked, whatever was on the screen", async () => {
    const page = await openInbox(browser, "school-contact", { prepare: stubNotices("granted") });
    await page.getByText("U krijgt een melding op dit scherm").waitFor();
    await reports.aboutSomebody();
    await page.locator(fresh).click();
    await page.locator(".gestures").waitFor();
    await setVisibility(page, "hidden");
    // The message has left the screen, and nothing has come.
    await page.locator(fresh).waitFor();
    expect(await shownOn(page)).toEqual([]);
    await reports.aboutSomebody();
    await expectCount(page, fresh, 2);
    expect(await shownOn(page)).toEqual(one);
    await setVisibility(page, "visible");
    await reports.aboutSomebody();
    await expectCount(page, fresh, 3);
    await page.getByRole("button", { name: "Afwezig? Vrije dag? Geef het door" }).click();
    await page.getByLabel("Contactpersoon").waitFor();
    await setVisibility(page, "hidden");
    await reports.aboutSomebody();
    await page.waitForFunction(() => (globalThis as unknown as Noting).shown.length === 2);
    await setVisibility(page, "visible");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Geef geen meldingen meer" }).click();
    await setVisibility(page, "hidden");
    await reports.aboutSomebody();
    await expectCount(page, fresh, 5);
    expect((await shownOn(page)).length).toBe(2);
    await page.context().close();
  });

  test("that the person refuses is not asked for again", async () => {
    const page = await openInbox(browser, "school-contact", { prepare: stubNotices("denied") });
    await page.getByRole("button", { name: "Geef een melding op dit scherm" }).click();
    await page.getByText("Uw browser laat geen meldingen toe").waitFor();
    await page.context().close();
  });

  test("that the browser cannot show takes nothing of the screen with it", async () => {
    const page = await openInbox(browser, "school-contact", { prepare: stubNotices("broken") });
    await setVisibility(page, "hidden");
    await reports.aboutSomebody();
    await page.locator(fresh).waitFor();
    await page.getByText("U krijgt een melding").waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("the policy of the page", () => {
  test("lets in nothing that is not the page's own", async () => {
    expect(browser.takeProblems()).toEqual([]);
    const refused = contact.waitForEvent("console", (message) => message.text().includes("Content Security Policy"));
    await contact.evaluate(() => {
      const image = document.createElement("img");
      image.src = "http://127.0.0.1:9/stolen.png";
      document.body.append(image);
    });
    expect((await refused).text()).toContain("img-src");
    browser.takeProblems();
  });

  test("stands in the way of none of the screens on the way in", async () => {
    const nobody = await browser.signIn("police-integrator");
    await nobody.getByRole("heading", { name: "Voor u is hier geen scherm" }).waitFor();
    const vendor = await browser.signIn("sis-vendor");
    await vendor.getByRole("heading", { name: "Voor u is hier geen scherm" }).waitFor();
    await nobody.route("**/token", (route) => route.abort());
    await nobody.reload();
    await nobody.getByText("U bent niet aangemeld").waitFor();
    await nobody.getByRole("button", { name: "Probeer het opnieuw" }).waitFor();
    await vendor.route("**/settings.json", (route) => route.abort());
    await vendor.reload();
    await vendor.getByText("Aanmelden lukt nu niet").waitFor();
    for (const page of [nobody, vendor]) await page.context().close();
    expect(browser.takeProblems()).toEqual([]);
  });
});

describe("the page", () => {
  test("speaks English where it is asked to", async () => {
    const page = await browser.signIn("school-contact", { locale: "en-GB" });
    await page.getByRole("heading", { name: "Messages" }).waitFor();
    await page.getByRole("button", { name: "Nederlands" }).click();
    await page.getByRole("heading", { name: "Berichten" }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("nl");
    await page.getByRole("button", { name: "Afmelden" }).click();
    await page.getByRole("button", { name: "Ja, afmelden" }).waitFor();
    // An ID token says who somebody is, and addresses are kept.
    expect(page.url()).not.toMatch(/id_token|eyJ/);
    await page.getByRole("button", { name: "Ja, afmelden" }).click();
    // The provider knows nobody any more: the next one says who they are.
    await page.locator('button[value="school-contact"]').waitFor();
    await page.context().close();
  });
});
