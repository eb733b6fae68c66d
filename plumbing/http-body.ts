import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** RFC 8259 JSON in UTF-8 only: an odd charset could smuggle a body past a filter in front of us. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  return contentType !== undefined && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());
}

/**
 * Reads by events: leaving a `for await` early would destroy the socket before the answer is out.
 * @param limit the most bytes that are read.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | "too large"> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners("data");
        request.resume();
        resolve("too large");
      } else chunks.push(chunk);
    });
    request.on("end", () => {
      const [first] = chunks;
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.on("error", reject);
  });
}

/** @returns the JSON object of a body, or undefined where it is anything else (a batch included). */
export function parseJsonObject(body: Buffer): Record<string, unknown> | undefined {
  // A decoder that is told to fail says the same, at several times the cost.
  if (!isUtf8(body)) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
