import { beforeEach, describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery, parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import type { Subgraphs } from "../../gateway/upstream/port.ts";
import { openLog } from "../../plumbing/log.ts";
import { library } from "../../prove/differential/library.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const contract = deriveContract("everyone", parse(compose(library)), {});
const subgraphs = inProcess(library);
const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning });

beforeEach(() => {
  subgraphs.calls.length = 0;
});

async function run(source: string, variables: Record<string, unknown> = {}, over: Executor = executor) {
  return JSON.parse(JSON.stringify(await over.execute({ source, variables }, caller)));
}

/** The executor over the same subgraphs, of which one answers as the test says. */
function withSubgraph(name: string, answer: (body: string) => Promise<unknown>): Executor {
  const changed: Subgraphs = {
    call: (subgraph, body, from) => (subgraph === name ? answer(body) : subgraphs.call(subgraph, body, from)),
    subscribe: subgraphs.subscribe,
  };
  return new Executor(contract, changed, openLog("test", "silent"), { plans: planning });
}

describe("joins", () => {
  test("an entity from three subgraphs", async () => {
    expect(await run("{ me { name rank works { title } } }")).toEqual({
      data: { me: { name: "Ada", rank: 1, works: [{ title: "Sea" }] } },
    });
  });

  test("ask once for what several places need", async () => {
    await run("{ notes { author { email } } }");
    const [, entities] = subgraphs.calls;
    expect(entities?.variables["representations"]).toHaveLength(3);
  });

  test("a union and an interface, each by its own types", async () => {
    const query = `{ anything { __typename ... on Person { notes { id } } ... on Titled { title } ... on Book { best { id } } } }`;
    expect(await run(query)).toEqual({
      data: {
        anything: [
          { __typename: "Person", notes: [{ id: "n1" }, { id: "n3" }] },
          { __typename: "Film", title: "Sky" },
          { __typename: "Book", title: "Sea", best: { id: "n1" } },
          { __typename: "Person", notes: [{ id: "n4" }] },
        ],
      },
    });
  });

  test("what a field requires, under the arguments that it requires it with", async () => {
    expect(await run('{ work(id: "b1") { price ... on Book { postage } } }')).toEqual({
      data: { work: { price: 10, postage: 220 } },
    });
  });

  test("no other subgraph for a field that is provided", async () => {
    expect(await run("{ latest { author { name } } }")).toEqual({ data: { latest: { author: { name: "Ada" } } } });
    expect(subgraphs.calls.map(({ subgraph }) => subgraph)).toEqual(["opinions"]);
  });

  test("the same field under two aliases and other arguments, without mixing them up", async () => {
    expect(await run("{ me { all: notes { id } best: notes(min: 4) { id text author { email } } } }")).toEqual({
      data: {
        me: {
          all: [{ id: "n1" }, { id: "n3" }],
          best: [{ id: "n1", text: "good", author: { email: "p1@example.org" } }],
        },
      },
    });
  });

  test("send only those variables that a fetch uses", async () => {
    await run("query($n: Int!, $min: Int!) { people(first: $n) { notes(min: $min) { id } } }", { n: 1, min: 4 });
    const [people, notes] = subgraphs.calls.map(({ variables }) => Object.keys(variables));
    expect(people).toEqual(["_given_n"]);
    expect(notes).toEqual(["representations", "_given_min"]);
  });

  test.each(["representations", "__batch_reps_0", "_resume_after", "_given_n", "constructor"])(
    "take a client's variable of the name %s for its own",
    async (name) => {
      const query = `query($${name}: Int!) {
      me { rank notes(min: $${name}) { id } friend { rank notes(min: $${name}) { id about { ... on Book { title } } } } }
      works { ... on Book { price(times: $${name}) postage } }
    }`;
      const answer = await run(query, { [name]: 3 });
      expect(answer).toEqual(await run(query.replaceAll(`$${name}`, "$n"), { n: 3 }));
      expect(answer.errors).toBeUndefined();
      expect(answer.data.me.notes).toEqual([{ id: "n1" }, { id: "n3" }]);
    },
  );
});

describe("the answer", () => {
  test("keeps lists and the nulls in them", async () => {
    expect(await run("{ works { id } me { rows } }")).toEqual({
      data: {
        works: [{ id: "b1" }, null, { id: "f1" }, { id: "b2" }],
        me: { rows: [[1, 2], null, [3, null]] },
      },
    });
  });

  test("leaves out what is skipped or not included", async () => {
    const query = `query($yes: Boolean!, $no: Boolean = false) {
      me { name @skip(if: $yes) id @include(if: $yes) ...Rest @include(if: $no) email @skip(if: true) }
    } fragment Rest on Person { rank }`;
    expect(await run(query, { yes: true })).toEqual({ data: { me: { id: "p1" } } });
    expect(await run(query, { yes: false, no: true })).toEqual({ data: { me: { name: "Ada", rank: 1 } } });
  });

  test("takes an alias that is the name of another field, a property of objects, or of a key", async () => {
    const query = `{ me { id: name name: id __proto__: rank constructor: email weight: status works { id: title postage: id } } }`;
    const answer = await executor.execute({ source: query }, caller);
    expect(JSON.stringify(answer.data)).toBe(
      '{"me":{"id":"Ada","name":"p1","__proto__":1,"constructor":"p1@example.org","weight":"ACTIVE",' +
        '"works":[{"id":"Sea","postage":"b1"}]}}',
    );
    expect({}).not.toHaveProperty("rank");
  });

  test("shows null and an error for an enum value that the client may not see", async () => {
    expect(await run("{ people(first: 3) { status } }")).toMatchObject({
      data: { people: [{ status: "ACTIVE" }, { status: "RETIRED" }, { status: null }] },
      errors: [{ path: ["people", 2, "status"], extensions: { code: "SUBGRAPH_ERROR" } }],
    });
  });

  test("holds an error of a subgraph at the client's path, with its code and a text of the house", async () => {
    const answer = await run("{ notes { by: author { mail: email } } }");
    expect(answer.errors).toEqual([
      {
        message: "A part of the answer could not be made.",
        path: ["notes", 1, "by", "mail"],
        extensions: { code: "EMAIL_WITHHELD" },
      },
    ]);
  });

  test("lets a null travel up to where the schema allows it", async () => {
    expect(await run('{ person(id: "p3") { name rank } me { name } }')).toMatchObject({
      data: { person: null, me: { name: "Ada" } },
      errors: [{ path: ["person", "rank"], extensions: { code: "NO_RANK" } }],
    });
    expect(await run("{ people(first: 3) { rank } }")).toMatchObject({
      data: null,
      errors: [{ path: ["people", 2, "rank"] }],
    });
  });

  test("never holds what a subgraph sends unasked", async () => {
    const chatty = withSubgraph("persons", async () => ({
      data: JSON.parse('{ "me": { "name": "Ada", "secret": 1, "__proto__": { "admin": true } }, "other": 2 }'),
      extensions: { secret: 1 },
    }));
    expect(await run("{ me { name } }", {}, chatty)).toEqual({ data: { me: { name: "Ada" } } });
    expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
  });

  test("never holds an object where a string belongs", async () => {
    const odd = withSubgraph("persons", async () => ({ data: { me: { name: { secret: 1 }, id: "p1" } } }));
    expect(await run("{ me { id name } }", {}, odd)).toMatchObject({
      data: { me: null },
      errors: [{ path: ["me", "name"], extensions: { code: "SUBGRAPH_ERROR" } }],
    });
  });
});

describe("a subgraph that is lost", () => {
  const failures: [string, () => Promise<unknown>][] = [
    ["is down", () => Promise.reject(new Error("ECONNREFUSED 10.0.0.1"))],
    ["answers with no object", async () => "<html>"],
    ["answers with neither data nor errors", async () => ({ status: 401 })],
    ["answers with no entities", async () => ({ data: {} })],
    ["answers with too few entities", async () => ({ data: { _entities: [] } })],
  ];

  test.each(failures)("and %s costs its own part of the answer", async (_, answer) => {
    const lost = withSubgraph("opinions", answer);
    expect(await run("{ me { name notes { id } } }", {}, lost)).toEqual({
      data: { me: { name: "Ada", notes: null } },
      errors: [
        {
          message: "A part of the answer cannot be had at the moment.",
          path: ["me", "notes"],
          extensions: { code: "SUBGRAPH_UNAVAILABLE" },
        },
      ],
    });
  });

  test("costs the whole answer only where the schema allows no null", async () => {
    const lost = withSubgraph("persons", () => Promise.reject(new Error("down")));
    expect(await run("{ people { name } }", {}, lost)).toMatchObject({ data: null, errors: [{ path: ["people"] }] });
    expect(await run("{ me { name } latest { id } }", {}, lost)).toMatchObject({
      data: { me: null, latest: { id: "n1" } },
      errors: [{ path: ["me"], extensions: { code: "SUBGRAPH_UNAVAILABLE" } }],
    });
  });

  test("says an error that no field explains, without its path", async () => {
    const odd = withSubgraph("persons", async () => ({
      data: { me: { name: "Ada" } },
      errors: [{ message: "secret", extensions: { code: "lower case" } }],
    }));
    expect((await run("{ me { name } }", {}, odd)).errors).toEqual([
      { message: "A part of the answer could not be made.", extensions: { code: "SUBGRAPH_ERROR" } },
    ]);
  });
});

describe("introspection", () => {
  test("is answered by the contract's own schema, beside data and under aliases", async () => {
    const query = `query($name: String!) {
      s: __schema { queryType { name } } me { name } ...T __typename t: __typename
    } fragment T on Query { book: __type(name: $name) { fields { name } } hidden: __type(name: "_Any") { name } }`;
    expect(await run(query, { name: "Note" })).toEqual({
      data: {
        s: { queryType: { name: "Query" } },
        me: { name: "Ada" },
        book: { fields: ["id", "text", "stars", "author", "about"].map((name) => ({ name })) },
        hidden: null,
        __typename: "Query",
        t: "Query",
      },
    });
  });

  test("calls no subgraph and shows nothing that is inaccessible", async () => {
    const answer = await run(getIntrospectionQuery());
    expect(answer.errors).toBeUndefined();
    expect(subgraphs.calls).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/weight|HIDDEN|join__|_entities|_service|inaccessible/);
  });
});

describe("mutations", () => {
  const words: string[] = [];
  const say = (_: unknown, { word }: { word: string }) => {
    if (word === "bad") throw new Error("refused");
    return words.push(word);
  };
  const speakers = ["one", "two"].map((name) =>
    makeSubgraph({
      name,
      typeDefs: `type Query { ${name}Count: Int } type Mutation { ${name}(word: String!): Int }`,
      resolvers: { Query: { [`${name}Count`]: () => words.length }, Mutation: { [name]: say } },
    }),
  );
  const speaking = new Executor(
    deriveContract("speakers", parse(compose(speakers)), {}),
    inProcess(speakers),
    openLog("test", "silent"),
    { plans: planning },
  );

  test("are done one after the other, in the client's order, whatever subgraph they go to", async () => {
    const query = 'mutation { a: one(word: "a") b: two(word: "b") c: one(word: "bad") d: one(word: "d") }';
    expect(await run(query, {}, speaking)).toMatchObject({
      data: { a: 1, b: 2, c: null, d: 3 },
      errors: [{ path: ["c"] }],
    });
    expect(words).toEqual(["a", "b", "d"]);
  });
});
