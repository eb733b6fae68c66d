import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "../plumbing/clock.ts";
import { makeIdentityKey } from "../plumbing/identities/keys.ts";
import { writeWhole } from "./atomic-file.ts";

/** Makes the file that IDENTITY_KEYS_FILE names, with one key, where there is none. */
export async function ensureKeyFile(path: string): Promise<void> {
  if ((await readKeyFile(path)) !== "") return;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeKeys(path, [makeIdentityKey(systemClock.now())]);
}

/** Puts a new key before those in the file: it encrypts from now on, and they go on decrypting. */
export async function addKey(path: string): Promise<void> {
  await writeKeys(path, [makeIdentityKey(systemClock.now()), await readKeyFile(path)]);
}

async function readKeyFile(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    // To take a file that cannot be read for none would be to write over its keys.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function writeKeys(path: string, keys: readonly string[]): Promise<void> {
  return writeWhole(path, `${keys.filter((key) => key !== "").join(",\n")}\n`);
}
