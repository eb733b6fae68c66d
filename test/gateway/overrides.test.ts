import { describe, expect, test } from "@jest/globals";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { GradualOverrides } from "../../gateway/contracts/overrides.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import { openLog } from "../../plumbing/log.ts";
import { caller, compose, inProcess, makeSubgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

const thing = { id: "t", moved: "old", slowly: "old" };
const moved = { ...thing, moved: "new", slowly: "new" };

const from = makeSubgraph({
  name: "from",
  typeDefs: `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! moved: String slowly: String }`,
  resolvers: { Query: { thing: () => thing }, Thing: { __resolveReference: () => thing } },
});

function to(label: string) {
  return makeSubgraph({
    name: "to",
    typeDefs: `type Thing @key(fields: "id") {
      id: ID!
      moved: String @override(from: "from", label: "percent(50)")
      slowly: String @override(from: "from", label: "${label}")
    }`,
    resolvers: { Thing: { __resolveReference: () => moved } },
  });
}

const supergraph = (label: string) => parse(compose([from, to(label)]));

describe("a field that moves to another subgraph by degrees", () => {
  test("is answered by the new one for as many requests as its percentage says", async () => {
    const drawn = [0.02, 0.049, 0.05, 0.3, 0.499, 0.5, 0.999];
    const answers: string[] = [];
    const contract = deriveContract("everyone", supergraph("percent(5)"), {});
    let next = 0;
    const executor = new Executor(contract, inProcess([from, to("percent(5)")]), openLog("test", "silent"), {
      plans: planning,
      chance: () => drawn[next++] ?? 0,
    });
    for (const _ of drawn) {
      const { text } = await executor.executeText({ source: "{ thing { moved slowly } }" }, caller);
      const { data } = JSON.parse(text) as { data: { thing: typeof thing } };
      answers.push(`${data.thing.moved} ${data.thing.slowly}`);
    }
    const [both, half, none] = ["new new", "new old", "old old"];
    expect(answers).toEqual([both, both, half, half, half, none, none]);
  });

  test("makes no more cases than there are percentages, and none of what is always or never", () => {
    expect(new GradualOverrides(supergraph("percent(5)")).draws).toEqual([0, 5, 50]);
    expect(new GradualOverrides(supergraph("percent(100)")).draws).toEqual([0, 50]);
    expect(new GradualOverrides(supergraph("percent(0)")).draws).toEqual([0, 50]);
  });
});

describe("a supergraph that asks for what would be left undone", () => {
  test("is refused for a label that nobody decides on", () => {
    expect(() => deriveContract("everyone", supergraph("beta"), {})).toThrow(
      "In the contract everyone, Thing.slowly is moved under the label beta (@override); only percent(N) is decided on here",
    );
  });

  test("is refused for an argument that comes of a context", () => {
    const text = compose([from]).replace(
      "  slowly: String",
      '  slowly: String @join__field(graph: FROM, contextArguments: [{context: "from__box", name: "size", type: "Int", selection: " { size }"}])',
    );
    expect(() => deriveContract("everyone", parse(text), {})).toThrow(
      "In the contract everyone, Thing.slowly takes an argument from a context (@fromContext), which this gateway does not fill in",
    );
  });
});
