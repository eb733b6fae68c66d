import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { type ForeignFaults, faultsOf, keepOpen, Looker, openForAxe, putAxeIn } from "./axe.ts";
import { openBrowser, originOf, type SignInOptions, type TestBrowser, takePicture } from "./browser.ts";
import { Reports } from "./reports.ts";
import { handOverToTeacher } from "./school-pages.ts";

/* Anybody can use a school's screens, the wall, and the way in and out, in every state: looks.ts names them. */

const looker = new Looker("accessibility");

/** GraphiQL's own, which we serve as it is, in development only: a tab holds the button that closes it. */
const ofGraphiql: ForeignFaults = { "nested-interactive": [".graphiql-tab"] };

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let school: Page;

const open = (person: string, options?: SignInOptions) => openForAxe(browser, person, options);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  school = await open("school-contact");
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

test("anybody can use the wall while there are no figures", async () => {
  const operator = await open("operator");
  await operator.locator(".topology-table").waitFor();
  await looker.look(operator, "wall/wall.tsx: no figures");
  await operator.context().close();
});

describe("a school's screens can be used by anybody", () => {
  test("the empty inbox, and what the school says of its days and hours", async () => {
    await school.locator(".empty").waitFor();
    await looker.look(school, "inbox/message-list.tsx: empty");
    await button(school, "Afwezig? Vrije dag? Geef het door").click();
    await school.getByLabel("Contactpersoon").selectOption({ index: 1 });
    await looker.look(school, "availability/availability-view.tsx: empty");
    await school.getByLabel("Eerste dag").first().fill("2030-01-02");
    await school.getByLabel("Laatste dag").first().fill("2030-01-01");
    await button(school, "Leg vast wie er niet is").click();
    await school.getByText("De laatste dag ligt voor de eerste dag").waitFor();
    await looker.look(school, "availability/availability-view.tsx: refused");
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    for (const label of ["Eerste dag", "Laatste dag"]) await school.getByLabel(label).first().fill(soon);
    await button(school, "Leg vast wie er niet is").click();
    await school.locator(".availability__part li").first().waitFor();
    await looker.look(school, "availability/availability-view.tsx: with entries");
    await button(school, "Terug naar de berichten").click();
  });

  test("new messages, an open one, and its questions", async () => {
    for (let count = 0; count < 3; count += 1) await reports.aboutSomebody();
    await school.waitForFunction(() => document.querySelectorAll(".message-row--new").length === 3);
    await looker.look(school, "inbox/message-list.tsx: new");
    await school.locator(".message-row--new").first().click();
    await school.locator(".gestures").waitFor();
    await looker.look(school, "inbox/open-message.tsx: new");
    await button(school, "De leerkracht weet het").click();
    await looker.look(school, "inbox/hand-over-form.tsx: asked");
    await button(school, "Annuleren").click();
    await button(school, "Niet onze leerling").click();
    await looker.look(school, "inbox/return-form.tsx: asked");
    await button(school, "Annuleren").click();
    await button(school, "Ik heb dit gezien").click();
    await school.getByText("Genoteerd").waitFor();
    await looker.look(school, "inbox/open-message.tsx: seen");
    await dueAnew();
    await school.getByText("De steun is nu op een andere dag nodig").waitFor();
    await button(school, "Ik heb dit gezien").waitFor();
    await looker.look(school, "inbox/open-message.tsx: other day");
    await button(school, "Ik heb dit gezien").click();
    await school.getByText("Genoteerd").waitFor();
    await school.keyboard.press("Escape");
    await looker.look(school, "inbox/message-list.tsx: mixed");
  });

  test("a message that is being opened, cannot be read, or is about to leave the screen", async () => {
    const page = await open("school-contact", { prepare: (one) => one.clock.install() });
    const asked = Promise.withResolvers<void>();
    await page.route("**/graphql", async (route) => {
      await asked.promise;
      await route.abort().catch(() => undefined);
    });
    await page.locator(".message-row--new").first().click();
    await looker.look(page, "inbox/open-message.tsx: opening");
    asked.resolve();
    await page.getByText("Dit kan nu niet worden getoond").waitFor();
    await looker.look(page, "inbox/open-message.tsx: unread");
    await page.unroute("**/graphql");
    await page.keyboard.press("Escape");
    await page.locator(".message-row--new").first().click();
    await page.locator(".gestures").waitFor();
    await looker.look(page, "inbox/open-message.tsx: covers soon", async () => {
      await keepOpen(page);
      await page.clock.fastForward(38_000);
      await page.locator(".cover-line--soon").waitFor();
    });
    await page.context().close();
  });

  test("a message for practice, one that was handed over, and what its teacher sees", async () => {
    await reports.settle();
    const teacher = await open("school-teacher");
    await reports.about(reports.cast.matched);
    await school.locator(".message-row--new").click();
    await school.locator(".gestures").waitFor();
    await handOverToTeacher(school, way);
    await school.keyboard.press("Escape");
    await school.locator(".message-row", { hasText: "Leerkracht weet het" }).waitFor();
    await looker.look(school, "inbox/message-list.tsx: handed over");
    await teacher.locator(".message-row").waitFor();
    await looker.look(teacher, "inbox/message-list.tsx: teacher");
    await teacher.locator(".message-row").click();
    await teacher.locator(".gestures").waitFor();
    await looker.look(teacher, "inbox/open-message.tsx: teacher");
    await teacher.context().close();
    await button(school, "Oefen met een bericht").click();
    await school.locator(".message-row--new", { hasText: "oefening" }).waitFor();
    await looker.look(school, "inbox/message-list.tsx: practice");
    await school.locator(".message-row--new", { hasText: "oefening" }).click();
    await school.getByText("Dit is een oefening").waitFor();
    await looker.look(school, "inbox/open-message.tsx: practice");
    await school.keyboard.press("Escape");
  });

  test("notices that are granted, and refused", async () => {
    for (const [state, answer] of [
      ["inbox/notifications.tsx: granted", "granted"],
      ["inbox/notifications.tsx: refused", "denied"],
    ] as const) {
      const page = await open("school-contact", {
        prepare: (one) =>
          one.addInitScript((said) => {
            Object.assign(globalThis, { Notification: { permission: "default", requestPermission: async () => said } });
          }, answer),
      });
      await button(page, "Geef een melding op dit scherm").click();
      await page.locator(".aside__word").waitFor();
      await looker.look(page, state);
      await page.context().close();
    }
  });

  test("an inbox without a connection", async () => {
    await school.context().setOffline(true);
    await school.locator(".connection-line--lost").waitFor();
    // The other language is at the gateway: it was loaded before.
    await looker.look(school, "inbox/message-list.tsx: connection lost");
    await school.context().setOffline(false);
  });
});

/** As a later report makes it: of the message that somebody has seen, support is due a day later. */
async function dueAnew(): Promise<void> {
  await withClient(way.databases.get("school")?.adminUrl ?? "", (inbox) =>
    inbox.query(
      `with anew as (
         update care.signal set support_on = support_on + 1, status = 'RAISED' where status = 'SEEN' returning id, school_id
       )
       insert into care.event (stream, kind, subject) select school_id, 'RAISED', id from anew`,
    ),
  );
}

describe("the wall can be used by anybody", () => {
  test("with figures, and where nobody tells how it goes", async () => {
    for (let count = 0; count < 5; count += 1) await reports.aboutSomebody();
    await reports.aboutUnknown(5);
    await reports.settle(5);
    await reports.publishFigures();
    const operator = await open("operator");
    await operator.locator(".topology-table").waitFor();
    await operator.locator(".bars").waitFor();
    await looker.look(operator, "wall/wall.tsx: figures");
    await way.stop("crisis");
    await operator.getByText("niet bereikbaar").waitFor();
    await looker.look(operator, "wall/wall.tsx: unreachable");
    await way.start("crisis");
    await operator.context().setOffline(true);
    await operator.getByText("Wij weten nu niet hoe het met de onderdelen gaat").waitFor();
    expect(await operator.locator(".topology-table").getByText("werkt").count()).toBe(0);
    await looker.look(operator, "wall/wall.tsx: stale");
    await operator.context().close();
  });
});

describe("the way in and out can be used by anybody", () => {
  test("the word that a sign-in has ended, and the provider's own pages", async () => {
    const page = await open("brief-contact");
    await page.getByRole("heading", { name: "U bent afgemeld" }).waitFor();
    await looker.look(page, "start/ended-screen.tsx: ended");
    await page.getByRole("button", { name: "Opnieuw aanmelden" }).click();
    await page.locator(".connection-line--live").waitFor();
    await page.getByRole("button", { name: "Afmelden" }).click();
    await page.getByRole("button", { name: "Ja, afmelden" }).waitFor();
    await putAxeIn(page);
    expect(await faultsOf(page, "signing out at the development provider")).toEqual([]);
    await page.getByRole("button", { name: "Ja, afmelden" }).click();
    await page.locator('button[value="school-contact"]').waitFor();
    await putAxeIn(page);
    expect(await faultsOf(page, "the development provider")).toEqual([]);
    await takePicture(page, "persona");
    await page.context().close();
  });

  test("who has no screen, is on the way in, is refused, or cannot sign in now", async () => {
    const integrator = await browser.signIn("police-integrator", { bypassCSP: true });
    await integrator.getByRole("heading", { name: "Voor u is hier geen scherm" }).waitFor();
    await putAxeIn(integrator);
    await looker.look(integrator, "start/no-screen.tsx: shown");
    for (const [state, settings] of [
      ["start/start-screen.tsx: starting", () => new Promise<never>(() => undefined)],
      ["start/start-screen.tsx: unreachable", undefined],
    ] as const) {
      const page = await integrator.context().newPage();
      await page.route("**/settings.json", settings ?? ((route) => route.abort()));
      await page.goto(originOf(way));
      await page.getByText(settings ? "Een ogenblik" : "Aanmelden lukt nu niet").waitFor();
      await putAxeIn(page);
      await looker.look(page, state);
      await page.close();
    }
    const refused = await integrator.context().newPage();
    await refused.route("**/token", (route) => route.abort());
    await refused.goto(originOf(way));
    await refused.getByText("U bent niet aangemeld").waitFor();
    await putAxeIn(refused);
    await looker.look(refused, "start/start-screen.tsx: refused");
    await integrator.context().close();
  });

  test("the explorer has no fault but those of the editor itself", async () => {
    const context = await school.context().browser()?.newContext({ bypassCSP: true });
    const page = await context?.newPage();
    if (page === undefined) throw new Error("No browser");
    await page.goto(`${originOf(way)}/graphiql/`);
    await page.locator('button[value="operator"]').click();
    await page.getByText("Beheer (operator)").waitFor();
    // Once all of it has come: the operation, and its variables.
    for (const editor of [".graphiql-query-editor", ".graphiql-editor-tool"]) {
      await page.locator(`${editor} .view-line`).first().waitFor();
    }
    await putAxeIn(page);
    expect(await faultsOf(page, "explorer", ofGraphiql)).toEqual([]);
    await context?.close();
  });
});

test("not a page with a fault passes: the look finds one that was put in", async () => {
  await school.evaluate(() => {
    const image = document.createElement("img");
    image.src = "/icon.svg";
    document.querySelector("main")?.append(image);
  });
  expect((await faultsOf(school, "planted")).join()).toContain("image-alt");
});

test("every state of every screen has been looked at", () => {
  expect(looker.unseen).toEqual([]);
});
