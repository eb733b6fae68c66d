import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { demoFiles } from "../../demo/files.ts";
import type { ReportableChild } from "../../demo/lists.ts";
import { SCHOOLS } from "../../demo/schools.ts";
import { testBsns } from "../../demo/test-numbers.ts";
import { readEdexml } from "../../imports/edexml/reader.ts";
import type { EdexmlRecord } from "../../imports/edexml/record.ts";
import { decodeText } from "../../imports/source.ts";
import { sameName } from "../../plumbing/names.ts";
import { collect } from "../imports/collect.ts";
import { sourceOf } from "../imports/edexml-text.ts";

const files = demoFiles();
const cast: Record<string, ReportableChild | ReportableChild[]> = JSON.parse(String(files.get("cast.json")));
const pupils = await pupilsBySite();

async function pupilsBySite(): Promise<Map<string, EdexmlRecord[]>> {
  const bySite = new Map<string, EdexmlRecord[]>();
  for (const { site } of SCHOOLS) {
    const bytes = files.get(`edexml/${site}.xml`) ?? Buffer.alloc(0);
    const records = await collect(readEdexml(decodeText(sourceOf(bytes, 65_536).bytes)));
    bySite.set(
      site,
      records.filter(({ kind }) => kind === "leerling"),
    );
  }
  return bySite;
}

function childrenOf(...parts: string[]): ReportableChild[] {
  return parts.flatMap((part) => cast[part] ?? []);
}

function found(child: ReportableChild, site: string): EdexmlRecord[] {
  return (pupils.get(site) ?? []).filter(
    (pupil) =>
      pupil.text("geboortedatum") === child.birthDate &&
      sameName(child.name, {
        givenName: pupil.text("voornamen"),
        callName: pupil.text("roepnaam"),
        prefix: pupil.text("voorvoegsel"),
        familyName: pupil.text("achternaam") ?? "",
      }),
  );
}

describe("the demonstration files", () => {
  test("stand in the repository as they are made", () => {
    for (const [path, made] of files) {
      expect([path, readFileSync(new URL(`../../demo/${path}`, import.meta.url)).equals(made)]).toEqual([path, true]);
    }
  });

  test("are the same every time, and small", () => {
    expect([...demoFiles()]).toEqual([...files]);
    expect([...files.values()].reduce((sum, { length }) => sum + length, 0)).toBeLessThan(1_500_000);
  });

  test("hold eighteen hundred pupils of twelve schools, about half of them with a BSN", () => {
    const all = [...pupils.values()].flat();
    const withBsn = all.filter((pupil) => pupil.text("bsn") !== undefined);
    expect(pupils.size).toBe(12);
    expect(all.length).toBeGreaterThan(1_790);
    expect(withBsn.length).toBeGreaterThan(850);
    expect(all.length - withBsn.length).toBeGreaterThan(850);
  });

  test("use BSNs of the test series only, each for one child", () => {
    const series = testBsns();
    const lines = String(files.get("leerplicht/enrolments.csv")).trim().split("\n").slice(1);
    const keysByBsn = new Map<string, Set<string>>();
    for (const [key = "", bsn = ""] of lines.map((line) => line.split(";"))) {
      if (bsn !== "") keysByBsn.set(bsn, (keysByBsn.get(bsn) ?? new Set()).add(key));
    }
    expect(series).toHaveLength(909);
    expect([...keysByBsn.keys()].filter((bsn) => !series.includes(bsn))).toEqual([]);
    expect([...keysByBsn.values()].filter((keys) => keys.size > 1)).toEqual([]);
  });

  test("name addresses and numbers of nobody", () => {
    for (const content of files.values()) {
      const addresses = content.toString("latin1").match(/[\w.]+@[\w.]+/g) ?? [];
      expect(addresses.filter((address) => !/\.example\.(nl|org)$/.test(address))).toEqual([]);
    }
  });

  test("have ages that fit the groups", () => {
    for (const pupil of [...pupils.values()].flat()) {
      const group = Number(pupil.text("jaargroep"));
      const born = pupil.text("geboortedatum");
      if (born === undefined || Number.isNaN(group)) continue;
      const from = `${2022 - group}-10-01`;
      const to = group === 1 ? "2022-11-23" : `${2023 - group}-09-30`;
      expect(born >= from && born <= to).toBe(true);
    }
  });
});

describe("the cast", () => {
  test("is found at the school that a signal should reach, each child once", () => {
    const placed = childrenOf(...Object.keys(cast)).filter(({ siteId }) => siteId !== undefined);
    expect(placed.length).toBeGreaterThanOrEqual(9);
    for (const child of placed) expect(found(child, child.siteId ?? "")).toHaveLength(1);
  });

  test("has a matched child at 99AA00 whose BSN the school exports", () => {
    const [child] = childrenOf("matched");
    expect(child?.siteId).toBe("99AA00");
    expect(pupils.get("99AA00")?.map((pupil) => pupil.text("bsn"))).toContain(child?.bsn);
  });

  test("has children whose BSN the school does not export", () => {
    for (const child of childrenOf("byNameOnly", "bsnUnknownAtSchool", "twins")) {
      const [pupil] = found(child, child.siteId ?? "");
      expect(pupil?.text("bsn")).toBeUndefined();
    }
  });

  test("has namesakes of one birth date at two schools", () => {
    const [one, other] = childrenOf("namesakes");
    expect(one?.siteId).not.toBe(other?.siteId);
    expect([one?.name, one?.birthDate]).toEqual([other?.name, other?.birthDate]);
  });

  test("has children whom no school here knows", () => {
    for (const child of childrenOf("noEnrolment", "otherMunicipality", "unknown")) {
      expect(SCHOOLS.flatMap(({ site }) => found(child, site))).toEqual([]);
    }
  });

  test("has a child who moved to another school than the one that Leerplicht knows of", () => {
    const [child] = childrenOf("justMoved");
    const [old = ""] = child?.enrolledAt ?? [];
    expect(old).not.toBe(child?.siteId);
    expect(child && found(child, old)[0]?.text("uitstroomdatum")).toBe("2026-11-16");
  });
});
