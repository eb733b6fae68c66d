import { readFile } from "node:fs/promises";
import { ConfigError } from "../../plumbing/config.ts";
import { openDatabase } from "../../plumbing/database.ts";
import { type ChainHead, verifyChain } from "../../plumbing/processing-chain.ts";
import { writeWhole } from "../atomic-file.ts";
import type { PartLog } from "./part-log.ts";

type Heads = Readonly<Record<string, ChainHead | undefined>>;

/**
 * Checks these logs, and says what is wrong with them.
 * @param headsFile what each ended with, checked against, and kept anew where a log is whole.
 * @returns whether every log is whole
 * @throws ConfigError where the file cannot be read.
 */
export async function verifyLogs(logs: readonly PartLog[], headsFile: string | undefined): Promise<boolean> {
  const kept: Heads = headsFile === undefined ? {} : await readHeads(headsFile);
  const heads: Record<string, ChainHead | undefined> = { ...kept };
  let whole = true;
  for (const { name, databaseUrl } of logs) {
    await using database = await openDatabase(databaseUrl, []);
    const { entries, head, problems } = await verifyChain(database, kept[name]);
    console.log(`${name}: ${entries} entries, ${problems.length === 0 ? "whole" : "NOT WHOLE"}`);
    for (const { kind, position } of problems) console.log(`  entry ${position}: ${kind}`);
    if (problems.length === 0) heads[name] = head;
    else whole = false;
  }
  if (headsFile !== undefined) await writeWhole(headsFile, `${JSON.stringify(heads, null, 2)}\n`);
  return whole;
}

async function readHeads(file: string): Promise<Heads> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Heads;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigError("The file of heads cannot be read");
  }
}
