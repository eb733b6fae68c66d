import { pino } from "pino";

/** A log, and the lines in it. */
export function openTestLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: "warn" }, { write: (line: string) => lines.push(line) }) };
}
