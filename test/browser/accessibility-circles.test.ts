import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { inWeeks, partnerOf, shelterFamily } from "../way/circle-family.ts";
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

/** In the form that is open. */
async function propose(worker: Page): Promise<void> {
  await worker.getByLabel("Moment 1").fill(`${inWeeks(1)}T10:00`);
  await worker.getByLabel("Waar").fill("Spreekkamer van de school");
  await worker.getByRole("button", { name: "Stel voor", exact: true }).click();
  await worker.getByText("Er zijn momenten voorgesteld").waitFor();
}

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
  const ours = await shelterFamily(way, [reports.cast.matched]);
  await partnerOf(way, ours);
  await beginGuidance(shelter, ours.family);
  await family(shelter).click();
  await agree(shelter);
  await shelter.getByText("De Wilgenhoek").waitFor();
});

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
  await school.getByRole("button", { name: "Vraag om een gesprek" }).click();
  await school.getByText("Er is om een gesprek gevraagd").waitFor();
  await looker.look(school, "talks/talk-list.tsx: called");
  await worker.getByRole("button", { name: "Stel momenten voor" }).click();
  await looker.look(worker, "talks/propose-form.tsx: asked");
  await propose(worker);
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
});

test("two parents who agree, and another supporter", async () => {
  const worker = await open("shelter-worker");
  await family(worker).click();
  await putAxeIn(worker);
  await worker.getByRole("button", { name: "Leg nog een toestemming vast" }).click();
  await looker.look(worker, "guidance/family-view.tsx: one more consent");
  await agree(worker, "Deniz Kaya");
  await looker.look(worker, "guidance/family-view.tsx: two consents");
  await worker.getByRole("button", { name: /^Trek de toestemming in.*Deniz Kaya$/ }).click();
  await worker.getByText("De toestemming van de andere ouder blijft gelden").waitFor();
  await looker.look(worker, "guidance/family-view.tsx: withdraw question");
  await worker.getByRole("button", { name: "Ja, trek de toestemming in" }).click();
  await worker.getByText("Die van de andere ouder blijft gelden").waitFor();
  await shelter.getByText("Toestemming van Aylin Kaya, tot en met").waitFor();

  await worker.getByRole("button", { name: "Een andere begeleider" }).click();
  await looker.look(worker, "guidance/supporter-form.tsx: asked");
  await worker.getByLabel("Begeleider").fill("Bas Mulder");
  await worker.getByRole("button", { name: "Leg de begeleider vast" }).click();
  await worker.getByText("Vul een naam in, en een telefoonnummer").waitFor();
  await looker.look(worker, "guidance/supporter-form.tsx: refused");
  await worker.getByLabel("Telefoon").fill("+31 6 87654321");
  await worker.getByRole("button", { name: "Leg de begeleider vast" }).click();
  await worker.getByText("De nieuwe begeleider is vastgelegd").waitFor();
  await shelter.getByText("Bas Mulder").first().waitFor();
  await looker.look(worker, "guidance/supporter-form.tsx: changed");
  await worker.context().close();
});

test("an officer who calls for a talk about absence", async () => {
  const officer = await open("leerplicht-officer");
  await officer.getByRole("button", { name: "Meld verzuim" }).click();
  await officer.getByText("Er is geen gesprek waarvoor momenten zijn voorgesteld").waitFor();
  await putAxeIn(officer);
  await looker.look(officer, "pupil-absences/absences-view.tsx: empty");
  await looker.look(officer, "pupil-absences/absence-form.tsx: asked");
  const report = async (bsn: string) => {
    await officer.getByLabel("BSN").fill(bsn);
    for (const label of ["Eerste dag", "Laatste dag"]) await officer.getByLabel(label).fill(inWeeks(-1));
    await officer.getByRole("button", { name: "Meld het verzuim" }).click();
  };
  await report(reports.cast.unknown.bsn);
  await officer.getByText("Dit kind staat niet in de administratie").waitFor();
  await looker.look(officer, "pupil-absences/absences-view.tsx: refused");
  await report(reports.cast.matched.bsn);
  await officer.getByText("Het verzuim is gemeld").waitFor();
  await looker.look(officer, "pupil-absences/absences-view.tsx: reported");
  const worker = await open("shelter-worker");
  await family(worker).click();
  await worker.getByRole("button", { name: "Stel momenten voor" }).click();
  await propose(worker);
  await officer.locator(".task-row", { hasText: "Er zijn momenten voorgesteld" }).waitFor();
  await looker.look(officer, "pupil-absences/absences-view.tsx: talk");
  for (const page of [officer, worker]) await page.context().close();
});

test("a parent with a code, until the time is over", async () => {
  await shelter.getByText("De Wilgenhoek").waitFor();
  // Given again, for one school: the earlier one, for any, is over, and each says which it is.
  await shelter.getByRole("button", { name: "Leg nog een toestemming vast" }).click();
  await shelter.getByLabel("Alleen voor één school?").fill("99AA00");
  await agree(shelter);
  await shelter.getByText("Alleen voor school 99AA00").waitFor();
  const parent = await open("parent", { prepare: (page) => page.clock.install() });
  await parent.getByLabel("De code van uw begeleider").waitFor();
  await putAxeIn(parent);
  await looker.look(parent, "parent/parent-screen.tsx: code");
  await parent.getByLabel("De code van uw begeleider").fill(await codeOf(shelter));
  await parent.getByRole("button", { name: "Laat zien" }).click();
  await parent.getByText("De Wilgenhoek", { exact: true }).waitFor();
  expect(await parent.getByText("Alleen voor deze school: De Wilgenhoek.").count()).toBe(1);
  expect(await parent.getByText("Voor elke school waar uw kind heen gaat.").count()).toBeGreaterThan(0);
  await looker.look(parent, "parent/parent-screen.tsx: view");
  await parent.getByRole("button", { name: "Ik vind het niet meer goed" }).first().click();
  await looker.look(parent, "parent/parent-screen.tsx: withdraw question");
  await parent.getByRole("button", { name: "Ja, trek mijn toestemming in" }).click();
  await parent.getByRole("button", { name: "Ik vind het niet meer goed" }).waitFor({ state: "detached" });
  await parent
    .getByText(/kenden elkaar van .*: De Wilgenhoek/)
    .first()
    .waitFor();
  await looker.look(parent, "parent/parent-screen.tsx: withdrawn");
  await withClient(way.databases.get("shelter")?.adminUrl ?? "", (records) =>
    records.query("update care.parent_code set view_until = now() where view_until is not null"),
  );
  await parent.clock.runFor(61_000);
  await parent.getByText("De tijd is om").waitFor();
  await looker.look(parent, "parent/parent-screen.tsx: view over");
  await parent.context().close();
});

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
});

test("every state of every screen has been looked at", () => {
  expect(looker.unseen).toEqual([]);
});
