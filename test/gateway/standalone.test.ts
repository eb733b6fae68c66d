import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { readArguments, readGatewayConfig } from "../../gateway/part.ts";
import { Config } from "../../plumbing/config.ts";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse, post } from "./open-house.ts";

let house: OpenHouse;
beforeEach(async () => {
  house = await openHouse(makeFeed().subgraphs);
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
});

describe("a gateway that is given nothing but a supergraph", () => {
  test("serves all of it to anybody, and states nothing to the subgraphs", async () => {
    const { url } = await house.start();
    expect((await post(url, { query: "{ ping thing { id name } }" })).body).toEqual({
      data: { ping: "pong", thing: { id: "1", name: "thing 1" } },
    });
    expect(house.headers.length).toBeGreaterThan(0);
    for (const sent of house.headers) {
      expect(Object.keys(sent).filter((name) => /claims|authorization|trace/.test(name))).toEqual([]);
    }
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });

  test("serves it over WebSocket too, without an end to the right", async () => {
    const { url } = await house.start();
    const client = createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
    expect((await client.iterate({ query: "{ ping }" }).next()).value).toEqual({ data: { ping: "pong" } });
    await client.dispose();
  });
});

describe("the limits of a document", () => {
  const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, nth) => `a${nth}: ping`).join(" ")} }`;

  test("are those of the settings, at both doors, lower or higher than usual", async () => {
    const { url } = await house.start({ DOCUMENT_LIMITS: "tokens=4000,depth=1,aliases=900,rootFields=900" });
    const client = createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
    const overSocket = async (query: string) => (await client.iterate({ query }).next()).value;
    const tooLarge = [{ extensions: { code: "OPERATION_TOO_LARGE" } }];
    for (const query of ["{ thing { id } }", aliases(901)]) {
      expect(await post(url, { query })).toMatchObject({ status: 400, body: { errors: tooLarge } });
      expect(await overSocket(query)).toMatchObject({ errors: tooLarge });
    }
    // More tokens than are usual.
    const large = aliases(900);
    expect((await post(url, { query: large })).body.data).toMatchObject({ a0: "pong", a899: "pong" });
    expect(await overSocket(large)).toMatchObject({ data: { a899: "pong" } });
    const tooLong = { errors: [{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }] };
    expect(await post(url, { query: aliases(1_500) })).toMatchObject({ status: 400, body: tooLong });
    await expect(overSocket(aliases(1_500))).rejects.toMatchObject(tooLong.errors);
    await client.dispose();
  });
});

describe("a gateway does not start", () => {
  test("without its supergraph", async () => {
    await rm(house.supergraph);
    await expect(house.start()).rejects.toThrow("The file of the supergraph cannot be read");
  });

  test("with a supergraph that is none", async () => {
    await writeFile(house.supergraph, "type {");
    await expect(house.start()).rejects.toThrow("not GraphQL");
    await writeFile(house.supergraph, "type Query { a: Missing }");
    await expect(house.start()).rejects.toMatchObject({ code: "CONTRACT_ERROR" });
  });

  test("with a contract of which a root field leads nowhere", async () => {
    const contracts = join(house.folder, "contracts.json");
    await writeFile(contracts, JSON.stringify({ everyone: { tags: ["everyone"], graphs: ["names"] } }));
    const environment = { CONTRACTS: contracts, OIDC_ISSUER: "http://127.0.0.1:1", OIDC_AUDIENCE: "x" };
    await expect(house.start(environment)).rejects.toMatchObject({ code: "CONTRACT_ERROR" });
  });

  test("with a module of policies that has none", async () => {
    const module = join(house.folder, "policies.mjs");
    await writeFile(module, "export const decide = 1;");
    await expect(house.start({ POLICIES: module })).rejects.toThrow("POLICIES");
  });
});

describe("the settings", () => {
  const read = (environment: Record<string, string>) => () =>
    readGatewayConfig(new Config({ SUPERGRAPH: "x", ...environment }));

  test("with contracts but without a provider are refused, or every contract would be open to everybody", () => {
    expect(read({ CONTRACTS: "contracts.json" })).toThrow("OIDC_ISSUER");
  });

  test("that name half a provider are refused", () => {
    expect(read({ OIDC_ISSUER: "https://provider.example" })).toThrow("OIDC_AUDIENCE");
    expect(read({ OIDC_AUDIENCE: "x" })).toThrow("OIDC_ISSUER");
  });

  test("of the command line go before those of the environment", () => {
    const config = new Config({ SUPERGRAPH: "one", PORT: "1" }).with(readArguments(["--supergraph", "two"]));
    expect(readGatewayConfig(config)).toMatchObject({ supergraph: "two", listen: { port: 1 } });
    expect(() => readArguments(["--sneaky"])).toThrow("--supergraph");
  });

  test("of a document's limits change those that they name, within bounds", () => {
    expect(read({ DOCUMENT_LIMITS: "depth=7, aliases=1000" })()).toMatchObject({
      limits: { tokens: 2_000, depth: 7, introspectionDepth: 20, aliases: 1_000, rootFields: 20 },
    });
    for (const wrong of ["depth=0", "depth=101", "depth=1.5", "depth=", "tokens=x", "depht=7", "toString=7"]) {
      expect(read({ DOCUMENT_LIMITS: wrong })).toThrow("DOCUMENT_LIMITS");
    }
  });

  test("that are switches are on or off", () => {
    expect(read({ TRACES: "on" })()).toMatchObject({ isTraced: true, isDevelopment: false });
    expect(read({ DEVELOPMENT: "yes" })).toThrow("DEVELOPMENT");
  });
});
