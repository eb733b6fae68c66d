import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { jest } from "@jest/globals";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Route,
} from "playwright-core";
import { gatewayUrl } from "../../system/addresses.ts";
import { chromiumOptions } from "../../system/chromium.ts";
import { root } from "../../system/root.ts";
import type { WaySystem } from "../way/way-system.ts";

// A browser before the whole system, on a machine that others use: nothing here is timed but what a test says is.
jest.setTimeout(240_000);

/** How long a page may take for one step, in milliseconds. */
const patience = 45_000;

/** Where pictures of the screens go; git ignores it. */
const pictures = join(root, ".run", "screens");

export interface SignInOptions extends BrowserContextOptions {
  /** Where the dashboard is opened, where not at the gateway itself. */
  readonly origin?: string;
  /** Is lent the page before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** A browser before the real system. Disposing it fails the test whose pages met with an error or a policy's refusal. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens the dashboard in a browser of its own, and signs in as a person of the development provider. */
  signIn(person: string, options?: SignInOptions): Promise<Page>;
  /** What went wrong in pages so far, policies' refusals included; taken away by being read. */
  takeProblems(): string[];
}

/** A browser that keeps what it keeps in a folder, as anybody's own does. */
export function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...chromiumOptions(), locale: "nl-NL" });
}

export async function openBrowser(way: WaySystem): Promise<TestBrowser> {
  const browser = await chromium.launch(chromiumOptions());
  const problems: string[] = [];
  return {
    async signIn(person, { origin = originOf(way), prepare, ...options } = {}) {
      const context = await newContext(browser, options);
      const page = await context.newPage();
      // Before the test's own end, so that it says what was waited for.
      page.setDefaultTimeout(patience);
      page.on("pageerror", ({ message }) => problems.push(message));
      page.on("console", (message) => {
        if (message.type() === "error" && !isOfNetwork(message.text())) problems.push(message.text());
      });
      await prepare?.(page);
      await page.goto(origin);
      await page.locator(`button[value="${person}"]`).click();
      return page;
    },
    takeProblems: () => problems.splice(0),
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (problems.length > 0) throw new Error(`Pages met with problems:\n${problems.join("\n")}`);
    },
  };
}

export function originOf({ addresses }: WaySystem): string {
  return new URL(gatewayUrl(addresses)).origin;
}

export async function takePicture(page: Page, name: string): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, animations: "disabled" });
}

/** Intercepts what a page asks of one field, and nothing else that it asks, such as a list that it reads again. */
export async function intercept(page: Page, field: string, answer: (route: Route) => unknown): Promise<void> {
  await page.route("**/graphql", (route) =>
    route.request().postData()?.includes(field) ? answer(route) : route.fallback(),
  );
}

/** Keeps one field's answer from a page until it is let go, as a slow network does. @returns what lets it go. */
export async function holdAnswer(page: Page, field: string): Promise<() => void> {
  const isLetGo = Promise.withResolvers<void>();
  await intercept(page, field, async (route) => {
    const response = await route.fetch();
    await isLetGo.promise;
    await route.fulfill({ response });
  });
  return isLetGo.resolve;
}

function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ locale: "nl-NL", viewport: { width: 1100, height: 800 }, ...options });
}

/** What Chromium says of a gateway that a test has stopped, or a token that has ended. */
function isOfNetwork(text: string): boolean {
  return /^(Failed to load resource|WebSocket connection to)/.test(text);
}
