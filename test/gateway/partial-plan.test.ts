import { expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Planning, type Plans, Unplannable } from "../../gateway/execution/planning.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { library } from "../../prove/differential/library.ts";
import { caller, compose, inProcess } from "../../prove/differential/subgraphs.ts";

const contract = deriveContract("everyone", parse(compose(library)), {});
const subgraphs = inProcess(library);

/** A planner that has no plan for any operation in which a word stands. */
class Refusing implements Plans, AsyncDisposable {
  readonly #planning = new Planning();
  readonly #word: RegExp;
  asked = 0;

  constructor(word: RegExp) {
    this.#word = word;
  }

  async plan(...given: Parameters<Plans["plan"]>) {
    this.asked += 1;
    if (this.#word.test(given[1])) throw new Unplannable(true);
    return this.#planning.plan(...given);
  }

  renew(): void {}

  [Symbol.asyncDispose]() {
    return this.#planning[Symbol.asyncDispose]();
  }
}

async function ask(source: string, without: RegExp) {
  await using plans = new Refusing(without);
  const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans });
  const answer = JSON.parse(JSON.stringify(await executor.execute({ source }, caller)));
  return { ...answer, asked: plans.asked };
}

const lostAt = (...path: (string | number)[]) => ({ path, extensions: { code: "INTERNAL_SERVER_ERROR" } });

test("of an operation that has no plan, the root fields that have one are answered", async () => {
  expect(await ask('{ me { name } work(id: "b1") { title price } }', /price/)).toMatchObject({
    data: { me: { name: "Ada" }, work: { title: "Sea", price: null } },
    errors: [lostAt("work", "price")],
  });
});

test("an operation is not run where nothing of a root field has a plan", async () => {
  const { data, errors } = await ask('{ me { name } work(id: "b1") { price } }', /price/);
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
});

test("of a field that has no plan, what is left of it is answered, wherever in it the other is", async () => {
  expect(await ask("{ me { name works { title price } rank } }", /price/)).toMatchObject({
    data: { me: { name: "Ada", works: [{ title: "Sea", price: null }], rank: 1 } },
    errors: [lostAt("me", "works", 0, "price")],
  });
});

test("what is lost below a fragment is lost to the objects that it is about", async () => {
  const source = "{ anything { __typename ... on Person { name } ... on Film { title } ... on Book { best { id } } } }";
  const { data, errors } = await ask(source, /best/);
  expect(data.anything).toMatchObject([
    { __typename: "Person" },
    { __typename: "Film", title: "Sky" },
    { __typename: "Book", best: null },
    { __typename: "Person" },
  ]);
  expect(errors).toMatchObject([lostAt("anything", 2, "best")]);
});

test("an operation is not run where what may not be null has no plan, and the planner is asked a few times only", async () => {
  const fields = Array.from({ length: 40 }, (_, index) => `a${index}: name`).join(" ");
  const { data, asked } = await ask(`{ me { rank ${fields} } }`, /\bname/);
  expect(data).toBeUndefined();
  expect(asked).toBeLessThan(100);
});
