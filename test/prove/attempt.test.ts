import { expect, test } from "@jest/globals";
import { attempt } from "../../prove/attempt.ts";
import type { Harness } from "../../prove/harness.ts";
import { Settings } from "../../prove/settings.ts";

const settings = new Settings(["any", "--small", "--seed", "7"]);
const never = new AbortController().signal;
const silent = () => undefined;
const soFar = { figures: { tried: 3 }, failures: [], controls: [{ planted: "a leak", found: true }] };

function harness(run: Harness["run"]): Harness {
  return { proves: "something", run };
}

test("a harness that breaks has a verdict: what it had found so far, and why there is no more", async () => {
  const breaking = harness(async (_, progress) => {
    progress.soFar(() => soFar);
    throw new Error("no such thing");
  });
  const { ending, verdict } = await attempt(breaking, settings, never, silent, 60_000);
  expect(ending).toBe("CUT OFF");
  expect(verdict.figures).toEqual({ tried: 3 });
  expect(verdict.failures).toEqual([expect.stringContaining("no such thing")]);
});

test("so has one that is cut off, also before it could say anything", async () => {
  const end = new AbortController();
  const hanging = harness(() => new Promise(() => undefined));
  const cut = attempt(hanging, settings, end.signal, silent, 60_000);
  end.abort("SIGTERM");
  expect(await cut).toEqual({
    ending: "CUT OFF",
    verdict: { figures: {}, failures: ["cut off by SIGTERM"], controls: [] },
  });
});

test("what was found before a run was cut off counts", async () => {
  const end = new AbortController();
  const hanging = harness((_, progress) => {
    progress.soFar(() => ({ ...soFar, failures: ["lost: one"] }));
    return new Promise(() => undefined);
  });
  const cut = attempt(hanging, settings, end.signal, silent, 60_000);
  end.abort("SIGINT");
  expect(await cut).toMatchObject({
    ending: "DID NOT HOLD",
    verdict: { failures: ["lost: one", "cut off by SIGINT"] },
  });
});

test("a run says how far it is while it is under way", async () => {
  const told = Promise.withResolvers<unknown>();
  const whole = harness(async (_, progress) => {
    progress.soFar(() => soFar);
    await told.promise;
    return soFar;
  });
  const { ending } = await attempt(whole, settings, never, told.resolve, 1);
  expect(ending).toBe("held");
  expect(await told.promise).toEqual({ tried: 3 });
});

test("a small run is repeated as one, and a long one is not", () => {
  expect(settings.repeat).toBe("npm run prove -- any --small --seed 7");
  expect(new Settings(["any", "--seed", "7"]).repeat).toBe("npm run prove -- any --seed 7");
});
