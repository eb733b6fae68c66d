import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { type ForeignFaults, faultsOf, keepOpen, Looker, putAxeIn } from "./axe.ts";
import { openBrowser, originOf, type SignInOptions, type TestBrowser, takePicture } from "./browser.ts";
import { Reports } from "./reports.ts";
import { expectCount, fresh, handOverToTeacher } from "./school-pages.ts";

/* Anybody can use every screen in every state: looks.ts names them. */

const looker = new Looker("accessibility");

/** GraphiQL's own, which we serve as it is, in development only: a tab holds the button that closes it. */
const ofGraphiql: ForeignFaults = { "nested-interactive": [".graphiql-tab"] };

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let school: Page;
let officer: Page;

/** axe could not run in the page otherwise; the other tests leave the policy as it is. */
async function open(person: string, options: SignInOptions = {}): Promise<Page> {
  const page = await browser.signIn(person, { ...options, bypassCSP: true });
  await page.locator(".connection-line").waitFor();
  await putAxeIn(page);
  return page;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  [school, officer] = (await Promise.all(["school-contact", "leerplicht-officer"].map((one) => open(one)))) as [
    Page,
    Page,
  ];
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

/** Lets four weeks go by past the deadline of the task that came last, on which nobody works. */
async function letLapse(): Promise<void> {
  await withClient(way.databases.get("leerplicht")?.adminUrl ?? "", async (ledger) => {
    await ledger.query(
      `with last as (
         update care.routing_task set opened_at = now() - interval '29 days'
         where id = (select id from care.routing_task where closed_at is null order by opened_at desc limit 1)
         returning submission_id
       )
       update care.submission set due_by = now() - interval '29 days' from last where id = last.submission_id`,
    );
    await ledger.query("select graphile_worker.add_job('letTasksLapse', job_key => 'at once')");
  });
}

describe("an officer's screens can be used by anybody", () => {
  const row = (page: Page, text: string) => page.locator(".task-row", { hasText: text });
  const atLeerplicht = (sql: string) =>
    withClient(way.databases.get("leerplicht")?.adminUrl ?? "", (leerplicht) => leerplicht.query(sql));
  // By the deadlines and not by the page's clock: by that, the page's token would be over as well, and its session with it.
  const nearAndOver = `
    update care.submission set due_by = now() + case place when 1 then interval '1 hour' else interval '-20 minutes' end
    from (
      select submission_id, row_number() over (order by opened_at) as place
      from care.routing_task where closed_at is null order by opened_at limit 2
    ) as task where id = submission_id`;

  test("the work list, a task, and its questions", async () => {
    await officer.locator(".empty").waitFor();
    await looker.look(officer, "work-list/work-list-screen.tsx: empty");
    await reports.about(reports.cast.twoEnrolments);
    await reports.about({ name: { givenName: "Sam", familyName: "Onbekend" }, birthDate: "2016-01-01" });
    await officer.waitForFunction(() => document.querySelectorAll(".task-row").length === 2);
    await looker.look(officer, "work-list/work-list-screen.tsx: tasks");
    await row(officer, "Hoekstra").click();
    await looker.look(officer, "work-list/task-view.tsx: to choose");
    await button(officer, "Ik pak dit op").click();
    await officer.getByText("U bent hiermee bezig").waitFor();
    await looker.look(officer, "work-list/task-view.tsx: own claim");
    await button(officer, "Sluit zonder school").click();
    await looker.look(officer, "elements/reason-form.tsx: asked");
    await officer.keyboard.press("Escape");
    const colleague = await open("leerplicht-officer-colleague");
    await row(colleague, "Een collega, tot").waitFor();
    await looker.look(colleague, "work-list/work-list-screen.tsx: claimed by a colleague");
    await row(colleague, "Een collega, tot").click();
    await looker.look(colleague, "work-list/task-view.tsx: claimed by a colleague");
    await colleague.context().close();
  });

  test("the tasks that are done, of which one has lapsed while it was open", async () => {
    await button(officer, "Taken die klaar zijn").click();
    await officer.getByText("Er zijn nog geen taken klaar").waitFor();
    await looker.look(officer, "work-list/ended-view.tsx: empty");
    await officer.keyboard.press("Escape");
    await reports.about({ name: { givenName: "Kim", familyName: "Vergeten" }, birthDate: "2016-01-01" });
    await row(officer, "Vergeten").click();
    await letLapse();
    await officer.getByText("Vier weken lang pakte niemand dit op").waitFor();
    await looker.look(officer, "work-list/work-list-screen.tsx: lapsed");
    await officer.context().setOffline(true);
    await button(officer, "Taken die klaar zijn").click();
    await officer.getByText("Dit kan nu niet worden getoond").waitFor();
    await looker.look(officer, "work-list/ended-view.tsx: unread");
    await officer.context().setOffline(false);
    await officer.keyboard.press("Escape");
    await button(officer, "Taken die klaar zijn").click();
    await officer.getByText("Naam gewist").waitFor();
    await looker.look(officer, "work-list/ended-view.tsx: tasks");
    await officer.keyboard.press("Escape");
  });

  test("a task without candidates, one with a school that takes no part, and a refusal", async () => {
    await row(officer, "Onbekend").click();
    await looker.look(officer, "work-list/route-form.tsx: no candidates");
    await officer.getByLabel("BRIN en vestiging").fill("99AL00");
    await button(officer, "Stuur naar deze school").click();
    await officer.getByText("Deze school doet niet mee").waitFor();
    await looker.look(officer, "work-list/task-view.tsx: refused");
    await officer.keyboard.press("Escape");
    await reports.about(reports.cast.schoolNotParticipating);
    await row(officer, "De school doet niet mee").click();
    await looker.look(officer, "work-list/route-form.tsx: disabled candidate");
    await officer.keyboard.press("Escape");
  });

  test("a signal that came back, time that is short or over, and schools to call", async () => {
    await reports.settle();
    await expectCount(school, fresh, 0);
    await reports.aboutSomebody();
    await school.locator(fresh).click();
    await button(school, "Niet onze leerling").click();
    await school.getByLabel("Wij kennen dit kind niet").check();
    await button(school, "Stuur het bericht terug").click();
    await row(officer, "Teruggestuurd door de school").click();
    await officer.getByText("Waarom het terugkwam").waitFor();
    await looker.look(officer, "work-list/task-view.tsx: returned");
    await officer.keyboard.press("Escape");
    await atLeerplicht(nearAndOver);
    const urgent = await open("leerplicht-officer");
    for (const word of ["nog", "te laat"])
      await urgent.locator(".time-left--soon", { hasText: word }).first().waitFor();
    await looker.look(urgent, "work-list/work-list-screen.tsx: soon and late");
    await urgent.context().close();
    await atLeerplicht(
      "insert into care.contact_gap values ('00000099000000004000', '99AA00', current_date + 1, true, 1, now()) on conflict do nothing",
    );
    const caller = await open("leerplicht-officer");
    await caller.locator(".what-to-do").waitFor();
    await looker.look(caller, "work-list/work-list-screen.tsx: contact gaps");
    await caller.context().close();
  });
});

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
  await officer.evaluate(() => {
    const image = document.createElement("img");
    image.src = "/icon.svg";
    document.querySelector("main")?.append(image);
  });
  expect((await faultsOf(officer, "planted")).join()).toContain("image-alt");
});

test("every state of every screen has been looked at", () => {
  expect(looker.unseen).toEqual([]);
});
