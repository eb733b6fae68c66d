import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runImportCommand } from "../../imports/command.ts";
import { SCHOOL_DAY_COLUMNS } from "../../imports/school-days/row.ts";
import { Config } from "../../plumbing/config.ts";
import { dutchDay } from "../../plumbing/dutch-time.ts";
import { contactKey, teacherKey } from "../../simulate/fill.ts";
import type { PartName } from "../../simulate/parts.ts";
import type { Random } from "../random.ts";
import { sites } from "./region.ts";

/** A file as the command `import` takes it. */
export interface FileToImport {
  readonly kind: "school-days" | "contacts";
  readonly part: PartName;
  readonly text: string;
}

/** One that comes in while people look on, with rows that are refused, or that is refused as a whole. */
export function anyFile(random: Random): FileToImport {
  if (random.chance(0.3)) {
    const rows = random.shuffle([contactKey, teacherKey]).map((key) => `${random.pick(sites)};${key}`);
    return { kind: "contacts", part: "school", text: lines("site;staff_key", ...rows, "99XX00;nobody") };
  }
  const part = random.pick(["school", "leerplicht", "police"] as const);
  return { kind: "school-days", part, text: random.chance(0.2) ? "kind;region\n" : schoolDays(random) };
}

/** Days of years to come: what is seen of a signal in these days does not hang on them. */
export function schoolDays(random: Random): string {
  const day = `203${random.below(10)}-05-1${random.below(10)}`;
  return lines(
    SCHOOL_DAY_COLUMNS.join(";"),
    `${random.pick(["free", "school"])};;${random.pick(sites)};${day};;;;`,
    `free;;99XX00;${day};;;;`,
    `free;;99XX01;2030-02-30;;;;`,
    `holiday;${random.pick(["Noord", "Zuid"])};;${day};;;;`,
  );
}

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** Runs the command. @returns all that it prints, and its exit code */
export async function importFile({
  kind,
  text,
  databaseUrl,
  now,
}: {
  readonly kind: string;
  readonly text: string;
  readonly databaseUrl: string;
  readonly now: Date;
}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-import-"));
  let printed = "";
  const output = {
    write(words: string) {
      printed += words;
    },
  };
  try {
    const file = join(folder, "file.csv");
    await writeFile(file, text);
    const config = new Config({ DATABASE_URL: databaseUrl });
    const code = await runImportCommand([kind, file], { config, output, errors: output, today: dutchDay(now) });
    return `${printed}exit ${code}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
