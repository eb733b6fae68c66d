import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { withClient } from "../../system/databases.ts";
import { until } from "../until.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { openBrowser, originOf, type TestBrowser, takePicture } from "./browser.ts";
import { Reports } from "./reports.ts";
import { expectCount, fresh, handOverToTeacher, live, openInbox, openOne, textOf } from "./school-pages.ts";

let way: WaySystem;
let browser: TestBrowser;
let reports: Reports;
let contact: Page;
let colleague: Page;
let elsewhere: Page;

beforeAll(async () => {
  way = await startWay();
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  [contact, colleague, elsewhere] = (await Promise.all(
    ["school-contact", "school-contact-colleague", "school-contact-elsewhere"].map((one) => openInbox(browser, one)),
  )) as [Page, Page, Page];
}, 240_000);

afterEach(async () => {
  for (const page of [contact, colleague]) await page.keyboard.press("Escape");
  await reports.settle();
  await Promise.all([contact, colleague].map((page) => expectCount(page, ".message, .message-row--new", 0)));
  expect(browser.takeProblems()).toEqual([]);
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
});

describe("a message", () => {
  test("comes by itself to the contact persons of the pupil's school and to no other school, and names nobody", async () => {
    await reports.about(reports.cast.matched);
    await Promise.all([contact, colleague].map((page) => page.locator(fresh).waitFor()));
    expect(await elsewhere.locator(fresh).count()).toBe(0);
    await reports.about(reports.cast.bsnUnknownAtSchool);
    await elsewhere.locator(fresh).waitFor();
    expect(await contact.locator(fresh).count()).toBe(1);
    for (const page of [contact, elsewhere]) {
      expect(await page.content()).not.toMatch(/Noor|Linden|Łucja|Dąbrowski|Groep \d/);
      expect(await textOf(page)).toMatch(/Nieuw berichtSinds \d\d:\d\d/);
    }
    await takePicture(contact, "inbox");
    await elsewhere.locator(fresh).click();
    await elsewhere.getByRole("heading", { name: "Łucja Dąbrowski" }).waitFor();
    await elsewhere.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await elsewhere.getByText("Dit bericht is afgerond").waitFor();
  });

  test("shows, once opened, whom it is about, one sentence, three small gestures, the day, and when it goes", async () => {
    await reports.about(reports.cast.matched);
    await contact.locator(fresh).click();
    await contact.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
    const text = await textOf(contact);
    for (const part of ["Groep 6", "Dit kind kan wat extra steun gebruiken.", "Steun op", "Wordt gewist"]) {
      expect(text).toContain(part);
    }
    expect(await contact.locator(".gestures li").count()).toBe(3);
    expect(text).not.toMatch(/politie|melding gedaan|incident/i);
    expect(await contact.title()).not.toMatch(/Noor|Linden/);
    expect(contact.url()).toBe(`${originOf(way)}/`);
    await takePicture(contact, "message");
    await contact.keyboard.press("Escape");
  });

  test("is taken off the screen by Esc, and leaves nothing of the pupil in the page", async () => {
    const name = await openOne(contact, reports);
    await contact.keyboard.press("Escape");
    await contact.locator(".message").waitFor({ state: "detached" });
    expect(await contact.content()).not.toContain(name);
    // The keyboard is where it was.
    expect(await contact.evaluate(() => document.activeElement?.className)).toContain("message-row");
  });

  test("is taken off at once when the tab is left", async () => {
    const name = await openOne(contact, reports);
    const left = await contact.evaluate(() => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
      // In the same turn: of a tab that is left, a picture is kept.
      const html = document.body.innerHTML;
      Reflect.deleteProperty(document, "visibilityState");
      return html;
    });
    expect(left).not.toContain(name);
    expect(left).toContain("message-row");
  });

  test("is taken off after a minute, with a word before, unless somebody wants it longer", async () => {
    const page = await browser.signIn("school-contact");
    await page.locator(live).waitFor();
    await page.clock.install();
    await openOne(page, reports);
    await page.clock.runFor(40_000);
    await page.getByText("Dit verdwijnt over 25 seconden").waitFor();
    await page.getByRole("button", { name: "Langer tonen" }).click();
    await page.getByText("Dit verdwijnt vanzelf").waitFor();
    await page.clock.runFor(50_000);
    expect(await page.locator(".gestures").count()).toBe(1);
    // Who chooses something is looking.
    await page.getByRole("button", { name: "De leerkracht weet het" }).click();
    await page.getByLabel("Aan wie heeft u het verteld?").selectOption({ index: 1 });
    await page.clock.runFor(50_000);
    expect(await page.getByRole("button", { name: "Vastleggen" }).count()).toBe(1);
    await page.clock.runFor(11_000);
    await page.getByText("Het bericht is van het scherm gehaald").waitFor();
    expect(await page.locator(".gestures").count()).toBe(0);
    await page.context().close();
  });
});

test("a message is not on the screen any more when a machine wakes up", async () => {
  const page = await browser.signIn("school-contact");
  await page.locator(live).waitFor();
  await page.clock.install();
  await openOne(page, reports);
  // Timers and the browser's own clock stand still meanwhile.
  await page.clock.setSystemTime(Date.now() + 3_600_000);
  await page.clock.runFor(1_000);
  await page.getByText("Het bericht is van het scherm gehaald").waitFor();
  await page.context().close();
});

describe("a gesture", () => {
  test("whose answer comes late closes nothing that was opened meanwhile", async () => {
    for (let count = 0; count < 2; count += 1) await reports.aboutSomebody();
    await expectCount(contact, fresh, 2);
    await contact.locator(fresh).first().click();
    await contact.locator(".gestures").waitFor();
    const isOther = Promise.withResolvers<void>();
    await contact.route("**/graphql", (route) => isOther.promise.then(() => route.continue()), { times: 1 });
    const answered = contact.waitForResponse((one) => one.request().postData()?.includes("ConfirmSupport") ?? false);
    await contact.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await contact.keyboard.press("Escape");
    await contact.locator(fresh).nth(1).click();
    await contact.locator(".gestures").waitFor();
    isOther.resolve();
    await (await answered).finished();
    await expectCount(colleague, fresh, 1);
    expect(await contact.locator(".gestures").count()).toBe(1);
  });

  test("of one contact shows at once at the other, in the list and in an open message", async () => {
    await openOne(contact, reports);
    await colleague.locator(fresh).click();
    await colleague.locator(".gestures").waitFor();
    await contact.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await contact.getByText("Genoteerd: u heeft dit gezien").waitFor();
    await colleague.getByText("Een collega heeft dit bericht bijgewerkt").waitFor();
    expect(await colleague.getByRole("button", { name: "Ik heb dit gezien" }).count()).toBe(0);
    await colleague.keyboard.press("Escape");
    await colleague.locator(".message-row", { hasText: "Gezien" }).waitFor();
    await contact.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await contact.getByText("Dit bericht is afgerond").waitFor();
    await expectCount(colleague, ".message-row:not(:has(.nl-data-badge))", 0);
  });

  test("hands over to a teacher by name", async () => {
    await openOne(contact, reports);
    await contact.getByRole("button", { name: "De leerkracht weet het" }).click();
    const choice = contact.getByLabel("Aan wie heeft u het verteld?");
    const name = (await choice.locator("option").nth(1).textContent()) ?? "";
    await choice.selectOption({ label: name });
    await contact.getByRole("button", { name: "Vastleggen" }).click();
    await contact.getByText(`Vastgelegd: ${name} weet het`).waitFor();
    await contact.getByRole("button", { name: "Terug naar de berichten" }).click();
    await contact.locator(".message-row", { hasText: "Leerkracht weet het" }).waitFor();
    expect(await contact.content()).not.toContain(name);
  });

  test("hands one message over to a teacher of the group, who sees that one and can say that support was given", async () => {
    const teacher = await browser.signIn("school-teacher");
    await teacher.locator(".empty").waitFor();
    await reports.about(reports.cast.matched);
    await contact.locator(fresh).click();
    await handOverToTeacher(contact, way);
    await teacher.locator(".message-row").click();
    await teacher.getByRole("heading", { name: "Noor van der Linden" }).waitFor();
    expect(await teacher.getByRole("button", { name: /gezien|Niet onze|leerkracht weet/ }).count()).toBe(0);
    await teacher.getByRole("button", { name: "Het kind heeft steun gekregen" }).click();
    await teacher.getByText("Dit bericht is afgerond").waitFor();
    await contact.getByText("Een collega heeft dit bericht bijgewerkt").waitFor();
    await teacher.context().close();
  });

  test("can be practised with a message that says that it is one", async () => {
    await contact.getByRole("button", { name: "Oefen met een bericht" }).click();
    await contact.locator(fresh, { hasText: "Nieuw bericht (oefening)" }).click();
    await contact.getByText("Dit is een oefening. Dit kind bestaat niet.").waitFor();
    await contact.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await contact.getByText("Genoteerd: u heeft dit gezien").waitFor();
  });

  test("can be practised at each school of a contact of several, and comes to that school alone", async () => {
    const both = await openInbox(browser, "contact-of-two-sites");
    const practiseAt = (school: string) =>
      both.getByRole("button", { name: `Oefen met een bericht: ${school}`, exact: true }).click();
    await practiseAt("De Wilgenhoek, locatie Zuid");
    await both.locator(fresh, { hasText: "Nieuw bericht (oefening)" }).waitFor();
    await practiseAt("De Wilgenhoek");
    await expectCount(both, fresh, 2);
    await contact.locator(fresh, { hasText: "Nieuw bericht (oefening)" }).waitFor();
    expect(await contact.locator(fresh).count()).toBe(1);
    await both.context().close();
  });

  test("sends back what is not theirs, and takes it off a colleague's screen", async () => {
    const name = await openOne(contact, reports);
    await colleague.locator(fresh).click();
    await colleague.locator(".gestures").waitFor();
    await contact.getByRole("button", { name: "Niet onze leerling" }).click();
    await contact.getByLabel("Wij kennen dit kind niet").check();
    await contact.getByRole("button", { name: "Stuur het bericht terug" }).click();
    await contact.getByText("Het bericht is teruggestuurd").waitFor();
    await colleague.getByText("Dit bericht is niet meer voor uw school").waitFor();
    for (const page of [contact, colleague]) expect(await page.content()).not.toContain(name);
  });

  test("that comes too late is told so, and changes nothing", async () => {
    await openOne(contact, reports);
    // A colleague is quicker, and this page is not told.
    await contact.getByRole("button", { name: "Niet onze leerling" }).click();
    await contact.getByLabel("Dit kind is van school gegaan").check();
    await contact.route(
      "**/graphql",
      async (route) => {
        await reports.settle();
        await route.continue();
      },
      { times: 1 },
    );
    await contact.getByRole("button", { name: "Stuur het bericht terug" }).click();
    await contact.getByText("Dit bericht is al afgerond").waitFor();
    await contact.keyboard.press("Escape");
  });
});

describe("when the school can be reached", () => {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const part = (title: string) =>
    contact.locator(".availability__part", { has: contact.getByRole("heading", { name: title, exact: true }) });

  beforeEach(async () => {
    await contact.getByRole("button", { name: "Afwezig? Vrije dag? Geef het door" }).click();
    await contact.getByRole("heading", { name: "De Wilgenhoek" }).waitFor();
  });

  test("an absence can be recorded, is refused where it makes no sense, and can be taken back", async () => {
    const absence = part("Wie is er niet?");
    await absence.getByText("Alle contactpersonen zijn er").waitFor();
    const who = absence.getByLabel("Contactpersoon");
    const name = (await who.locator("option").nth(1).textContent()) ?? "";
    await who.selectOption({ label: name });
    await absence.getByLabel("Eerste dag").fill(day(3));
    await absence.getByLabel("Laatste dag").fill(day(1));
    await absence.getByRole("button", { name: "Leg vast wie er niet is" }).click();
    await absence.getByText("De laatste dag ligt voor de eerste dag").waitFor();
    await absence.getByLabel("Laatste dag").fill(day(4));
    await absence.getByRole("button", { name: "Leg vast wie er niet is" }).click();
    await absence.getByText("Genoteerd: deze contactpersoon is er dan niet").waitFor();
    await takePicture(contact, "availability");
    await absence.getByRole("button", { name: `${name} is er weer` }).click();
    await absence.getByText("Alle contactpersonen zijn er").waitFor();
  });

  test("the hours are set, and refused where the school would close before it opens", async () => {
    const hours = part("Hoe laat kijkt er iemand?");
    await hours.getByText("Nu is er altijd iemand bereikbaar").waitFor();
    await hours.getByLabel("Van").fill("17:30");
    await hours.getByLabel("Tot").fill("07:15");
    await hours.getByRole("button", { name: "Leg de tijden vast" }).click();
    await hours.getByText("De school moet later sluiten dan zij opengaat").waitFor();
    // At every hour of the day, as before: what comes in the tests that follow must not wait for the morning.
    await hours.getByLabel("Van").fill("00:00");
    await hours.getByLabel("Tot").fill("23:59");
    await hours.getByRole("button", { name: "Leg de tijden vast" }).click();
    await hours.getByText("Nu op schooldagen van 00:00 tot 23:59").waitFor();
    await withClient(way.databases.get("school")?.adminUrl ?? "", (school) =>
      school.query("update care.contact_hours set always = true"),
    );
  });

  test("days of the school's own are set, refused where there are too many, and taken away", async () => {
    const days = part("Eigen schooldagen");
    const before = await days.locator("li").count();
    await days.getByLabel("Eerste dag").fill(day(40));
    await days.getByLabel("Laatste dag").fill(day(101));
    await days.getByLabel("De school is vrij").check();
    await days.getByRole("button", { name: "Leg de dagen vast" }).click();
    await days.getByText("Meer dan 60 dagen achter elkaar kan niet").waitFor();
    await days.getByLabel("Laatste dag").fill(day(41));
    await days.getByRole("button", { name: "Leg de dagen vast" }).click();
    await days.getByText("Genoteerd: op deze dagen is uw school anders").waitFor();
    await expectCount(contact, ".availability__part:last-child li", before + 1);
    await days.locator("li").last().getByRole("button").click();
    await days.getByText("Weggehaald: uw school is dan zoals de regio").waitFor();
    await expectCount(contact, ".availability__part:last-child li", before);
  });

  test("and a colleague's change meanwhile is said, and shown", async () => {
    const absence = part("Wie is er niet?");
    await absence.getByLabel("Contactpersoon").selectOption({ index: 1 });
    await absence.getByLabel("Eerste dag").fill(day(3));
    await absence.getByLabel("Laatste dag").fill(day(4));
    await absence.getByRole("button", { name: "Leg vast wie er niet is" }).click();
    await absence.locator("li").waitFor();
    await cancelAbsences();
    await absence.locator("li").getByRole("button").click();
    await absence.getByText("Iemand heeft dit al veranderd").waitFor();
    await absence.getByText("Alle contactpersonen zijn er").waitFor();
  });

  test("where nobody is left who can be reached, the officer is told to call the school", async () => {
    const contacts = await part("Wie is er niet?").getByLabel("Contactpersoon").locator("option").count();
    for (let index = 1; index < contacts; index += 1) {
      const absence = part("Wie is er niet?");
      await absence.getByLabel("Contactpersoon").selectOption({ index });
      await absence.getByLabel("Eerste dag").fill(day(0));
      await absence.getByLabel("Laatste dag").fill(day(60));
      await absence.getByRole("button", { name: "Leg vast wie er niet is" }).click();
      await absence.locator(`li:nth-child(${index})`).waitFor();
    }
    await until("the officer to be told", async () => {
      const { data } = await way.ask("leerplicht-officer", "{ contactGaps { day } }");
      return data.contactGaps.length > 0;
    });
    const officer = await browser.signIn("leerplicht-officer");
    await officer.getByRole("heading", { name: "Hier is niemand bereikbaar" }).waitFor();
    await officer.locator('.what-to-do a[href="tel:09000009801"]').waitFor();
    expect(await officer.locator(".what-to-do").textContent()).toContain("De Wilgenhoek");
    await takePicture(officer, "contact-gaps");
    await officer.context().close();
    await cancelAbsences();
  });
});

/** Everybody of De Wilgenhoek is there again. */
async function cancelAbsences(): Promise<void> {
  const { data } = await way.ask("school-contact", "{ schools { absences { id } } }");
  for (const { id } of data.schools[0].absences) {
    const cancel = "mutation ($id: ID!) { cancelAbsence(input: { absenceId: $id }) { __typename } }";
    await way.ask("school-contact", cancel, { id });
  }
}
