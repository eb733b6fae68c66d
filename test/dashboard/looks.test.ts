import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";
import { looks } from "../browser/looks.ts";

/** What is named after a screen, or after what takes the place of one. */
const screen = /(-(screen|view|form|list)|^(wall|open-message|notifications))\.tsx$/;

/** Those that are part of others, and are looked at with them. */
const parts = new Set([
  "elements/keyboard-list.tsx",
  "elements/opened-view.tsx",
  "guidance/consent-form.tsx",
  "inbox/inbox-screen.tsx",
  "talks/choose-form.tsx",
]);

test("every screen, view and form is looked at in some state", () => {
  const folder = join(root, "dashboard");
  const screens = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(({ name }) => screen.test(name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((file) => !parts.has(file));
  const lookedAt = Object.values(looks).flatMap((suite) => Object.keys(suite));
  expect(screens.length).toBeGreaterThan(15);
  expect(screens.filter((file) => !lookedAt.includes(file))).toEqual([]);
});
