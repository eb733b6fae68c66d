import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Gateway } from "../../gateway/part.ts";
import { hashOf, printDocumentRegister } from "../../gateway/policy/trusted-documents.ts";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

const echo = "query($text: String) { echo(text: $text) }";
const two = "query A { ping } query B { ping }";
const invalid = "{ pinh }";
const watching = "subscription { changed { thing { id } } }";

let house: OpenHouse;
let gateway: Gateway;
/** One that runs whatever the contract allows. */
let open: Gateway;

beforeAll(async () => {
  house = await openHouse(makeFeed().subgraphs);
  const register = join(house.folder, "documents.json");
  const texts = new Map([echo, two, invalid, watching].map((text) => [hashOf(text), text]));
  await writeFile(register, printDocumentRegister(new Map([["everything", texts]])));
  gateway = await house.start({ TRUSTED_DOCUMENTS: register });
  open = await house.start({});
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
});

/** What Apollo Server weighs itself, so that the request goes to it. */
const weighed = "application/json;q=0.9, text/html;q=0.1";

async function ask(request: object, accept: string, url = gateway.url) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(request),
  });
  const { date: _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, text: await response.text() };
}

describe("a registered document is answered the same way with and without Apollo Server", () => {
  test.each<[string, number, object]>([
    ["with variables", 200, { query: echo, variables: { text: "hé" } }],
    ["by its hash", 200, { documentId: hashOf(echo), variables: null, operationName: null, extensions: {} }],
    ["of several operations", 200, { query: two, operationName: "B" }],
    ["of several operations without a name", 400, { query: two }],
    ["with a value that does not fit", 400, { query: echo, variables: { text: { a: 1 } } }],
    ["with variables that are a list", 400, { query: echo, variables: [] }],
    ["with variables that are text", 400, { query: echo, variables: "{}" }],
    ["with a name that is no text", 400, { query: two, operationName: 1 }],
    ["that does not fit the schema", 400, { query: invalid }],
    ["of a subscription", 400, { query: watching }],
    ["that is not registered", 400, { query: "{ ping }" }],
  ])("%s", async (_, status, request) => {
    const short = await ask(request, "application/json");
    expect(short.status).toBe(status);
    expect(short).toEqual(await ask(request, weighed));
  });
});

describe("a text that Apollo Server has let in before is answered as it would answer it again", () => {
  const known = 'query Known($text: String) { echo(text: $text) __type(name: "Query") { name } }';

  test.each<[string, number, object]>([
    ["with variables", 200, { query: known, variables: { text: "hé" } }],
    ["by the name of its operation", 200, { query: known, operationName: "Known" }],
    ["by another name", 400, { query: known, operationName: "Other" }],
    ["with a value that does not fit", 400, { query: known, variables: { text: { a: 1 } } }],
    ["with variables that are a list", 400, { query: known, variables: [] }],
    [
      "with a hash beside it",
      200,
      { query: known, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(known) } } },
    ],
    ["of several operations without a name", 400, { query: two }],
    ["of a subscription", 400, { query: watching }],
    ["that does not fit the schema", 400, { query: invalid }],
  ])("%s", async (_, status, request) => {
    await ask({ query: known }, "application/json", open.url);
    const short = await ask(request, "application/json", open.url);
    expect(short.status).toBe(status);
    expect(short).toEqual(await ask(request, weighed, open.url));
  });
});

describe("an answer over HTTP", () => {
  test("says its length, and that nobody may keep it", async () => {
    const { headers, text } = await ask({ query: echo, variables: { text: "hé" } }, "*/*");
    expect(text).toBe('{"data":{"echo":"hé"}}');
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-length": String(Buffer.byteLength(text)),
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
  });

  test("is of the type that the client would rather have", async () => {
    const { headers } = await ask({ query: echo }, "application/graphql-response+json, application/json;q=0.9");
    expect(headers["content-type"]).toBe("application/graphql-response+json; charset=utf-8");
  });

  test("is refused to a client that takes no JSON", async () => {
    expect((await ask({ query: echo }, "text/html")).status).toBe(406);
  });

  test("is refused where the body is not UTF-8, or not JSON", async () => {
    for (const body of [Buffer.from([0x7b, 0xff, 0x7d]), Buffer.from("{"), Buffer.from("[]"), Buffer.from("")]) {
      const headers = { "content-type": "application/json" };
      expect((await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body })).status).toBe(400);
    }
  });
});
