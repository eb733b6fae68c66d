import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page, Route } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { until } from "../until.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { intercept, openBrowser, originOf, type TestBrowser, takePicture } from "./browser.ts";
import { Reports, report } from "./reports.ts";

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let officer: Page;
let colleague: Page;

const unknown = (familyName: string) => ({ name: { givenName: "Sam", familyName }, birthDate: "2016-01-01" });
const row = (page: Page, text: string) => page.locator(".task-row", { hasText: text });

/** Ends the task that is open without a school. */
async function closeAs(page: Page, outcome: string): Promise<void> {
  await page.getByRole("button", { name: "Sluit zonder school" }).click();
  await page.getByLabel("Waarom sluit u deze taak?").selectOption(outcome);
  await page.getByRole("button", { name: "Sluit de taak" }).click();
}

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  [officer, colleague] = await Promise.all([
    browser.signIn("leerplicht-officer"),
    browser.signIn("leerplicht-officer-colleague"),
  ]);
  await Promise.all([officer, colleague].map((page) => page.locator(".connection-line--live").waitFor()));
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

describe("the wall, while little has happened", () => {
  test("says plainly that of fewer than five there is no figure", async () => {
    const operator = await browser.signIn("operator");
    await operator.locator(".figures").waitFor();
    await operator
      .locator(".figure", { hasText: "op tijd gezien" })
      .getByText("minder dan vijf: geen cijfer")
      .waitFor();
    await operator.getByText("Geen enkele reden komt vijf keer voor").waitFor();
    await operator.context().close();
  });
});

describe("the officer's work list", () => {
  test("shows a task as it comes, with its reason and the time left, and lets the officer choose the school", async () => {
    const { twoEnrolments } = reports.cast;
    await reports.about(twoEnrolments);
    const name = twoEnrolments.name.familyName;
    await row(officer, name).waitFor();
    expect(await row(officer, name).textContent()).toMatch(/Staat op meer dan één school.*nog \d+ (uur|dag)/);
    await takePicture(officer, "work-list");
    await row(officer, name).click();
    await officer.getByText("Naar welke school?").waitFor();
    await takePicture(officer, "task");
    await officer.locator(".choice input:enabled").first().check();
    await officer.getByRole("button", { name: "Stuur naar deze school" }).click();
    await officer.getByText("Het bericht is onderweg naar de school").waitFor();
    await row(officer, name).waitFor({ state: "detached" });
    await row(colleague, name).waitFor({ state: "detached" });
  });

  test("is worked by keyboard alone", async () => {
    await reports.about(unknown("Eerst"));
    await reports.about(unknown("Daarna"));
    await row(officer, "Eerst").waitFor();
    await row(officer, "Daarna").waitFor();
    await officer.locator("#content").focus();
    await officer.keyboard.press("Tab");
    const focused = () =>
      officer.evaluate(() => document.activeElement?.querySelector(".task-row__child")?.textContent ?? "");
    const first = await focused();
    await officer.keyboard.press("ArrowDown");
    expect(await focused()).not.toBe(first);
    await officer.keyboard.press("Home");
    expect(await focused()).toBe(first);
    await officer.keyboard.press("Enter");
    await officer.getByText("De administratie noemt geen school").waitFor();
    await officer.keyboard.press("Escape");
    await officer.locator(".task-row:focus").waitFor();
    expect(await focused()).toBe(first);
    await officer.keyboard.press("Enter");
    await officer.getByRole("button", { name: "Sluit zonder school" }).focus();
    await officer.keyboard.press("Enter");
    await officer.locator("select:focus").waitFor();
    await officer.keyboard.press("ArrowDown");
    await officer.keyboard.press("Tab");
    await officer.keyboard.press("Enter");
    await officer.getByText("De taak is gesloten").waitFor();
    // On the task that now has its place.
    await officer.locator(".task-row:focus").waitFor();
  });

  test("tells an officer whose colleague was quicker", async () => {
    await reports.about(unknown("Samen"));
    for (const page of [officer, colleague]) await row(page, "Samen").click();
    await closeAs(officer, "NOT_FOUND");
    await colleague.getByText("Deze taak is al gedaan").waitFor();
  });

  test("tells at once how a task was ended by a colleague, though one's own gesture gets no answer", async () => {
    await reports.about(unknown("Onbeantwoord"));
    const page = await browser.signIn("leerplicht-officer-colleague", { prepare: (opened) => opened.clock.install() });
    await row(page, "Onbeantwoord").click();
    const asked = Promise.withResolvers<void>();
    await intercept(page, "closeRoutingTask", () => asked.resolve());
    await closeAs(page, "NO_SCHOOL");
    await asked.promise;
    // Not because something else has the screen drawn anew a while later.
    await page.clock.pauseAt(Date.now() + 1_000);
    await row(officer, "Onbeantwoord").click();
    await closeAs(officer, "NOT_FOUND");
    await page.getByText("Deze taak is al gedaan. Het kind is niet te vinden").waitFor();
    await page.context().close();
  });

  test("tells at once that a task has ended as one wanted, and corrects itself where that was a colleague's doing", async () => {
    await reports.about(unknown("Eender"));
    for (const page of [officer, colleague]) await row(page, "Eender").click();
    const asked = Promise.withResolvers<Route>();
    await intercept(colleague, "closeRoutingTask", asked.resolve);
    await closeAs(colleague, "NOT_FOUND");
    const request = await asked.promise;
    await closeAs(officer, "NOT_FOUND");
    await colleague.getByText("De taak is gesloten").waitFor();
    await request.continue();
    await colleague.getByText("Deze taak is al gedaan").waitFor();
    await colleague.unrouteAll();
  });

  test("shows at once who is at work on a task, and leaves it to that officer until they let go", async () => {
    await reports.about(unknown("Bezet"));
    for (const page of [officer, colleague]) await row(page, "Bezet").waitFor();
    await row(officer, "Bezet").click();
    await officer.getByRole("button", { name: "Ik pak dit op" }).click();
    await officer.getByText(/U bent hiermee bezig tot \d\d:\d\d/).waitFor();
    await row(colleague, "Bezet").locator("text=/Een collega, tot \\d\\d:\\d\\d/").waitFor();
    await takePicture(colleague, "work-list-claimed");
    await row(colleague, "Bezet").click();
    await colleague.getByText(/Een collega is hiermee bezig tot \d\d:\d\d/).waitFor();
    expect(await colleague.locator("form").count()).toBe(0);
    await takePicture(colleague, "task-claimed");
    await officer.getByRole("button", { name: "Laat los" }).click();
    await colleague.getByRole("button", { name: "Sluit zonder school" }).waitFor();
    await officer.getByText("Niemand is hiermee bezig").waitFor();
    for (const page of [officer, colleague]) await page.keyboard.press("Escape");
  });

  test("tells an officer who takes a task on a moment too late, and keeps the other's claim", async () => {
    await reports.about(unknown("Tegelijk"));
    for (const page of [officer, colleague]) await row(page, "Tegelijk").click();
    await colleague.route(
      "**/graphql",
      async (route) => {
        await officer.getByRole("button", { name: "Ik pak dit op" }).click();
        await officer.getByText("U bent hiermee bezig").waitFor();
        await route.continue();
      },
      { times: 1 },
    );
    await colleague.getByRole("button", { name: "Ik pak dit op" }).click();
    await colleague.getByText("Een collega is u voor").waitFor();
    await colleague.getByText(/Een collega is hiermee bezig tot/).waitFor();
    for (const page of [officer, colleague]) await page.keyboard.press("Escape");
    await row(officer, "Tegelijk").locator("text=/U, tot/").waitFor();
  });

  test("frees a task by the clock, which no event tells", async () => {
    await reports.about(unknown("Vergeten"));
    await row(officer, "Vergeten").click();
    await officer.getByRole("button", { name: "Ik pak dit op" }).click();
    await row(colleague, "Vergeten").locator(".nl-data-badge").waitFor();
    // Sooner than the page's token is over: once its session has ended, a list is gone with all that is in it.
    await withClient(way.databases.get("leerplicht")?.adminUrl ?? "", (leerplicht) =>
      leerplicht.query(
        "update care.routing_task set claimed_until = now() + interval '5 minutes' where claimed_by is not null",
      ),
    );
    const later = await browser.signIn("leerplicht-officer-colleague");
    await later.clock.install();
    await row(later, "Vergeten").locator(".nl-data-badge").waitFor();
    await later.clock.setSystemTime(Date.now() + 6 * 60_000);
    await later.clock.runFor(16_000);
    await row(later, "Vergeten").locator(".nl-data-badge").waitFor({ state: "detached" });
    await row(later, "Vergeten").waitFor();
    await later.context().close();
    await officer.keyboard.press("Escape");
  });

  test("names the school to call where the signal lies there unseen or came back", async () => {
    await reports.about(reports.cast.matched);
    const contact = await browser.signIn("school-contact");
    await contact.locator(".message-row--new").click();
    await contact.getByRole("button", { name: "Niet onze leerling" }).click();
    await contact.getByLabel("Wij kennen dit kind niet").check();
    await contact.getByRole("button", { name: "Stuur het bericht terug" }).click();
    await contact.getByText("Het bericht is teruggestuurd").waitFor();
    await contact.context().close();
    await row(officer, "Teruggestuurd door de school").filter({ hasText: "De Wilgenhoek" }).click();
    await officer.getByText("Bel deze school").waitFor();
    expect(await officer.locator(".facts").textContent()).toContain("De Wilgenhoek");
    expect(await officer.locator(".facts a").getAttribute("href")).toBe("tel:09000009801");
    await takePicture(officer, "task-returned");
    await officer.keyboard.press("Escape");
  });

  test("says why a school cannot be chosen, and keeps the task", async () => {
    await reports.about(unknown("Elders"));
    await row(officer, "Elders").click();
    await officer.getByLabel("BRIN en vestiging").fill("12zz99");
    await officer.getByRole("button", { name: "Stuur naar deze school" }).click();
    await officer.getByText("Deze school staat niet in de administratie").waitFor();
    await officer.getByLabel("BRIN en vestiging").fill("99AL00");
    await officer.getByRole("button", { name: "Stuur naar deze school" }).click();
    await officer.getByText("Deze school doet niet mee").waitFor();
    await officer.keyboard.press("Escape");
    await row(officer, "Elders").waitFor();
    expect(browser.takeProblems()).toEqual([]);
  });
});

describe("the wall", () => {
  test("shows the share in time, the way from message to support, and why officers have work", async () => {
    for (let count = 0; count < 5; count += 1) await reports.aboutSomebody();
    await reports.aboutUnknown(5);
    await reports.settle(5);
    await reports.publishFigures();
    const operator = await browser.signIn("operator");
    await operator.locator(".figure--first", { hasText: "100%" }).waitFor();
    expect(await operator.locator(".funnel dd").allTextContents()).toEqual(["5100%", "5100%", "5100%"]);
    expect(await operator.locator(".bars").textContent()).toContain("Niet gevonden in de administratie");
    expect(await operator.locator(".by-municipality tbody th").allTextContents()).toEqual(["Lindewaard"]);
    expect(await operator.content()).not.toMatch(/Onbekend \d|Wilgenhoek|99[A-Z]{2}\d\d/);
    await takePicture(operator, "wall-figures");
    await operator.context().close();
  });

  test("shows figures without a child or a school, and each part's health as it changes", async () => {
    const operator = await browser.signIn("operator");
    await operator.locator(".figures").waitFor();
    await operator.locator(".topology-table").waitFor();
    const health = (part: string) => operator.locator(".topology-table tr", { hasText: part }).first().locator("td");
    await operator.getByRole("row", { name: "school werkt" }).waitFor();
    expect(await operator.content()).not.toMatch(/Noor|Hoekstra|Wilgenhoek|99[A-Z]{2}\d\d/);
    await takePicture(operator, "wall");
    await way.stop("school");
    await operator.getByRole("row", { name: "school niet bereikbaar" }).waitFor();
    expect(await health("politie").textContent()).toBe("werkt");
    await way.start("school");
    await operator.getByRole("row", { name: "school werkt" }).waitFor();
    expect(browser.takeProblems()).toEqual([]);
  });

  test("is no other party's", async () => {
    const response = await fetch(`${originOf(way)}/federation`, {
      headers: { authorization: `Bearer ${await way.token("school-contact")}` },
    });
    expect(response.status).toBe(403);
  });
});

describe("the explorer", () => {
  async function openExplorer(person: string): Promise<Page> {
    const page = await (await officer.context().browser())?.newPage();
    if (page === undefined) throw new Error("No browser");
    page.setDefaultTimeout(45_000);
    await page.goto(`${originOf(way)}/graphiql/`);
    await page.locator(`button[value="${person}"]`).click();
    await page.locator(".graphiql-logo").waitFor();
    return page;
  }

  /** By its own button: the tab that is open is named by the one that closes it as well. */
  const tab = (page: Page, name: string) => page.getByRole("tab").getByRole("button", { name, exact: true });

  async function openTab(page: Page, name: string): Promise<void> {
    const editor = page.locator(".graphiql-query-editor");
    // A tab that is chosen before the editor has come would show the first one's text.
    await editor.locator(".view-line").first().waitFor();
    await tab(page, name).click();
    await editor.getByText(name, { exact: true }).waitFor();
  }

  /**
   * Runs the operation of the tab that is open. Until the editor has read it, the button does nothing, or sends the one
   * before; while something runs, it is another button.
   */
  async function run(page: Page, outcome: Promise<unknown>): Promise<void> {
    const button = page.getByRole("button", { name: /^Execute query/ });
    let hasCome = false;
    const noted = outcome.then(() => {
      hasCome = true;
    });
    const pressed = until("an operation's outcome", async () => {
      if (!hasCome && (await button.isVisible())) await button.click();
      return hasCome;
    });
    await Promise.all([noted, pressed]);
  }

  /** Resolves when the page has asked to follow something. */
  async function subscriptionOf(page: Page): Promise<void> {
    const socket = await page.waitForEvent("websocket");
    await socket.waitForEvent("framesent", ({ payload }) => String(payload).includes('"type":"subscribe"'));
  }

  test("shows the contract of who has signed in, with operations that it can run, and calls nobody else", async () => {
    const page = await openExplorer("operator");
    const origins = new Set<string>();
    const refused: string[] = [];
    page.on("request", (request) => origins.add(new URL(request.url()).origin));
    page.on("console", (message) => message.text().includes("Content Security Policy") && refused.push(message.text()));
    await page.reload();
    await page.getByText("Beheer (operator)").waitFor();
    await run(page, page.locator(".result-window", { hasText: "shareSeenInTime" }).waitFor());
    await takePicture(page, "explorer");
    expect(refused).toEqual([]);
    expect([...origins].filter((origin) => !origin.startsWith("http://127.0.0.1:") && origin !== "null")).toEqual([]);
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
    await page.context().close();
  });

  test("gives each party its own operations to begin with, the common ones among them, and follows a subscription", async () => {
    const page = await openExplorer("crisis-worker");
    for (const name of ["SentSignals", "Report", "SentSignalEvents"]) await tab(page, name).waitFor();
    await openTab(page, "SentSignalEvents");
    await run(page, subscriptionOf(page));
    const input = {
      idempotencyKey: "while the explorer follows",
      occurredAt: new Date().toISOString(),
      category: "OTHER",
      children: [{ bsn: reports.cast.matched.bsn }],
    };
    await way.ask("crisis-worker", report, { input });
    await page.locator(".result-window", { hasText: "sentSignalEvents" }).waitFor();
    await page.context().close();
    const shelter = await openExplorer("shelter-worker");
    for (const name of ["Families", "CallForTalk", "Report"]) await tab(shelter, name).waitFor();
    await shelter.context().close();
  });

  test("says that a sign-in was refused, and does not go to and fro for ever", async () => {
    const page = await openExplorer("operator");
    let arrivals = 0;
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) arrivals += 1;
    });
    await page.route("**/token", (route) => route.abort());
    await page.reload();
    await page.getByRole("heading", { name: "You have not been signed in" }).waitFor();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    expect(arrivals).toBeLessThan(6);
    await page.context().close();
  });
});
