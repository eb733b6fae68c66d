import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { EmptyClone } from "./empty-clone.ts";

let clone: EmptyClone;

beforeEach(async () => {
  clone = await EmptyClone.make();
});

afterEach(async () => {
  await clone[Symbol.asyncDispose]();
});

describe("two npm scripts that start at once in a clone with nothing installed", () => {
  test("install one after the other: the second says that it waits, and finds it done", async () => {
    const first = clone.start("install");
    const npm = await clone.program();
    const second = clone.start("install");
    await second.waits;
    await npm.succeed();
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
    expect(clone.mostAtOnce).toBe(1);
  });

  test("install both where the first one's install fails", async () => {
    const first = clone.start("install");
    const npm = await clone.program();
    const second = clone.start("install");
    await second.waits;
    npm.fail();
    expect(await first.ended).toBe(1);
    await (await clone.program()).succeed();
    expect(await second.ended).toBe(0);
    expect(clone.mostAtOnce).toBe(1);
  });

  test("compile and build the pages once", async () => {
    const scripts = [clone.start("build"), clone.start("build")];
    const ran: string[] = [];
    for (const _ of ["npm", "tsc", "dashboard", "explorer"]) {
      const program = await clone.program();
      ran.push(program.name);
      await Promise.race(scripts.map(({ waits }) => waits));
      await program.succeed();
    }
    expect(await Promise.all(scripts.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(ran).toEqual(["npm", "tsc", "vite", "vite"]);
    expect(clone.mostAtOnce).toBe(1);
  });
});

test("What an npm script installs is not told on its standard output, which may be a token", async () => {
  const script = clone.start("install");
  await (await clone.program()).succeed();
  await script.ended;
  expect(script.output).toBe("");
});

describe("an npm script that is killed while it installs", () => {
  test("keeps nobody from installing after it", async () => {
    const first = clone.start("install");
    const npm = await clone.program();
    await first.kill();
    npm.kill();
    const second = clone.start("install");
    await (await clone.program()).succeed();
    expect(await second.ended).toBe(0);
  });

  test("has the next one wait for the npm that it leaves behind", async () => {
    const first = clone.start("install");
    const npm = await clone.program();
    await first.kill();
    const second = clone.start("install");
    await second.waits;
    await npm.succeed();
    expect(await second.ended).toBe(0);
    expect(clone.mostAtOnce).toBe(1);
  });

  test("is followed by one alone, however many there are at the same moment", async () => {
    const killed = clone.start("install");
    const left = await clone.program();
    const scripts = Array.from({ length: 6 }, () => clone.start("install"));
    await Promise.all(scripts.map(({ waits }) => waits));
    await killed.kill();
    left.kill();
    const npm = await clone.program();
    // By the time that one more has begun to wait, all of them have looked.
    scripts.push(clone.start("install"));
    await scripts.at(-1)?.waits;
    npm.fail();
    for (const _ of scripts.slice(1)) (await clone.program()).fail();
    expect(await Promise.all(scripts.map(({ ended }) => ended))).toEqual(scripts.map(() => 1));
    expect(clone.mostAtOnce).toBe(1);
  });
});
