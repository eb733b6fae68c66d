import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "@jest/globals";
import { makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { root } from "../../system/root.ts";
import { until } from "../until.ts";
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

  const command = [join(root, "system", "bootstrap.mjs"), "gateway", "--supergraph", supergraph, "--port", "0"];
  const gateway = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(gateway, "close");
  const begun = (async () => {
    for await (const line of createInterface(gateway.stdout)) {
      const entry = JSON.parse(line) as { readonly url?: string };
      if (entry.url !== undefined) return entry.url;
    }
    throw new Error("The gateway ended before it was ready");
  })();
  try {
    const url = await begun;
    expect((await post(url, { query: "{ before }" })).body).toEqual({ data: { before: 1 } });
    await house.recompose([answering("after")]);
    expect((await post(url, { query: "{ after }" })).status).toBe(400);
    gateway.kill("SIGHUP");
    const isServed = async () => (await post(url, { query: "{ after }" })).status === 200;
    await until("the new supergraph to be served", isServed);
    expect((await post(url, { query: "{ before }" })).status).toBe(400);
  } finally {
    gateway.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  }
}, 60_000);
