import { expect, jest, test } from "@jest/globals";
import { openDatabase } from "../../plumbing/database.ts";
import { PromptClient } from "../../plumbing/prompt-client.ts";
import { schoolDatabase } from "../../subgraphs/school/database.ts";
import { createTestDatabase } from "../database.ts";

const claims = { sub: `o'); drop "x" \\' \u0000 é 漢`, party: "school", scope: [] };

test("a transaction knows whoever it is for, whatever stands in a token, and takes two messages besides its own", async () => {
  await using database = await createTestDatabase(schoolDatabase);
  await using rows = await openDatabase(database.appUrl, []);
  const message = jest.spyOn(PromptClient.prototype, "query");
  try {
    await rows.transaction(claims, async (manager) => {
      const [{ known }] = await manager.query("select current_setting('app.claims') as known");
      expect(JSON.parse(known)).toEqual(claims);
    });
    const said = message.mock.calls.map(([text]) => String(text).split(/[;\s]/)[0]);
    expect(said.slice(-3)).toEqual(["start", "select", "set"]);
    expect(message.mock.calls.at(-1)?.[0]).toMatch(/; commit$/);
  } finally {
    message.mockRestore();
  }
});
