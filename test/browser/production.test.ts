import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { registerDocuments } from "../../gateway/register-documents.ts";
import { root } from "../../system/root.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { look, putAxeIn } from "./axe.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";
import { Reports, report } from "./reports.ts";

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
    await contact.getByLabel("Wie heeft u het verteld?").selectOption({ index: 1 });
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

  test("can be used by anybody", async () => {
    const page = await browser.signIn("release-worker", { bypassCSP: true });
    await page.locator(".empty").waitFor();
    await putAxeIn(page);
    await look(page, "release-empty");
    await reports.about(reports.cast.matched);
    await row(page, "Noor van der Linden").waitFor();
    await look(page, "release-list");
    await row(page, "Noor van der Linden").click();
    await look(page, "release-task");
    await page.getByRole("button", { name: "Houd tegen" }).click();
    await look(page, "release-stop");
    await page.context().close();
  }, 60_000);
});
