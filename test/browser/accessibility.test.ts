import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { faultsOf, look, putAxeIn } from "./axe.ts";
import { openBrowser, originOf, type TestBrowser, takePicture } from "./browser.ts";
import { Reports } from "./reports.ts";

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let school: Page;
let officer: Page;

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  [school, officer] = (await Promise.all(
    // axe could not run in the page otherwise; the other tests leave the policy as it is.
    ["school-contact", "leerplicht-officer"].map((person) => browser.signIn(person, { bypassCSP: true })),
  )) as [Page, Page];
  for (const page of [school, officer]) {
    await page.locator(".connection-line--live").waitFor();
    await putAxeIn(page);
  }
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

describe("anybody can use", () => {
  test("the empty inbox", async () => {
    await school.locator(".empty").waitFor();
    await look(school, "inbox-empty");
  }, 30_000);

  test("what a school says of its days and hours", async () => {
    await school.getByRole("button", { name: "Afwezig? Vrije dag? Geef het door" }).click();
    await school.getByLabel("Contactpersoon").waitFor();
    await look(school, "availability");
    await school.getByRole("button", { name: "Terug naar de berichten" }).click();
  }, 30_000);

  test("the inbox, an open message, and its questions", async () => {
    for (let count = 0; count < 3; count += 1) await reports.aboutSomebody();
    await school.waitForFunction(() => document.querySelectorAll(".message-row--new").length === 3);
    await look(school, "inbox");
    await school.locator(".message-row--new").first().click();
    await school.locator(".gestures").waitFor();
    await look(school, "message");
    await school.getByRole("button", { name: "De leerkracht weet het" }).click();
    await look(school, "hand-over");
    await school.getByRole("button", { name: "Annuleren" }).click();
    await school.getByRole("button", { name: "Niet onze leerling" }).click();
    await look(school, "return");
    await school.getByRole("button", { name: "Annuleren" }).click();
    await school.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await school.getByText("Genoteerd").waitFor();
    await look(school, "seen");
    await school.keyboard.press("Escape");
    await look(school, "inbox-mixed");
  }, 90_000);

  test("an inbox without a connection", async () => {
    await school.context().setOffline(true);
    await school.locator(".connection-line--lost").waitFor();
    // The other language is at the gateway: it was loaded before.
    await look(school, "connection-lost");
    await school.context().setOffline(false);
  }, 30_000);

  test("the work list, a task, and its questions", async () => {
    await officer.locator(".empty").waitFor();
    await look(officer, "work-list-empty");
    await reports.about(reports.cast.twoEnrolments);
    await reports.about({ name: { givenName: "Sam", familyName: "Onbekend" }, birthDate: "2016-01-01" });
    await officer.waitForFunction(() => document.querySelectorAll(".task-row").length === 2);
    await look(officer, "work-list");
    await officer.locator(".task-row", { hasText: "Hoekstra" }).click();
    await look(officer, "task");
    await officer.getByRole("button", { name: "Ik pak dit op" }).click();
    await officer.getByText("U bent hiermee bezig").waitFor();
    await officer.getByRole("button", { name: "Sluit zonder school" }).click();
    await look(officer, "close");
    await officer.keyboard.press("Escape");
    await officer.locator(".task-row", { hasText: "Onbekend" }).click();
    await look(officer, "task-other-school");
    const colleague = await browser.signIn("leerplicht-officer-colleague", { bypassCSP: true });
    await colleague.locator(".task-row", { hasText: "Een collega, tot" }).waitFor();
    await putAxeIn(colleague);
    await look(colleague, "work-list-claimed");
    await colleague.locator(".task-row", { hasText: "Een collega, tot" }).click();
    await look(colleague, "task-claimed");
    await colleague.context().close();
  }, 90_000);

  test("the wall, with figures", async () => {
    for (let count = 0; count < 2; count += 1) await reports.aboutSomebody();
    await reports.aboutUnknown(5);
    await reports.settle(5);
    await reports.publishFigures();
    const operator = await browser.signIn("operator", { bypassCSP: true });
    await operator.locator(".topology-table").waitFor();
    await operator.locator(".bars").waitFor();
    await putAxeIn(operator);
    await look(operator, "wall");
    await operator.context().close();
  }, 30_000);

  test("the way in, and the word that a sign-in has ended", async () => {
    const page = await browser.signIn("brief-contact", { bypassCSP: true });
    await page.getByRole("heading", { name: "U bent afgemeld" }).waitFor();
    await putAxeIn(page);
    await look(page, "ended");
    await page
      .getByRole("button", { name: "Afmelden" })
      .or(page.getByRole("button", { name: "Opnieuw aanmelden" }))
      .click();
    await page.locator(".connection-line--live").waitFor();
    await page.getByRole("button", { name: "Afmelden" }).click();
    await page.getByRole("button", { name: "Ja, afmelden" }).click();
    await page.locator('button[value="school-contact"]').waitFor();
    await putAxeIn(page);
    expect(await faultsOf(page, "the development provider")).toEqual([]);
    await takePicture(page, "persona");
    await page.context().close();
  }, 30_000);

  test("the word that signing in does not work now", async () => {
    const page = await school.context().newPage();
    await page.route("**/settings.json", (route) => route.abort());
    await page.goto(originOf(way));
    await page.getByText("Aanmelden lukt nu niet").waitFor();
    await putAxeIn(page);
    await look(page, "no-sign-in");
    await page.close();
  }, 30_000);

  test("not a page with a fault: the look finds one that was put in", async () => {
    await officer.evaluate(() => {
      const image = document.createElement("img");
      image.src = "/icon.svg";
      document.querySelector("main")?.append(image);
    });
    expect((await faultsOf(officer, "planted")).join()).toContain("image-alt");
  });
});
