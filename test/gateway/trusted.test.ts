import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Gateway } from "../../gateway/part.ts";
import { hashOf, printDocumentRegister, readDocumentRegister } from "../../gateway/policy/trusted-documents.ts";
import { registerDocuments } from "../../gateway/register-documents.ts";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

const known = "query($text: String) { echo(text: $text) }";
const watching = "subscription { changed { thing { id } } }";
const unknown = "{ ping }";
const variables = { text: "hello" };

let house: OpenHouse;
let gateway: Gateway;
let feed: ReturnType<typeof makeFeed>;
let register: string;

beforeEach(async () => {
  feed = makeFeed();
  house = await openHouse(feed.subgraphs);
  register = join(house.folder, "documents.json");
  const texts = new Map([known, watching].map((text) => [hashOf(text), text]));
  await writeFile(register, printDocumentRegister(new Map([["everything", texts]])));
  gateway = await house.start({ TRUSTED_DOCUMENTS: register });
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

const refused = { errors: [{ extensions: { code: "OPERATION_NOT_REGISTERED" } }] };
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

describe("where only registered operations run, over HTTP", () => {
  test.each<[string, object]>([
    ["its text", { query: known }],
    ["its hash as a document id", { documentId: hashOf(known) }],
    ["its hash with the name of the algorithm", { documentId: `sha256:${hashOf(known)}` }],
    ["its hash as a persisted query", { extensions: persisted(hashOf(known)) }],
    ["its text and its hash", { query: known, extensions: persisted(hashOf(known)) }],
  ])("one is run by %s", async (_, request) => {
    expect(await post(gateway.url, { ...request, variables })).toEqual({
      status: 200,
      body: { data: { echo: "hello" } },
    });
  });

  test.each<[string, object]>([
    ["text", { query: unknown }],
    ["text under the hash of another", { query: unknown, extensions: persisted(hashOf(known)) }],
    ["text that differs by a blank", { query: `${known} ` }],
    ["hash", { documentId: hashOf(unknown) }],
    ["hash of no shape", { documentId: "../../etc/passwd" }],
    ["hash that is no text", { extensions: { persistedQuery: { sha256Hash: { toString: 1 } } } }],
    ["nothing", {}],
    ["introspection", { query: "{ __schema { types { name } } }" }],
  ])("an unknown one is refused, given as %s", async (_, request) => {
    const answer = await post(gateway.url, request);
    expect(answer).toMatchObject({ status: 400, body: refused });
    expect(house.headers).toEqual([]);
  });
});

test("where only registered operations run, the same holds over WebSocket", async () => {
  const client = createClient({ url: `${gateway.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
  const first = async (request: { query: string; [key: string]: unknown }) =>
    (await client.iterate(request as never).next()).value;
  expect(await first({ query: known, variables })).toEqual({ data: { echo: "hello" } });
  expect(await first({ query: "", variables, extensions: persisted(hashOf(known)) })).toEqual({
    data: { echo: "hello" },
  });
  for (const query of [unknown, "subscription { changed { thing { id name } } }", ""]) {
    await expect(first({ query })).rejects.toMatchObject(refused.errors);
  }
  await client.dispose();
});

describe("the register", () => {
  test("is refused where a text is not that of its hash", () => {
    const file = JSON.stringify({ everything: { [hashOf(known)]: unknown } });
    expect(() => readDocumentRegister(file)).toThrow("not what its hash says");
    for (const text of ["", "[]", '{"everything": []}', '{"everything": {"x": 1}}']) {
      expect(() => readDocumentRegister(text)).toThrow();
    }
  });

  test("that changes is served without a new start", async () => {
    await writeFile(register, printDocumentRegister(new Map([["everything", new Map([[hashOf(unknown), unknown]])]])));
    expect(await gateway.reload()).toBe(true);
    expect((await post(gateway.url, { query: unknown })).body).toEqual({ data: { ping: "pong" } });
    expect((await post(gateway.url, { query: known })).body).toMatchObject(refused);
  });

  test("for a contract that is not there is refused, and the old stays", async () => {
    await writeFile(register, '{"nobody":{}}');
    expect(await gateway.reload()).toBe(false);
    expect((await post(gateway.url, { query: known, variables })).status).toBe(200);
  });
});

describe("documents are registered", () => {
  const files = () => ({
    supergraph: house.supergraph,
    contracts: undefined,
    documents: join(house.folder, "new.json"),
  });

  test("from files and folders, beside those that are there", async () => {
    await writeFile(join(house.folder, "ping.gql"), unknown);
    await writeFile(join(house.folder, "echo.gql"), known);
    const folder = await registerDocuments(files(), [join(house.folder, "ping.gql")]);
    expect(folder).toEqual([
      { file: join(house.folder, "ping.gql"), hash: hashOf(unknown), contracts: ["everything"] },
    ]);
    await registerDocuments(files(), [join(house.folder, "echo.gql")]);
    const other = await house.start({ TRUSTED_DOCUMENTS: files().documents });
    expect((await post(other.url, { documentId: hashOf(known), variables })).body).toEqual({ data: { echo: "hello" } });
    expect((await post(other.url, { documentId: hashOf(unknown) })).body).toEqual({ data: { ping: "pong" } });
  });

  test("only where a contract allows them", async () => {
    const file = join(house.folder, "wrong.graphql");
    await writeFile(file, "{ pong }");
    await expect(registerDocuments(files(), [file])).rejects.toThrow("no contract allows");
    await expect(registerDocuments(files(), [file], ["nobody"])).rejects.toThrow("nobody");
    await expect(registerDocuments(files(), [join(house.folder, "absent")])).rejects.toThrow("cannot be read");
  });
});
