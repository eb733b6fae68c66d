import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { askAs, operation } from "../../dashboard/api/ask.ts";
import type { Session } from "../../dashboard/session/session.ts";

const session = { token: async () => "a-token", renew: async () => undefined } as unknown as Session;

afterEach(() => void jest.restoreAllMocks());

describe("a question to the gateway", () => {
  test("is given up where the network swallows it", async () => {
    const patience = new AbortController();
    const wanted = jest.spyOn(AbortSignal, "timeout").mockReturnValue(patience.signal);
    jest.spyOn(globalThis, "fetch").mockImplementation(async (_, options) => {
      await new Promise((_, fail) => options?.signal?.addEventListener("abort", fail));
      return new Response();
    });
    const asked = askAs(session)(operation("{ it }"), {});
    const failed = expect(asked).rejects.toMatchObject({ code: "UNREACHABLE" });
    await Promise.resolve();
    patience.abort();
    await failed;
    // The gateway itself waits ten seconds for a subgraph.
    expect(wanted.mock.calls[0]?.[0]).toBeGreaterThan(10_000);
  });
});
