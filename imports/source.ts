import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { TextDecoder } from "node:util";
import { ImportRefused } from "./outcome.ts";

/** What is imported: bytes, and how many there are where that is known. */
export interface ImportSource {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly size?: number;
}

/** How far an import is. */
export interface ImportProgress {
  readonly rows: number;
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
}

/**
 * Opens a file for an import.
 *
 * @throws ImportRefused NOT_FOUND, DIRECTORY, EMPTY or UNREADABLE
 */
export async function fileSource(path: string): Promise<ImportSource> {
  const found = await stat(path).catch((fault: NodeJS.ErrnoException) => {
    const absent = fault.code === "ENOENT" || fault.code === "ENOTDIR";
    throw new ImportRefused(absent ? "NOT_FOUND" : "UNREADABLE");
  });
  if (found.isDirectory()) throw new ImportRefused("DIRECTORY");
  if (found.isFile() && found.size === 0) throw new ImportRefused("EMPTY");
  return { bytes: readFileBytes(path), size: found.size };
}

async function* readFileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path);
  } catch {
    throw new ImportRefused("UNREADABLE");
  }
}

/** Encodings that Dutch systems declare, by the label that the decoder knows. */
const DECLARED_ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  "utf-16": "utf-16le",
  "iso-8859-1": "windows-1252",
  "iso-8859-15": "iso-8859-15",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
};

/** Long enough for any XML declaration. */
const HEAD_BYTES = 256;

/**
 * Turns bytes into text: by a byte order mark, else by the encoding that an XML declaration names,
 * else as UTF-8. The mark itself is dropped.
 *
 * @param onBytes is told of each piece that was read, in bytes
 * @throws ImportRefused EMPTY, ENCODING_UNKNOWN or ENCODING_BROKEN
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = Buffer.alloc(0);
  for await (const piece of bytes) {
    onBytes(piece.length);
    if (decoder !== undefined) {
      yield decode(decoder, piece);
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < HEAD_BYTES) continue;
    decoder = decoderFor(head);
    yield decode(decoder, head);
  }
  if (decoder === undefined) {
    if (head.length === 0) throw new ImportRefused("EMPTY");
    decoder = decoderFor(head);
    yield decode(decoder, head);
  }
  yield decode(decoder);
}

function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
  } catch {
    throw new ImportRefused("ENCODING_BROKEN");
  }
}

function decoderFor(head: Buffer): TextDecoder {
  return new TextDecoder(encodingOf(head), { fatal: true });
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    head.subarray(0, HEAD_BYTES).toString("latin1"),
  )?.[1];
  if (declared === undefined) return "utf-8";
  const known = DECLARED_ENCODINGS[declared.toLowerCase()];
  if (known === undefined) throw new ImportRefused("ENCODING_UNKNOWN", 1);
  return known;
}
