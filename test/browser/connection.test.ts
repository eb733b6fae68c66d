import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { PartProcess } from "../../prove/world/part-process.ts";
import { type Proxy as Network, openProxy } from "../proxy.ts";
import { startWay, type WaySystem } from "../way/way-system.ts";
import { openBrowser, originOf, type TestBrowser, takePicture } from "./browser.ts";
import { Reports } from "./reports.ts";
import { expectCount, fresh, live, lost, openInbox, openOne, textOf } from "./school-pages.ts";

let way: WaySystem;
let network: Network;
let browser: TestBrowser;
let reports: Reports;
let contact: Page;

beforeAll(async () => {
  network = await openProxy(() => originOf(way));
  way = await startWay((part, { gateway }) =>
    part === "gateway" ? { ALLOWED_ORIGINS: `http://127.0.0.1:${gateway},http://127.0.0.1:${network.port}` } : {},
  );
  [browser, reports] = await Promise.all([openBrowser(way), Reports.of(way)]);
  contact = await openInbox(browser, "school-contact");
}, 240_000);

afterEach(async () => {
  await contact.keyboard.press("Escape");
  await reports.settle();
  await expectCount(contact, ".message, .message-row--new", 0);
  expect(browser.takeProblems()).toEqual([]);
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await way?.[Symbol.asyncDispose]();
  await network?.[Symbol.asyncDispose]();
});

describe("a connection that is lost", () => {
  test("is said plainly, and what was missed is there on return, after the last event's cursor", async () => {
    const page = await openInbox(browser, "school-contact");
    const cursors: (string | null)[] = [];
    page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        const message = JSON.parse(String(payload));
        if (message.type === "subscribe") cursors.push(message.payload.variables.after);
      }),
    );
    await reports.aboutSomebody();
    await expectCount(page, fresh, 1);
    await way.stop("gateway");
    await page.locator(lost).waitFor();
    expect(await textOf(page)).toMatch(/Geen verbinding sinds \d\d:\d\d/);
    await takePicture(page, "connection-lost");
    await way.start("gateway");
    await reports.aboutSomebody();
    await page.locator(live).waitFor();
    await expectCount(page, fresh, 2);
    expect(cursors.at(-1)).toMatch(/^[0-9a-f-]{36}$/);
    await expectCount(contact, fresh, 2);
    await page.context().close();
  });

  test("has no gap at its beginning: what comes between the list and the subscription is shown", async () => {
    const page = await browser.signIn("school-contact", {
      prepare: (opened) =>
        opened.routeWebSocket("**/graphql", (socket) => {
          const server = socket.connectToServer();
          let isListRead: Promise<unknown> | undefined;
          socket.onMessage(async (message) => {
            if (String(message).includes('"subscribe"')) {
              isListRead = opened
                .locator(live)
                .waitFor()
                .then(() => reports.aboutSomebody())
                .then(() => contact.locator(fresh).waitFor());
            }
            await isListRead;
            server.send(message);
          });
        }),
    });
    // Sooner than the list is read again by the minute.
    await page.locator(fresh).waitFor({ timeout: 45_000 });
    await page.context().close();
  });

  test("that nobody ended, as the network swallows all that is sent, is said too, and mends by itself", async () => {
    const page = await openInbox(browser, "school-contact", {
      origin: network.url,
      prepare: (one) => one.clock.install(),
    });
    network.swallow();
    await page.clock.runFor(16_000);
    await page.locator(lost).waitFor();
    await reports.aboutSomebody();
    await contact.locator(fresh).waitFor();
    expect(await page.locator(fresh).count()).toBe(0);
    network.mend();
    await page.clock.runFor(30_000);
    await page.locator(live).waitFor();
    await expectCount(page, fresh, 1);
    await page.context().close();
  });

  test("is said for as long as no events would come, though the list can be read", async () => {
    const page = await browser.signIn("school-contact", {
      prepare: async (opened) => {
        await opened.clock.install();
        await opened.routeWebSocket("**/graphql", (socket) => socket.close());
      },
    });
    await page.locator(lost).waitFor();
    // Read once though nothing is followed, and once more by the minute.
    await page.locator(".empty, .messages").first().waitFor();
    await reports.aboutSomebody();
    await contact.locator(fresh).waitFor();
    await page.clock.runFor(61_000);
    await page.locator(fresh).waitFor();
    expect(await page.locator(lost).count()).toBe(1);
    await page.context().close();
  });

  test("outlives a gateway that is killed in the middle of it, and comes back with what was missed", async () => {
    await way.stop("gateway");
    const port = way.addresses.gateway;
    const options = { part: "gateway", port, environment: way.gatewayEnvironment, onLine: () => undefined };
    await using gateway = new PartProcess(options);
    gateway.start();
    await gateway.ready();
    const page = await openInbox(browser, "school-contact");
    await gateway.stop("SIGKILL");
    await page.locator(lost).waitFor();
    gateway.start();
    await gateway.ready();
    await reports.aboutSomebody();
    await page.locator(live).waitFor();
    await expectCount(page, fresh, 1);
    await gateway.stop("SIGTERM");
    await way.start("gateway");
    await page.context().close();
  });

  test("is told by the device itself, too, and a gesture without one is not lost without a word", async () => {
    await openOne(contact, reports);
    await contact.context().setOffline(true);
    await contact.locator(lost).waitFor();
    await contact.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await contact.getByText("Er is geen verbinding. Misschien is het niet gelukt").waitFor();
    await contact.context().setOffline(false);
    await contact.locator(live).waitFor();
    await contact.getByRole("button", { name: "Ik heb dit gezien" }).click();
    await contact.getByText("Genoteerd: u heeft dit gezien").waitFor();
    await contact.keyboard.press("Escape");
  });
});

describe("a token that ends", () => {
  test("is renewed without a word, and the messages go on", async () => {
    const page = await openInbox(browser, "renewed-contact");
    const sockets: string[] = [];
    const opened = Promise.withResolvers<void>();
    page.on("websocket", (socket) => {
      sockets.push(socket.url());
      opened.resolve();
    });
    await opened.promise;
    await reports.aboutSomebody();
    await page.locator(fresh).waitFor();
    expect(await page.locator(lost).count()).toBe(0);
    expect(sockets.join()).not.toMatch(/token|bearer|eyJ/i);
    await page.context().close();
  });

  test("and cannot be renewed covers all, until the person signs in again and sees what was missed", async () => {
    const page = await openInbox(browser, "brief-contact");
    await reports.aboutSomebody();
    await page.locator(fresh).click();
    await page.getByRole("heading", { name: "U bent afgemeld" }).waitFor();
    expect(await page.locator(".message, .message-row").count()).toBe(0);
    await reports.aboutSomebody();
    await page.getByRole("button", { name: "Opnieuw aanmelden" }).click();
    await expectCount(page, fresh, 2);
    await page.context().close();
  });
});
