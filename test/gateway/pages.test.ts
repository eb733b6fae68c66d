import { mkdir, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

let house: OpenHouse;
let folder: string;
beforeEach(async () => {
  house = await openHouse(makeFeed().subgraphs);
  folder = join(house.folder, "pages");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Page</title>");
  await writeFile(join(folder, ".built"), "private");
  await writeFile(join(folder, "assets", "index-Bhik04PF.js"), "export {};".repeat(100));
  await writeFile(join(house.folder, "outside.txt"), "private");
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

describe("a gateway with pages", () => {
  test("serves the page at / and lets nothing keep it", async () => {
    const { url } = await house.start({ STATIC_FILES: folder });
    const response = await fetch(`${url}/`);
    expect(await response.text()).toContain("<title>Page</title>");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
    });
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|blob:/);
  });

  test("lets a file that is named after its content be kept for ever, packed, and asked for by its tag", async () => {
    const { url } = await house.start({ STATIC_FILES: folder });
    const asset = `${url}/assets/index-Bhik04PF.js`;
    const response = await fetch(asset);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.text()).toContain("export {};");
    const tag = response.headers.get("etag") ?? "";
    expect((await fetch(asset, { headers: { "if-none-match": tag } })).status).toBe(304);
    const head = await fetch(asset, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test.each(["/../outside.txt", "/..%2foutside.txt", "/assets/../../outside.txt", "/.built", "/assets", "/assets/"])(
    "serves nothing but its files: %s",
    async (path) => {
      const { url } = await house.start({ STATIC_FILES: folder });
      expect(await statusOf(url, path)).toBe(404);
    },
  );

  test("reads pages and writes none", async () => {
    const { url } = await house.start({ STATIC_FILES: folder });
    for (const path of ["/", "/settings.json", "/federation"]) {
      expect((await fetch(`${url}${path}`, { method: "POST" })).status).toBe(405);
    }
  });

  test("tells the page where people sign in, and lets it call there", async () => {
    const { url } = await house.start({
      STATIC_FILES: folder,
      WEB_CLIENT_ID: "page",
      OIDC_ISSUER: "http://127.0.0.1:1/realm",
      OIDC_AUDIENCE: "x",
    });
    expect(await (await fetch(`${url}/settings.json`)).json()).toEqual({
      issuer: "http://127.0.0.1:1/realm",
      clientId: "page",
      explorer: false,
    });
    const { headers } = await fetch(`${url}/`);
    expect(headers.get("content-security-policy")).toContain("connect-src 'self' http://127.0.0.1:1;");
  });

  test("serves an explorer in development only", async () => {
    const explorer = { STATIC_FILES: folder, EXPLORER_FILES: folder };
    expect(await statusOf((await house.start(explorer)).url, "/graphiql/")).toBe(404);
    const { url } = await house.start({ ...explorer, DEVELOPMENT: "on" });
    expect(await statusOf(url, "/graphiql/")).toBe(200);
    expect(await statusOf(url, "/graphiql/assets/index-Bhik04PF.js")).toBe(200);
  });

  test("does not start with a folder that holds no page", async () => {
    await expect(house.start({ STATIC_FILES: join(house.folder, "nowhere") })).rejects.toMatchObject({
      code: "CONFIG_ERROR",
    });
  });

  test("tells the operators' contract how its subgraphs are, and nobody else", async () => {
    const closed = await house.start({ STATIC_FILES: folder });
    expect((await fetch(`${closed.url}/federation`)).status).toBe(403);
    // Without a provider, everybody is of the one contract.
    const { url } = await house.start({ STATIC_FILES: folder, OPERATORS_CONTRACT: "everything" });
    const { contracts, subgraphs } = (await (await fetch(`${url}/federation`)).json()) as Record<
      string,
      { name: string; health: string }[]
    >;
    expect(contracts).toEqual([{ name: "everything", subgraphs: subgraphs?.map(({ name }) => name) }]);
    expect(subgraphs?.length).toBeGreaterThan(0);
    expect(subgraphs?.map(({ health }) => health)).toEqual(subgraphs?.map(() => "READY"));
  });

  test("packs nothing for who cannot unpack", async () => {
    const { url } = await house.start({ STATIC_FILES: folder });
    const packed = await rawOf(url, "gzip");
    const plain = await rawOf(url, "identity");
    expect(gunzipSync(packed)).toEqual(plain);
    expect(packed.length).toBeLessThan(plain.length);
  });
});

/** The path as it is given: fetch would tidy it up. */
function statusOf(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    get({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

function rawOf(url: string, encoding: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(`${url}/assets/index-Bhik04PF.js`, { headers: { "accept-encoding": encoding } }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve(Buffer.concat(chunks));
    }).on("error", reject);
  });
}
