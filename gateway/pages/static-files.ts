import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { ConfigError } from "../../plumbing/config.ts";
import { sendProblem } from "../../plumbing/http-answer.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
};

/** What gets smaller by being packed. */
const packable = /^(text|application\/json|image\/svg)/;

/** A name that a build made from the content: what is under it never changes. */
const named = /\/assets\/.+-[\w-]{8}\.\w+$/;

/** A file as it is sent. */
interface Served {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly packed: Buffer | undefined;
}

/**
 * The files of one folder, at the paths that they had when it was opened: no other path leads to a file.
 * A file is read when it is first asked for, and kept.
 */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, string>;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #read = new Map<string, Promise<Served>>();

  private constructor(files: ReadonlyMap<string, string>, headers: Readonly<Record<string, string>>) {
    this.#files = files;
    this.#headers = headers;
  }

  /**
   * @param prefix the path below which the files are served, without a slash at its end.
   * @param headers what goes with every answer.
   * @throws ConfigError where the folder has no index.html.
   */
  static async open(folder: string, prefix: string, headers: Readonly<Record<string, string>>): Promise<StaticFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = new Map<string, string>();
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`${prefix}/${file.slice(join(folder, sep).length).split(sep).join("/")}`, file);
    }
    const index = files.get(`${prefix}/index.html`);
    if (index === undefined) throw new ConfigError("A folder of pages has no index.html");
    files.set(`${prefix}/`, index);
    if (prefix !== "") files.set(prefix, index);
    return new StaticFiles(files, headers);
  }

  /** @returns false where the path is none of these files'. */
  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const file = this.#files.get(path);
    if (file === undefined) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendProblem(response, 405, "BAD_REQUEST", { allow: "GET, HEAD" });
      return true;
    }
    const { type, etag, plain, packed } = await this.#served(file);
    const isPacked = packed !== undefined && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
    const body = isPacked ? packed : plain;
    const headers = {
      ...this.#headers,
      "cache-control": named.test(path) ? "public, max-age=31536000, immutable" : "no-store",
      "content-type": type,
      etag,
      vary: "accept-encoding",
    };
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, headers).end();
      return true;
    }
    response.writeHead(200, {
      ...headers,
      "content-length": body.length,
      ...(isPacked ? { "content-encoding": "gzip" } : {}),
    });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  }

  #served(file: string): Promise<Served> {
    const known = this.#read.get(file);
    if (known !== undefined) return known;
    const read = readServed(file);
    this.#read.set(file, read);
    // What could not be read may be there the next time.
    read.catch(() => this.#read.delete(file));
    return read;
  }
}

async function readServed(file: string): Promise<Served> {
  const plain = await readFile(file);
  const type = types[extname(file)] ?? "application/octet-stream";
  return {
    type,
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    plain,
    packed: packable.test(type) ? await promisify(gzip)(plain, { level: 9 }) : undefined,
  };
}
