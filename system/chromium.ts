import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";
import { Config } from "../plumbing/config.ts";

/** How Chromium is started without a screen. @throws Error where there is none */
export function chromiumOptions(): LaunchOptions & { readonly args: string[] } {
  const executablePath = new Config().text("CHROMIUM", "/usr/bin/chromium");
  if (!existsSync(executablePath)) {
    throw new Error("The pages are opened in Chromium: apt-get install chromium, or its path in CHROMIUM");
  }
  return { executablePath, args: ["--no-sandbox", "--disable-gpu"] };
}
