import { type Logger, pino } from "pino";

export type Log = Logger;

/**
 * The log of one part: JSON lines of codes and ids that are ours. What a client sent,
 * an error's own message and anything that may name a person stay out of it.
 */
export function openLog(part: string, level = "info"): Log {
  return pino({ level, base: { part }, timestamp: pino.stdTimeFunctions.isoTime });
}

/**
 * What may be logged of an unexpected error: its class, its stable code and the frames of
 * its stack. The message is left out, for PostgreSQL and graphql-js repeat values in it.
 */
export function errorFacts(error: unknown): { error: string; code?: string; at?: string[] } {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
  return { error: error.name, ...(typeof code === "string" ? { code } : {}), at: frames };
}
