import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";

/**
 * Does a piece of the set-up unless it was done to the end with the same input. What was done
 * stands in the cluster itself, so that it goes when the cluster goes.
 * @returns whether the work was done now.
 */
export async function doOnce(
  cluster: Client,
  piece: string,
  digest: string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  await cluster.query("create table if not exists set_up (piece text primary key, digest text not null)");
  const { rows } = await cluster.query<{ digest: string }>("select digest from set_up where piece = $1", [piece]);
  if (rows[0]?.digest === digest) return false;
  await work();
  await cluster.query("insert into set_up values ($1, $2) on conflict (piece) do update set digest = excluded.digest", [
    piece,
    digest,
  ]);
  return true;
}

/** Changes with the name or content of any file below the folders whose name matches. */
export async function digestOf(folders: readonly string[], pattern: RegExp): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => pattern.test(name)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
    for (const [place, name] of names.entries()) hash.update(`${name}\n`).update(texts[place] ?? "");
  }
  return hash.digest("hex");
}
