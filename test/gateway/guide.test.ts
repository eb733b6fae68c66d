import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "../../system/root.ts";

test("the guide names every file of the gateway, and none that is not there", async () => {
  const folder = join(root, "gateway");
  const guide = await readFile(join(folder, "README.md"), "utf8");
  const named = new Set([...guide.matchAll(/`(?:[\w-]+\/)*([\w-]+\.ts)`/g)].map(([, name = ""]) => name));
  const names = async (path: string) =>
    (await readdir(join(root, path), { recursive: true }))
      .map((file) => basename(file))
      .filter((name) => name.endsWith(".ts"));
  const files = await names("gateway");
  expect(files.filter((name) => !named.has(name))).toEqual([]);
  const all = new Set(files);
  for (const path of ["plumbing", "prove", "system", "test"]) {
    for (const name of await names(path)) all.add(name);
  }
  expect([...named].filter((name) => !all.has(name))).toEqual([]);
});
