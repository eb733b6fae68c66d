import { rename, writeFile } from "node:fs/promises";

/** Writes a file that is seen whole or not at all, readable by its owner only. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, content, { mode: 0o600 });
  await rename(beside, path);
}
