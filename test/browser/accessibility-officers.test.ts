import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { Looker, openForAxe } from "./axe.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";
import { Reports } from "./reports.ts";
import { fresh } from "./school-pages.ts";

/* Anybody can use the screens of Leerplicht's officers in every state: looks.ts names them. */

const looker = new Looker("accessibility-officers");

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let officer: Page;

const row = (page: Page, text: string) => page.locator(".task-row", { hasText: text });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const open = (person: string) => openForAxe(browser, person);
const atLeerplicht = (sql: string) =>
  withClient(way.databases.get("leerplicht")?.adminUrl ?? "", (leerplicht) => leerplicht.query(sql));

// By the deadlines and not by the page's clock: by that, the page's token would be over as well, and its session with it.
const nearAndOver = `
  update care.submission set due_by = now() + case place when 1 then interval '1 hour' else interval '-20 minutes' end
  from (
    select submission_id, row_number() over (order by opened_at) as place
    from care.routing_task where closed_at is null order by opened_at limit 2
  ) as task where id = submission_id`;

/** Lets four weeks go by past the deadline of the task that came last, on which nobody works. */
async function letLapse(): Promise<void> {
  await atLeerplicht(
    `with last as (
       update care.routing_task set opened_at = now() - interval '29 days'
       where id = (select id from care.routing_task where closed_at is null order by opened_at desc limit 1)
       returning submission_id
     )
     update care.submission set due_by = now() - interval '29 days' from last where id = last.submission_id`,
  );
  await atLeerplicht("select graphile_worker.add_job('letTasksLapse', job_key => 'at once')");
}

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  officer = await open("leerplicht-officer");
}, 240_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

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
  const school = await open("school-contact");
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
  for (const word of ["nog", "te laat"]) await urgent.locator(".time-left--soon", { hasText: word }).first().waitFor();
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

test("every state of every screen has been looked at", () => {
  expect(looker.unseen).toEqual([]);
});
