import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import type { Verdict } from "../../prove/harness.ts";
import { root } from "../../system/root.ts";

/**
 * As `npm run prove -- NAME --small`, in processes of its own. Of one seed, so that what it says is about the change that is
 * tested; other seeds are the long runs' part.
 */
async function proved(name: string): Promise<Verdict & { readonly held: boolean; readonly repeat: string }> {
  const command = [join(root, "system/bootstrap.mjs"), "prove", name, "--small", "--json", "--seed", "1"];
  const run = promisify(execFile)(process.execPath, command, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  // It ends with 1 where it did not hold, and says why all the same.
  const { stdout } = await run.catch((error: { stdout: string; stderr: string }) => {
    if (error.stdout === "") throw new Error(`The harness did not run:\n${error.stderr}`);
    return error;
  });
  return JSON.parse(stdout);
}

test.each([
  ["access"],
  ["fuzz"],
  ["retries"],
  ["crowd"],
  ["worlds"],
  ["faults"],
  ["log"],
  ["erasure"],
  ["differential"],
])(
  "%s: nothing that may not be is found, and each planted fault is",
  async (name) => {
    const { failures, controls, held, repeat, figures } = await proved(name);
    expect({ failures, repeat }).toEqual({ failures: [], repeat });
    expect(controls.filter(({ found }) => !found)).toEqual([]);
    expect({ held, figures }).toEqual({ held: true, figures });
  },
  900_000,
);

test("a harness that is not there, or an amount that it does not know, is refused", async () => {
  await expect(proved("nothing")).rejects.toThrow("There is no nothing");
});
