import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { inWeeks, shelterFamily } from "../way/circle-family.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { Looker, putAxeIn } from "./axe.ts";
import { openBrowser, type SignInOptions, type TestBrowser } from "./browser.ts";
import { Reports } from "./reports.ts";
import { agree, beginGuidance, codeOf, withdraw } from "./shelter-pages.ts";

/* Anybody can use the screens of a shelter, a parent, a support circle and a release desk: looks.ts names them. */

const looker = new Looker("accessibility-circles");

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let shelter: Page;

const row = (page: Page, text: string) => page.locator(".task-row", { hasText: text });
const family = (page: Page) => row(page, reports.cast.matched.name.givenName);

/** axe could not run in the page otherwise; the other tests leave the policy as it is. */
const open = (person: string, options: SignInOptions = {}) => browser.signIn(person, { ...options, bypassCSP: true });

beforeAll(async () => {
  way = await startWay({ leerplicht: { RELEASE_DESK: "00000099000000008000" } });
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  shelter = await open("shelter-worker");
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

test("a shelter without families, and a school without circles", async () => {
  const worker = await open("shelter-worker");
  await worker.locator(".empty").waitFor();
  await putAxeIn(worker);
  await looker.look(worker, "guidance/guidance-screen.tsx: empty");
  const school = await open("school-contact");
  await school.getByRole("button", { name: "Steunkringen" }).click();
  await school.getByText("Er zijn nu geen steunkringen").waitFor();
  await putAxeIn(school);
  await looker.look(school, "circles/circles-view.tsx: empty");
  for (const page of [worker, school]) await page.context().close();
  await beginGuidance(shelter, (await shelterFamily(way, [reports.cast.matched])).family);
  await family(shelter).click();
  await agree(shelter);
  await shelter.getByText("De Wilgenhoek").waitFor();
}, 180_000);

test("a family, its circle at the school, and a talk on its way", async () => {
  const worker = await open("shelter-worker");
  const school = await open("school-contact");
  await family(worker).waitFor();
  for (const page of [worker, school]) await putAxeIn(page);
  await looker.look(worker, "guidance/guidance-screen.tsx: families");
  await worker.getByRole("button", { name: "Begin een begeleiding" }).click();
  await looker.look(worker, "guidance/start-form.tsx: asked");
  await worker.keyboard.press("Escape");
  await family(worker).click();
  await school.getByRole("button", { name: "Steunkringen" }).click();
  await school.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
  await looker.look(school, "circles/circles-view.tsx: circle");
  await worker.getByRole("button", { name: "Vraag om een gesprek" }).click();
  await school.getByText("Er is om een gesprek gevraagd").waitFor();
  await looker.look(school, "talks/talk-list.tsx: called");
  await worker.getByRole("button", { name: "Stel momenten voor" }).click();
  await looker.look(worker, "talks/propose-form.tsx: asked");
  await worker.getByLabel("Moment 1").fill(`${inWeeks(1)}T10:00`);
  await worker.getByLabel("Waar").fill("Spreekkamer van de school");
  await worker.getByRole("button", { name: "Stel voor", exact: true }).click();
  await worker.getByText("Er zijn momenten voorgesteld").waitFor();
  await looker.look(worker, "guidance/family-view.tsx: circle");
  await worker.locator(".talk .choice").first().click();
  await worker.getByRole("button", { name: "Spreek dit moment af" }).click();
  await school.getByText("Het gesprek is afgesproken").waitFor();
  await looker.look(school, "talks/talk-list.tsx: planned");
  await school.getByRole("button", { name: "Het gesprek is geweest" }).click();
  await looker.look(school, "talks/record-form.tsx: asked");
  await school.context().close();
  await worker.getByRole("button", { name: "Er is weer geweld geweest" }).click();
  await looker.look(worker, "guidance/violence-form.tsx: asked");
  await worker.getByRole("button", { name: "Annuleren" }).click();
  await worker.getByRole("button", { name: "Maak een code voor Aylin Kaya" }).click();
  await worker.locator(".code").waitFor();
  await looker.look(worker, "guidance/family-view.tsx: code");
  await worker.getByRole("button", { name: "Stop de begeleiding" }).click();
  await looker.look(worker, "guidance/family-view.tsx: ending");
  await worker.getByRole("button", { name: "Annuleren" }).click();
  await withdraw(shelter);
  await worker.getByLabel("Tot en met").waitFor();
  await looker.look(worker, "guidance/family-view.tsx: no consent");
  await way.stop("leerplicht");
  await agree(shelter);
  await worker.getByText("De school van het kind wordt gezocht").waitFor();
  await looker.look(worker, "guidance/family-view.tsx: school looked for");
  await way.start("leerplicht");
  await worker.context().close();
}, 300_000);

test("a parent with a code, until the time is over", async () => {
  await shelter.getByText("De Wilgenhoek").waitFor();
  const parent = await open("parent", { prepare: (page) => page.clock.install() });
  await parent.getByLabel("De code van uw begeleider").waitFor();
  await putAxeIn(parent);
  await looker.look(parent, "parent/parent-screen.tsx: code");
  await parent.getByLabel("De code van uw begeleider").fill(await codeOf(shelter));
  await parent.getByRole("button", { name: "Laat zien" }).click();
  await parent.getByText("De Wilgenhoek").waitFor();
  await looker.look(parent, "parent/parent-screen.tsx: view");
  await parent.getByRole("button", { name: "Ik vind het niet meer goed" }).first().click();
  await looker.look(parent, "parent/parent-screen.tsx: withdraw question");
  await withClient(way.databases.get("shelter")?.adminUrl ?? "", (records) =>
    records.query("update care.parent_code set view_until = now() where view_until is not null"),
  );
  await parent.clock.runFor(61_000);
  await parent.getByText("De tijd is om").waitFor();
  await looker.look(parent, "parent/parent-screen.tsx: view over");
  await parent.context().close();
}, 120_000);

test("a release desk", async () => {
  const page = await open("release-worker");
  await page.locator(".empty").waitFor();
  await putAxeIn(page);
  await looker.look(page, "release-desk/release-screen.tsx: empty");
  await reports.about(reports.cast.matched);
  await row(page, "Noor van der Linden").waitFor();
  await looker.look(page, "release-desk/release-screen.tsx: tasks");
  await row(page, "Noor van der Linden").click();
  await looker.look(page, "release-desk/release-view.tsx: task");
  await page.getByRole("button", { name: "Houd tegen" }).click();
  await looker.look(page, "release-desk/release-view.tsx: stop");
  await page.context().close();
}, 180_000);

test("every state of every screen has been looked at", () => {
  expect(looker.unseen).toEqual([]);
});
