import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
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
  /** Packed when it is first asked for, and kept. */
  packed?: Promise<Buffer>;
}

/**
 * The files of one folder as they were when it was opened, at their paths: nothing else is served, and what is built
 * anew meanwhile is served after the next start, all of it at once.
 */
export class StaticFiles {
  readonly #files: ReadonlyMap<string, Served>;
  readonly #headers: Readonly<Record<string, string>>;

  private constructor(files: ReadonlyMap<string, Served>, headers: Readonly<Record<string, string>>) {
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
    const files = new Map<string, Served>();
    for (const entry of entries) {
      // A file with a dot before its name is the folder's own affair.
      if (!entry.isFile() || entry.name.startsWith(".")) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`${prefix}/${relative(folder, file).split(sep).join("/")}`, await readServed(file));
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
    const headers = {
      ...this.#headers,
      "cache-control": named.test(path) ? "public, max-age=31536000, immutable" : "no-store",
      "content-type": file.type,
      etag: file.etag,
      vary: "accept-encoding",
    };
    if (request.headers["if-none-match"] === file.etag) {
      response.writeHead(304, headers).end();
      return true;
    }
    const isPacked = packable.test(file.type) && /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
    const body = isPacked ? await packed(file) : file.plain;
    const encoding = isPacked ? { "content-encoding": "gzip" } : {};
    response.writeHead(200, { ...headers, ...encoding, "content-length": body.length });
    response.end(request.method === "HEAD" ? undefined : body);
    return true;
  }
}

async function readServed(file: string): Promise<Served> {
  const plain = await readFile(file);
  return {
    type: types[extname(file)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    plain,
  };
}

function packed(file: Served): Promise<Buffer> {
  file.packed ??= promisify(gzip)(file.plain, { level: 9 });
  return file.packed;
}
