import { buildSubgraphSchema } from "@apollo/subgraph";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import type { Subgraph } from "../../prove/differential/subgraphs.ts";
import { type Feed, makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

/** A subgraph as it is, with rules that its fields did not have. */
function withRules(subgraph: Subgraph, edit: (typeDefs: string) => string): Subgraph {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", "@tag", "@inaccessible", "@authenticated"
  ])`;
  const typeDefs = edit(subgraph.typeDefs);
  expect(typeDefs).not.toBe(subgraph.typeDefs);
  const document = parse(`${link}\n${typeDefs}`);
  const resolvers = subgraph.resolvers as never;
  return { ...subgraph, typeDefs, document, schema: buildSubgraphSchema([{ typeDefs: document, resolvers }]) };
}

let feed: Feed;
let house: OpenHouse;
let client: Client;
const subscription = "subscription { changed { thing { id name } } }";

async function connect(edits: Record<string, (typeDefs: string) => string>): Promise<void> {
  const subgraphs = feed.subgraphs.map((one) => {
    const edit = edits[one.name];
    return edit ? withRules(one, edit) : one;
  });
  house = await openHouse(subgraphs);
  const { url } = await house.start();
  client = createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
}

beforeEach(() => {
  feed = makeFeed();
});
afterEach(async () => {
  await client.dispose();
  await house[Symbol.asyncDispose]();
});

describe("a subscription that is denied", () => {
  test("is refused, and nobody is subscribed to", async () => {
    await connect({ feed: (text) => text.replace("): Change", "): Change @authenticated") });
    const refused = await client
      .iterate({ query: subscription })
      .next()
      .then(
        ({ value }) => value.errors,
        (errors) => errors,
      );
    expect(refused).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    await feed.listening(0);
  });

  test("is refused by the type of its events, too", async () => {
    await connect({ feed: (text) => text.replace("type Change", "type Change @authenticated") });
    const refused = await client
      .iterate({ query: "subscription { it: changed { __typename } }" })
      .next()
      .then(
        ({ value }) => value.errors,
        (errors) => errors,
      );
    expect(refused).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

test("in a subscription's events, a denied field is null and causes no call", async () => {
  await connect({ names: (text) => text.replace("name: String!", "name: String @authenticated") });
  const events = client.iterate({ query: subscription });
  const first = events.next();
  await feed.listening(1);
  feed.change("1");
  expect((await first).value).toMatchObject({
    data: { changed: { thing: { id: "1", name: null } } },
    errors: [{ path: ["changed", "thing", "name"], extensions: { code: "FORBIDDEN" } }],
  });
  expect(house.headers).toEqual([]);
  await events.return?.();
});
