import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { serverAudits } from "graphql-http";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

/* The audit of the GraphQL over HTTP specification by graphql-http, against the gateway's own door. */

let house: OpenHouse;
let url: string;

beforeAll(async () => {
  house = await openHouse(makeFeed().subgraphs);
  ({ url } = await house.start());
});
afterAll(async () => house[Symbol.asyncDispose]());

/** Where the door does otherwise than the specification recommends, by the audit's own ids. */
const otherwise = new Map([
  // A query in a URL would be written to the logs of whatever stands in between: the door takes POST only.
  ["5A70", "notice"],
  ["D6D5", "notice"],
  ["6A70", "notice"],
  // What is not run is answered with 400 to every client, also to one that asks for application/json.
  ["572B", "warn"],
  ["FDE2", "warn"],
  ["7B9B", "warn"],
]);

describe("the gateway's HTTP door", () => {
  const audits = serverAudits({ url: () => `${url}/graphql` });
  const required = audits.filter(({ name }) => name.startsWith("MUST"));
  const recommended = audits.filter(({ name }) => !name.startsWith("MUST"));

  test.each(required)("$id: $name", async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: "ok" });
  });

  test.each(recommended)("$id: $name, unless stated otherwise", async ({ id, fn }) => {
    expect(await fn()).toMatchObject({ status: otherwise.get(id) ?? "ok" });
  });
});
