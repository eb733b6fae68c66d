import { buildSubgraphSchema } from "@apollo/subgraph";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import type { Gateway } from "../../gateway/part.ts";
import { Tokens } from "../../gateway/tokens.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { openProvider, type Provider } from "./network.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

const typeDefs = `
  type Query { free: Int signedIn: Int @authenticated scoped: Int @requiresScopes(scopes: [["read"]]) }
`;
const document = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated", "@requiresScopes"])
  ${typeDefs}
`);
const resolvers = { Query: { free: () => 1, signedIn: () => 2, scoped: () => 3 } };
const schema = buildSubgraphSchema([{ typeDefs: document, resolvers }]);

let provider: Provider;
let house: OpenHouse;
let gateway: Gateway;
beforeEach(async () => {
  provider = await openProvider();
  house = await openHouse([{ name: "one", typeDefs, resolvers, document, schema }]);
  gateway = await house.start({ OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: "https://gateway.example" });
});
afterEach(async () => {
  await house[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

async function ask(token?: string) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query: "{ free signedIn scoped }" }),
  });
  return response.status === 200 ? ((await response.json()) as { data: object }).data : response.status;
}

describe("with a provider and without contracts, a token", () => {
  test("of any party is served all that its scopes allow", async () => {
    expect(await ask(await provider.token({ party: undefined }))).toEqual({ free: 1, signedIn: 2, scoped: null });
    expect(await ask(await provider.token({ scope: "write read" }))).toEqual({ free: 1, signedIn: 2, scoped: 3 });
  });

  test("is needed for everything", async () => {
    expect(await ask()).toBe(401);
    expect(await ask(await provider.token({ iss: "https://elsewhere.example" }))).toBe(401);
  });

  test("is stated to no subgraph where there is no key to sign with", async () => {
    await ask(await provider.token());
    expect(house.headers.length).toBe(1);
    expect(house.headers[0]).not.toHaveProperty("authorization");
    expect(house.headers[0]).not.toHaveProperty("x-gateway-claims");
  });
});

describe("of those who come with one token at once", () => {
  /** A provider that is asked about a token twice at most, and answers when it is told to. */
  function questioned() {
    const [first, second] = [1, 2].map(() => ({
      asked: Promise.withResolvers<void>(),
      answer: Promise.withResolvers<boolean>(),
    })) as [Question, Question];
    let count = 0;
    const introspect = () => {
      const question = [first, second][count++];
      question?.asked.resolve();
      return question?.answer.promise ?? Promise.reject(new Error("A third question"));
    };
    const rules = { issuer: provider.issuer, audience: "https://gateway.example", contractOf: () => "everyone" };
    return { tokens: new Tokens({ ...rules, introspect }, systemClock), first, second, count: () => count };
  }

  interface Question {
    readonly asked: PromiseWithResolvers<void>;
    readonly answer: PromiseWithResolvers<boolean>;
  }

  test("the provider is asked one question, and its answer holds for all of them and those who come later", async () => {
    const { tokens, first, count } = questioned();
    const authorization = `Bearer ${await provider.token()}`;
    const callers = Promise.all([1, 2, 3].map(() => tokens.verify(authorization)));
    await first.asked.promise;
    first.answer.resolve(true);
    const [caller, ...others] = await callers;
    for (const other of [...others, await tokens.verify(authorization)]) expect(other).toBe(caller);
    expect(count()).toBe(1);
  });

  test("all are refused by one answer, and who comes later is asked about anew", async () => {
    const { tokens, first, second, count } = questioned();
    const authorization = `Bearer ${await provider.token()}`;
    const refused = [1, 2, 3].map(() => expect(tokens.verify(authorization)).rejects.toThrow());
    await first.asked.promise;
    first.answer.resolve(false);
    await Promise.all(refused);
    expect(count()).toBe(1);
    const later = tokens.verify(authorization);
    await second.asked.promise;
    second.answer.resolve(true);
    expect(await later).toMatchObject({ party: "everyone" });
  });
});
