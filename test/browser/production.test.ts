import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { registerDocuments } from "../../gateway/register-documents.ts";
import { withClient } from "../../system/databases.ts";
import { root } from "../../system/root.ts";
import { inWeeks, shelterFamily } from "../way/circle-family.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { holdAnswer, openBrowser, type TestBrowser, takePicture } from "./browser.ts";
import { Reports, report } from "./reports.ts";
import { agree, beginGuidance, codeOf, withdraw } from "./shelter-pages.ts";

/* As a region runs it: nothing but registered documents is run, and there is a release desk. */

let folder: string;
let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let desk: Page;
let contact: Page;
let officer: Page;

const row = (page: Page, text: string) => page.locator(".task-row", { hasText: text });

const real = (page: Page) => page.locator(".message-row--new").filter({ hasNotText: "oefening" });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "handle-with-care-documents-"));
  const [documents, own] = [join(folder, "documents.json"), join(folder, "report.graphql")];
  const files = { supergraph: join(root, "schema/supergraph.graphql"), contracts: join(root, "schema/contracts.json") };
  await cp(join(root, "schema/documents.json"), documents);
  await writeFile(own, report);
  // What the agency's own system sends, as its operator would register it.
  await registerDocuments({ ...files, documents }, [own], ["police"]);
  way = await startWay({
    gateway: { TRUSTED_DOCUMENTS: documents, DEVELOPMENT: "off" },
    leerplicht: { RELEASE_DESK: "00000099000000008000" },
  });
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  [desk, contact, officer] = (await Promise.all(
    ["release-worker", "school-contact", "leerplicht-officer"].map((person) => browser.signIn(person)),
  )) as [Page, Page, Page];
  await Promise.all([desk, contact, officer].map((page) => page.locator(".connection-line--live").waitFor()));
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe("where only registered documents run", () => {
  test("what nobody has registered is refused", async () => {
    const { errors } = await way.ask("school-contact", "{ me { id } }");
    expect(errors).toMatchObject([{ extensions: { code: "OPERATION_NOT_REGISTERED" } }]);
  });

  test("a signal goes its whole way over the screens: the desk lets it go, the school sees it and gives support", async () => {
    await reports.about(reports.cast.matched);
    await row(desk, "Noor van der Linden").click();
    await desk.getByText("Gaat vanzelf door").waitFor();
    expect(await contact.locator(".message-row").count()).toBe(0);
    await desk.getByRole("button", { name: "Laat door" }).click();
    await desk.getByText("Het signaal gaat door naar Leerplicht").waitFor();
    await contact.locator(".message-row--new").click();
    await contact.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
    await contact.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await contact.getByText("Genoteerd: u heeft dit gezien").waitFor();
    await contact.getByRole("button", { name: "De leerkracht weet het" }).click();
    await contact.getByLabel("Aan wie heeft u het verteld?").selectOption({ index: 1 });
    await contact.getByRole("button", { name: "Vastleggen" }).click();
    await contact.getByText("Vastgelegd:").waitFor();
    await contact.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await contact.getByText("Dit bericht is afgerond").waitFor();
  });

  test("a school practises and says when it can be reached", async () => {
    await contact.getByRole("button", { name: "Oefen met een bericht" }).click();
    await contact.locator(".message-row--new", { hasText: "oefening" }).waitFor();
    await contact.getByRole("button", { name: "Afwezig? Vrije dag? Geef het door" }).click();
    const days = contact.locator(".availability__part", { hasText: "Eigen schooldagen" });
    const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    await days.getByLabel("Eerste dag").fill(day);
    await days.getByLabel("Laatste dag").fill(day);
    await days.getByLabel("De school is open").check();
    await days.getByRole("button", { name: "Leg de dagen vast" }).click();
    await days.getByText("Genoteerd: op deze dagen is uw school anders").waitFor();
    await contact.keyboard.press("Escape");
  });

  test("an officer takes a task on and closes it, and an operator sees the wall", async () => {
    await reports.about({ name: { givenName: "Sam", familyName: "Onbekend" }, birthDate: "2016-01-01" });
    await row(desk, "Sam Onbekend").click();
    await desk.getByRole("button", { name: "Laat door" }).click();
    await row(officer, "Sam Onbekend").click();
    await officer.getByRole("button", { name: "Ik pak dit op" }).click();
    await officer.getByText("U bent hiermee bezig").waitFor();
    await officer.getByRole("button", { name: "Sluit zonder school" }).click();
    await officer.getByLabel("Waarom sluit u deze taak?").selectOption("NOT_FOUND");
    await officer.getByRole("button", { name: "Sluit de taak" }).click();
    await officer.getByText("De taak is gesloten").waitFor();
    const operator = await browser.signIn("operator");
    await operator.locator(".figures").waitFor();
    await operator.context().close();
    expect(browser.takeProblems()).toEqual([]);
  });
});

describe("a support circle", () => {
  const child = () => reports.cast.matched;
  const family = (page: Page) => row(page, child().name.givenName);
  let shelter: Page;

  beforeAll(async () => {
    shelter = await browser.signIn("shelter-worker");
    await shelter.locator(".empty").waitFor();
  });

  test("opens at the school once a parent agrees, and names each to the other", async () => {
    await contact.getByRole("button", { name: "Steunkringen" }).click();
    await contact.getByText("Er zijn nu geen steunkringen").waitFor();
    await beginGuidance(shelter, (await shelterFamily(way, [child()])).family);
    await family(shelter).click();
    await shelter.getByText("Er is geen toestemming. De school weet van niets.").waitFor();
    expect(await shelter.content()).not.toContain("Wilgenhoek");
    await shelter.getByLabel("Welke ouder geeft toestemming?").selectOption({ label: "Aylin Kaya" });
    await shelter.getByLabel("Tot en met").fill("2020-01-01");
    await shelter.getByRole("button", { name: "Leg de toestemming vast" }).click();
    await shelter.getByText("Kies een dag tussen vandaag en een jaar later").waitFor();
    await shelter.getByLabel("Tot en met").fill(inWeeks(8));
    await shelter.getByRole("button", { name: "Leg de toestemming vast" }).click();
    await shelter.getByText("Toestemming van Aylin Kaya, tot en met").waitFor();
    await shelter.getByText("De Wilgenhoek").waitFor();
    await shelter.getByText("Tjitske van der Ploeg").waitFor();
    await openCircles(contact);
    await contact.getByRole("link", { name: "+31 6 12345678" }).waitFor();
    await takePicture(contact, "circles");
    await takePicture(shelter, "family");
  });

  test("is where a talk is called for, arranged and taken into a calendar, seen by both at once", async () => {
    await openCircles(contact);
    await contact.getByRole("button", { name: "Vraag om een gesprek" }).click();
    await contact.getByText("Er is om een gesprek gevraagd").waitFor();
    await shelter.getByText("Er is om een gesprek gevraagd").waitFor();
    await shelter.getByRole("button", { name: "Stel momenten voor" }).click();
    await shelter.getByLabel("Moment 1").fill("2020-01-01T10:00");
    await shelter.getByLabel("Waar").fill("Spreekkamer van de school");
    await shelter.getByRole("button", { name: "Stel voor", exact: true }).click();
    await shelter.getByText("Kies momenten die nog komen").waitFor();
    for (const number of [1, 2]) await shelter.getByLabel(`Moment ${number}`).fill(`${inWeeks(number)}T10:00`);
    await shelter.getByRole("button", { name: "Stel voor", exact: true }).click();
    await contact.getByText("Er zijn momenten voorgesteld").waitFor();
    await contact.getByText("Spreekkamer van de school").waitFor();
    await contact.locator(".talk .choice").nth(1).click();
    await contact.getByRole("button", { name: "Spreek dit moment af" }).click();
    await contact.getByText("Het gesprek is afgesproken").waitFor();
    expect(await contact.locator(".talk .facts").textContent()).toContain(", 10:00");
    await shelter.getByText("Het gesprek is afgesproken").waitFor();
    const [file] = await Promise.all([
      contact.waitForEvent("download"),
      contact.getByRole("button", { name: "Zet in mijn agenda" }).click(),
    ]);
    const invitation = await readFile(await file.path(), "utf8");
    expect(invitation).toContain("BEGIN:VEVENT");
    expect(invitation).not.toMatch(/Noor|Linden|zorg/);
    await contact.getByRole("button", { name: "Het gesprek is geweest" }).click();
    await contact.getByLabel("Wat").fill("Elke ochtend even bij de deur");
    await contact.getByLabel("Voor welke dag").fill(inWeeks(3));
    await contact.getByRole("button", { name: "Leg de afspraken vast" }).click();
    await contact.getByText("Het gesprek moet nog komen").waitFor();
    await takePicture(contact, "talk");
  });

  test("shows what was agreed in a talk, and what of it is done", async () => {
    await withClient(way.databases.get("shelter")?.adminUrl ?? "", (records) =>
      records.query("update care.conversation set starts_at = now() - interval '1 hour' where starts_at is not null"),
    );
    await openCircles(contact);
    await contact.getByRole("button", { name: "Het gesprek is geweest" }).click();
    await contact.getByLabel("Wat").fill("Elke ochtend even bij de deur");
    await contact.getByLabel("Voor welke dag").fill(inWeeks(3));
    await contact.getByRole("button", { name: "Leg de afspraken vast" }).click();
    await contact.locator(".agreed", { hasText: "Elke ochtend even bij de deur" }).waitFor();
    await shelter.getByRole("button", { name: "Is gedaan: Elke ochtend even bij de deur" }).click();
    await contact.locator(".agreed .nl-data-badge", { hasText: "Gedaan" }).waitFor();
  });

  test("leaves the school's screen by Esc, and for good at the moment that a parent takes consent back", async () => {
    await openCircles(contact);
    await contact.keyboard.press("Escape");
    await contact.getByRole("heading", { name: "Berichten", exact: true }).waitFor();
    expect(await contact.content()).not.toMatch(/Noor|Iris de Wit/);
    await openCircles(contact);
    await withdraw(shelter);
    await shelter.getByText("De toestemming is ingetrokken").waitFor();
    await contact.getByText("Er zijn nu geen steunkringen").waitFor();
    expect(await contact.content()).not.toMatch(/Noor|Iris de Wit/);
    await shelter.getByText("Er is geen toestemming").waitFor();
    expect(await shelter.content()).not.toContain("Wilgenhoek");
    await contact.keyboard.press("Escape");
  });

  test("is no teacher's, nor another school's", async () => {
    const others = await Promise.all(["school-teacher", "school-contact-elsewhere"].map((one) => browser.signIn(one)));
    const [teacher, elsewhere] = others as [Page, Page];
    await Promise.all(others.map((page) => page.locator(".connection-line--live").waitFor()));
    expect(await teacher.getByRole("button", { name: "Steunkringen" }).count()).toBe(0);
    await agree(shelter);
    await elsewhere.getByRole("button", { name: "Steunkringen" }).click();
    await shelter.getByText("De Wilgenhoek").waitFor();
    await elsewhere.getByText("Er zijn nu geen steunkringen").waitFor();
    for (const page of others) await page.context().close();
  });

  test("is shown to the parent by a code, who takes consent back for everybody at once", async () => {
    const code = await codeOf(shelter);
    const parent = await browser.signIn("parent");
    const given = parent.getByLabel("De code van uw begeleider");
    await given.fill("0000-0000-0000-0000");
    await parent.getByRole("button", { name: "Laat zien" }).click();
    await parent.getByText("Deze code kennen wij niet").waitFor();
    await given.fill(code.toLowerCase());
    await parent.getByRole("button", { name: "Laat zien" }).click();
    await parent.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
    await parent.getByText("De Wilgenhoek", { exact: true }).waitFor();
    expect(parent.url()).not.toContain(code);
    await parent.getByRole("button", { name: "Ik vind het niet meer goed" }).click();
    await parent.getByRole("button", { name: "Ja, trek mijn toestemming in" }).click();
    await parent.getByRole("button", { name: "Ik vind het niet meer goed" }).waitFor({ state: "detached" });
    await shelter.getByText("Er is geen toestemming").waitFor();
    // What the supporter records meanwhile is there at once: nothing is asked again and again.
    const asked: string[] = [];
    parent.on("request", (request) => asked.push(request.postData() ?? ""));
    await agree(shelter);
    await parent.getByText("U vindt goed dat school en begeleider").waitFor();
    expect(asked.length).toBeLessThan(10);
    await withdraw(shelter);
    await parent.getByText("U vindt goed dat school en begeleider").waitFor({ state: "detached" });
    await parent.context().close();
    expect(browser.takeProblems()).toEqual([]);
  });

  test("has nothing to do with the signal that new violence is", async () => {
    await shelter.getByRole("button", { name: "Er is weer geweld geweest" }).click();
    await shelter.getByLabel("Wanneer was het?").fill("2099-01-01T10:00");
    await shelter.getByRole("button", { name: "Verstuur het signaal" }).click();
    await shelter.getByText("Kies minstens één kind").waitFor();
    await shelter.getByRole("checkbox", { name: "Noor van der Linden" }).check();
    await shelter.getByRole("button", { name: "Verstuur het signaal" }).click();
    await shelter.getByText("Kies een tijd in de laatste 30 dagen").waitFor();
    const anHourAgo = new Date(Date.now() - 3_600_000).toLocaleString("sv-SE", { timeZone: "Europe/Amsterdam" });
    await shelter.getByLabel("Wanneer was het?").fill(anHourAgo.slice(0, 16).replace(" ", "T"));
    await shelter.getByRole("button", { name: "Verstuur het signaal" }).click();
    await shelter.getByText("Het signaal is verstuurd").waitFor();
    await row(desk, "Noor van der Linden").click();
    await desk.getByRole("button", { name: "Laat door" }).click();
    await contact.keyboard.press("Escape");
    await real(contact).click();
    await contact.getByText("Dit kind kan wat extra steun gebruiken.").waitFor();
    expect(await contact.locator("main").textContent()).not.toMatch(/geweld|Iris|opvang/i);
    await contact.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await contact.getByText("Dit bericht is afgerond").waitFor();
  });

  test("ends with guidance: one's own screen says so though the answer is late, and a colleague's does", async () => {
    const colleague = await browser.signIn("shelter-worker");
    await family(colleague).click();
    const letGo = await holdAnswer(shelter, "endGuidance");
    await shelter.getByRole("button", { name: "Stop de begeleiding" }).click();
    await shelter.getByRole("button", { name: "Ja, stop de begeleiding" }).click();
    await shelter.getByText("De begeleiding van dit gezin is al gestopt").waitFor();
    letGo();
    await shelter.getByText("De begeleiding is gestopt.").waitFor();
    await shelter.locator(".empty").waitFor();
    await colleague.getByText("De begeleiding van dit gezin is al gestopt").waitFor();
    await colleague.context().close();
    expect(browser.takeProblems()).toEqual([]);
  });
});

/** Anew: what names somebody leaves the screen by itself after a while. */
async function openCircles(contact: Page): Promise<void> {
  await contact.keyboard.press("Escape");
  await contact.getByRole("button", { name: "Steunkringen" }).click();
  await contact.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
}

describe("the release desk", () => {
  test("stops a signal with a reason, and the school is told of the next one only", async () => {
    await reports.aboutSomebody();
    await desk.locator(".task-row").waitFor();
    await desk.locator("#content").focus();
    await desk.keyboard.press("Tab");
    await desk.keyboard.press("Enter");
    await desk.getByRole("button", { name: "Houd tegen" }).click();
    await desk.getByLabel("Waarom houdt u dit signaal tegen?").selectOption("UNSAFE");
    await desk.getByRole("button", { name: "Houd het signaal tegen" }).click();
    await desk.getByText("Geen school hoort ervan").waitFor();
    await desk.locator(".empty").waitFor();
    await reports.aboutSomebody();
    await desk.locator(".task-row").click();
    await desk.getByRole("button", { name: "Laat door" }).click();
    await real(contact).waitFor();
    expect(await real(contact).count()).toBe(1);
  });

  test("tells a worker at once that a signal has gone on, though the answer is late", async () => {
    await reports.aboutSomebody();
    await desk.locator(".task-row").click();
    const letGo = await holdAnswer(desk, "releaseSignal");
    await desk.getByRole("button", { name: "Laat door" }).click();
    await desk.getByText("Dit signaal is hier niet meer").waitFor();
    letGo();
    await desk.getByText("Het signaal gaat door naar Leerplicht").waitFor();
    await desk.unrouteAll({ behavior: "wait" });
  });

  test("tells a worker whose colleague was quicker", async () => {
    const colleague = await browser.signIn("release-worker");
    await reports.aboutSomebody();
    for (const page of [desk, colleague]) await page.locator(".task-row").click();
    await colleague.getByRole("button", { name: "Houd tegen" }).click();
    await desk.getByRole("button", { name: "Laat door" }).click();
    await desk.getByText("Het signaal gaat door naar Leerplicht").waitFor();
    await colleague.getByText("Dit signaal is hier niet meer").waitFor();
    await colleague.context().close();
  });
});
