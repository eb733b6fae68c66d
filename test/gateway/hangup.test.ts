import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { until } from "../until.ts";
import { startGatewayProcess } from "./gateway-process.ts";
import { openHouse, post } from "./open-house.ts";

const answering = (name: string) =>
  makeSubgraph({ name, typeDefs: `type Query { ${name}: Int }`, resolvers: { Query: { [name]: () => 1 } } });

test("a gateway process reads its files anew on SIGHUP, and a SIGTERM still ends it in good order", async () => {
  await using house = await openHouse([answering("before")]);
  // Behind a link into another folder, a change is not noticed by itself.
  const folder = join(house.folder, "elsewhere");
  await mkdir(folder);
  const supergraph = join(folder, "supergraph.graphql");
  await symlink(house.supergraph, supergraph);

  await using gateway = await startGatewayProcess(supergraph);
  const { url } = gateway;
  expect((await post(url, { query: "{ before }" })).body).toEqual({ data: { before: 1 } });
  await house.recompose([answering("after")]);
  expect((await post(url, { query: "{ after }" })).status).toBe(400);
  gateway.hangUp();
  const isServed = async () => (await post(url, { query: "{ after }" })).status === 200;
  await until("the new supergraph to be served", isServed);
  expect((await post(url, { query: "{ before }" })).status).toBe(400);
  await gateway.stop();
}, 60_000);
