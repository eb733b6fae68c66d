import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Config, ConfigError } from "../../plumbing/config.ts";

describe("a setting", () => {
  test("is read from the environment, or from the file that the environment names", async () => {
    const folder = await mkdtemp(join(tmpdir(), "handle-with-care-config-"));
    const path = join(folder, "secret");
    await writeFile(path, "from the file\n");
    expect(new Config({ KEY: "at hand" }).text("KEY")).toBe("at hand");
    expect(new Config({ KEY_FILE: path }).text("KEY")).toBe("from the file");
    await rm(folder, { recursive: true });
  });

  test("that is missing or wrong is named, and its value is not told", () => {
    const config = new Config({
      PORT: "eighty",
      URL: "not an address",
      JSON: "{secret",
      MAP: "secret",
      GONE_FILE: "/no",
    });
    const faults = [
      () => config.text("MISSING"),
      () => config.integer("PORT"),
      () => config.url("URL"),
      () => config.json("JSON"),
      () => config.map("MAP"),
      () => config.text("GONE"),
    ];
    for (const fault of faults) {
      expect(fault).toThrow(ConfigError);
      expect(fault).not.toThrow(/eighty|not an address|secret/);
    }
  });

  test("that is empty counts as missing", () => {
    expect(new Config({ A: "" }).optional("A")).toBeUndefined();
    expect(new Config({ A: "" }).text("A", "usual")).toBe("usual");
  });

  test("may be a number in a range, a list or a map", () => {
    const config = new Config({ N: "7", L: " a, b ,,c", M: "one=http://1,two=http://2/?a=b" });
    expect(config.integer("N", { min: 7, max: 7 })).toBe(7);
    expect(() => config.integer("N", { min: 8 })).toThrow(ConfigError);
    expect(config.list("L")).toEqual(["a", "b", "c"]);
    expect(config.map("M")).toEqual(
      new Map([
        ["one", "http://1"],
        ["two", "http://2/?a=b"],
      ]),
    );
  });
});
