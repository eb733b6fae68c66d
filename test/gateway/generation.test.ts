import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Executor } from "../../gateway/executor/executor.ts";
import { type Making, makeGeneration } from "../../gateway/operation/generation.ts";
import { Reach } from "../../gateway/operation/reach.ts";
import { Credentials } from "../../gateway/upstream/credentials.ts";
import { systemClock } from "../../plumbing/clock.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller } from "../../prove/differential/subgraphs.ts";
import { nextTurn } from "./event-log.ts";
import { makeFeed } from "./feed.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";
import { planning } from "./planner.ts";

const log = openLog("test", "silent");
const query = '{"query":"{ ping }","variables":{}}';

let house: OpenHouse;
beforeAll(async () => {
  house = await openHouse(makeFeed().subgraphs);
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
});

function openReach(): Reach {
  return new Reach(new Credentials(undefined, systemClock), { deadline: 2_000 });
}

function making(reach: Reach, openExecutor?: Making["openExecutor"]): Making {
  return {
    reach: (addresses) => reach.at(addresses),
    openExecutor:
      openExecutor ??
      ((contract, subgraphs, documents) => new Executor(contract, subgraphs, log, { plans: planning, documents })),
  };
}

const files = () => ({ supergraph: house.supergraph, subgraphUrls: new Map<string, string>() });

describe("a generation that is replaced", () => {
  test("ends after the last who has entered it, with its servers and its ways", async () => {
    await using reach = openReach();
    const generation = await makeGeneration(files(), making(reach));
    const ways = reach.at(generation.addresses);
    const [first, last] = [generation.enter("everything"), generation.enter("everything")];
    const { server } = first.door.admit(caller, first.leave);
    const retired = generation.retire();
    first.leave();
    first.leave();
    await nextTurn();
    server.assertStarted("It");
    last.leave();
    await retired;
    expect(() => server.assertStarted("It")).toThrow();
    // Another still uses them.
    expect(await ways.subgraphs.call("feed", query, caller)).toEqual({ data: { ping: "pong" } });
    await ways[Symbol.asyncDispose]();
    await expect(ways.subgraphs.call("feed", query, caller)).rejects.toThrow();
  });

  test("ends at once where nobody has entered it", async () => {
    await using reach = openReach();
    const generation = await makeGeneration(files(), making(reach));
    const { door, leave } = generation.enter("everything");
    leave();
    await generation.retire();
    expect(() => door.admit(caller, leave).server.assertStarted("It")).toThrow();
  });

  test("lets nobody in under a contract that it has not", async () => {
    await using reach = openReach();
    await using generation = await makeGeneration(files(), making(reach));
    expect(() => generation.enter("another")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
  });
});

test("what could not be made leaves no way behind", async () => {
  await using reach = openReach();
  const fails = () => {
    throw new Error("no executor");
  };
  const { addresses } = await makeGeneration(files(), making(reach)).then(async (generation) => {
    await generation[Symbol.asyncDispose]();
    return generation;
  });
  const kept = reach.at(addresses);
  await expect(makeGeneration(files(), making(reach, fails))).rejects.toThrow("no executor");
  await kept[Symbol.asyncDispose]();
  // The last user was this test: whoever comes now gets ways that have been opened anew.
  expect(reach.at(addresses).subgraphs).not.toBe(kept.subgraphs);
});
