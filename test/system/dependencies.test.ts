import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";

/*
 * Not every registry answers `npm audit`. So the versions below which a package that runs in production has a published
 * hole of the kind that reaches us are held here; add to it what an advisory names.
 */
const leastVersions: readonly (readonly [name: string, version: string, why: string])[] = [
  [
    "@apollo/server",
    "5.5.0",
    "GHSA-9q82-xgwf-vj6h: GET with an odd content type; before, CVE-2026-23897: an odd charset",
  ],
  ["graphql", "16.8.1", "CVE-2023-26144: overlapping fields cost without limit"],
  ["ws", "8.17.1", "CVE-2024-37890: many headers end the process"],
  ["typeorm", "0.3.26", "CVE-2025-60542: an object passes where a string belongs"],
  [
    "undici",
    "7.5.0",
    "CVE-2025-47279: bad certificates leak memory; before, CVE-2025-22150: boundaries can be guessed",
  ],
  [
    "nodemailer",
    "7.0.11",
    "CVE-2025-14874: an address ends the process; before, GHSA-mm7p-fcc7-pg87: mail to another domain",
  ],
  ["jose", "4.15.5", "CVE-2024-28176: a small token unpacks without limit"],
  ["qs", "6.14.1", "CVE-2025-15284: lists without limit"],
  ["body-parser", "2.2.1", "CVE-2025-13466: many parameters"],
];

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>>;
}

const { packages }: Lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));

/** Every copy of a package that production gets, wherever it is nested. */
function copiesOf(name: string): [path: string, version: string][] {
  return Object.entries(packages).flatMap(([path, { version = "", dev }]): [string, string][] =>
    path.endsWith(`node_modules/${name}`) && dev !== true ? [[path, version]] : [],
  );
}

function isAtLeast(version: string, least: string): boolean {
  const [one, other] = [version, least].map((text) => text.split("-")[0]?.split(".").map(Number) ?? []);
  for (const place of [0, 1, 2]) {
    const [ours = 0, theirs = 0] = [one?.[place], other?.[place]];
    if (ours !== theirs) return ours > theirs;
  }
  // What comes before a release is not yet the release.
  return !version.includes("-");
}

describe("a package with a published hole is not taken", () => {
  test.each(leastVersions)("%s from %s on (%s)", (name, least) => {
    const copies = copiesOf(name);
    expect(copies).not.toEqual([]);
    expect(copies.filter(([, version]) => !isAtLeast(version, least))).toEqual([]);
  });

  test.each(leastVersions)("%s is installed as it is locked", (name) => {
    for (const [path, version] of copiesOf(name)) {
      expect(JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")).version).toBe(version);
    }
  });

  test.each([
    ["16.8.0", "16.8.1", false],
    ["16.8.1", "16.8.1", true],
    ["16.10.0", "16.8.1", true],
    ["15.9.9", "16.8.1", false],
    ["16.8.1-rc.1", "16.8.1", false],
    ["17.0.0-rc.1", "16.8.1", true],
  ])("%s against %s: %s", (version, least, isEnough) => {
    expect(isAtLeast(version, least)).toBe(isEnough);
  });
});
