import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { inWeeks, partnerOf, shelterFamily, startGuidance, supporter } from "../way/circle-family.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";
import { Keyboard } from "./keyboard.ts";
import { Reports } from "./reports.ts";

/* All of it without a mouse, from the first Tab on. */

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

async function open(person: string): Promise<readonly [Page, Keyboard]> {
  const page = await browser.signIn(person);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return [page, new Keyboard(page)];
}

describe("by keyboard alone", () => {
  test("a contact opens a message, hands it over, and is back where the message stands", async () => {
    await reports.aboutSomebody();
    const [page, keyboard] = await open("school-contact");
    await page.locator(".message-row--new").waitFor();
    await keyboard.activate("Naar de inhoud");
    await keyboard.activate("Nieuw bericht");
    await page.locator(".gestures").waitFor();
    await keyboard.activate("Ik heb dit gezien");
    await page.getByText("Genoteerd: u heeft dit gezien").waitFor();
    await keyboard.activate("De leerkracht weet het");
    // A teacher of the first group has the keyboard already.
    await keyboard.press("ArrowDown");
    await keyboard.activate("Vastleggen");
    await page.getByText("Vastgelegd:").waitFor();
    await page.waitForFunction(() => document.activeElement !== document.body);
    await keyboard.press("Escape");
    await page.locator(".message-row:focus").waitFor();
    await page.context().close();
  });

  test("a contact says who is absent, takes it back, and is back at the button", async () => {
    const [page, keyboard] = await open("school-contact");
    await page.locator(".aside").waitFor();
    await keyboard.activate("Afwezig?");
    await page.getByLabel("Contactpersoon").waitFor();
    await keyboard.to("Contactpersoon");
    await keyboard.press("ArrowDown");
    await keyboard.writeDay("Eerste dag", inWeeks(2));
    await keyboard.writeDay("Laatste dag", inWeeks(2));
    await keyboard.activate("Leg vast wie er niet is");
    await page.getByText("Genoteerd: deze contactpersoon is er dan niet").waitFor();
    await page.locator("#content").focus();
    await keyboard.activate(/is er weer$/);
    await page.getByText("Genoteerd: deze contactpersoon is er weer").waitFor();
    await keyboard.press("Escape");
    await page.locator(".aside button:focus").waitFor();
    expect(await keyboard.focused()).toMatch(/^Afwezig/);
    await page.context().close();
  });

  test("a shelter's worker begins guidance and records a consent; both call for a talk; a parent takes it back", async () => {
    const { family } = await shelterFamily(way, [reports.cast.matched]);
    const [shelter, worker] = await open("shelter-worker");
    await shelter.locator(".empty").waitFor();
    await worker.activate("Begin een begeleiding");
    await worker.write("Het gezin", family);
    await worker.write("Begeleider", "Iris de Wit");
    await worker.write("Telefoon", "+31 6 12345678");
    await worker.activate(/^Begin$/);
    await shelter.getByText("De begeleiding is begonnen").waitFor();
    await shelter.locator(".task-row").waitFor();
    await worker.activate("Noor");
    await shelter.getByText("Er is geen toestemming").waitFor();
    await worker.to("Welke ouder");
    await worker.press("ArrowDown");
    await worker.writeDay("Tot en met", inWeeks(8));
    await worker.activate("Leg de toestemming vast");
    await shelter.getByText("De Wilgenhoek").waitFor();

    const [school, contact] = await open("school-contact");
    await school.locator(".aside").waitFor();
    await contact.activate("Steunkringen");
    await school.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
    await contact.activate("Vraag om een gesprek");
    await school.getByText("Er is om een gesprek gevraagd").waitFor();
    await contact.activate("Stel momenten voor");
    await contact.writeDay("Moment 1", `${inWeeks(1)}T10:00`);
    await contact.write("Waar", "Spreekkamer");
    await contact.activate("Stel voor");
    await school.getByText("Er zijn momenten voorgesteld").waitFor();
    await contact.press("Escape");
    await school.locator(".aside button:focus").waitFor();
    await school.context().close();

    await worker.activate("Maak een code voor Aylin Kaya");
    const code = (await shelter.locator(".code").textContent()) ?? "";
    const [home, parent] = await open("parent");
    await parent.write("De code van uw begeleider", code);
    await parent.press("Enter");
    await home.getByText("De Wilgenhoek", { exact: true }).waitFor();
    await parent.activate("Ik vind het niet meer goed");
    // The question has the keyboard.
    await home.locator(".question button:focus").waitFor();
    await parent.press("Enter");
    await shelter.getByText("Er is geen toestemming").waitFor();
    await home.context().close();
    await shelter.context().close();
  });

  test("an officer routes a signal to a school, and the next thing has the keyboard", async () => {
    await reports.about({ name: { givenName: "Sam", familyName: "Onbekend" }, birthDate: "2016-01-01" });
    const [page, keyboard] = await open("leerplicht-officer");
    await page.locator(".task-row").waitFor();
    await keyboard.activate("Sam Onbekend");
    await page.getByText("De administratie noemt geen school").waitFor();
    await keyboard.write("BRIN en vestiging", "99AB00");
    await keyboard.press("Enter");
    await page.getByText("Het bericht is onderweg naar de school").waitFor();
    // On from the list's heading, and not from the top of the page; or from the task that the school has made of it since.
    await page.locator("h1:focus, .task-row:focus").waitFor();
    await keyboard.activate("Taken die klaar zijn");
    await page.getByText("Er is een school gekozen").waitFor();
    await keyboard.press("Escape");
    await page.locator("h1:focus").waitFor();
    await page.context().close();
  });

  test("an officer reports absence, and is back at the heading", async () => {
    const [page, keyboard] = await open("leerplicht-officer");
    await keyboard.activate("Meld verzuim");
    await page.getByText("Er is geen gesprek waarvoor").waitFor();
    await keyboard.write("BSN", reports.cast.twoEnrolments.bsn);
    await keyboard.writeDay("Eerste dag", inWeeks(-1));
    await keyboard.writeDay("Laatste dag", inWeeks(-1));
    await keyboard.activate("Meld het verzuim");
    await page.getByText("Het verzuim is gemeld").waitFor();
    await keyboard.press("Escape");
    await page.locator("h1:focus").waitFor();
    await page.context().close();
  });

  test("a shelter's worker says who accompanies a family now, and records and takes back a second parent's consent", async () => {
    const ours = await shelterFamily(way, [
      { name: { givenName: "Bram", familyName: "Smit" }, birthDate: "2017-05-06" },
    ]);
    await partnerOf(way, ours);
    await way.ask("shelter-worker", startGuidance, { input: { familyId: ours.family, supporter } });
    const [shelter, worker] = await open("shelter-worker");
    await shelter.locator(".task-row", { hasText: "Bram" }).waitFor();
    await worker.activate("Bram");
    await shelter.getByText("Er is geen toestemming").waitFor();
    await worker.activate("Een andere begeleider");
    // The first field has the keyboard.
    await shelter.locator("input[name=name]:focus").waitFor();
    await shelter.keyboard.type("Bas Mulder");
    await worker.write("Telefoon", "+31 6 87654321");
    await worker.activate("Leg de begeleider vast");
    await shelter.getByText("De nieuwe begeleider is vastgelegd").waitFor();
    await shelter.locator("h1:focus").waitFor();
    await worker.to("Welke ouder");
    await worker.press("ArrowDown");
    await worker.writeDay("Tot en met", inWeeks(8));
    await worker.activate("Leg de toestemming vast");
    await shelter.getByText("Toestemming van Aylin Kaya, tot en met").waitFor();
    await worker.activate("Leg nog een toestemming vast");
    await shelter.locator("select:focus").waitFor();
    await worker.press("ArrowDown", "ArrowDown");
    await worker.writeDay("Tot en met", inWeeks(4));
    await worker.activate("Leg de toestemming vast");
    await shelter.getByText("Toestemming van Deniz Kaya, tot en met").waitFor();
    await worker.activate(/^Trek de toestemming in.*Deniz Kaya$/);
    await shelter.locator(".question button:focus").waitFor();
    await worker.press("Enter");
    await shelter.getByText("Die van de andere ouder blijft gelden").waitFor();
    expect(await shelter.getByText("Toestemming van Aylin Kaya, tot en met").count()).toBe(1);
    await shelter.context().close();
    expect(browser.takeProblems()).toEqual([]);
  });
});
