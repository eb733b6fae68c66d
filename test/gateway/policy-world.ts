import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { deriveContract } from "../../gateway/contracts/contract.ts";
import { Executor } from "../../gateway/executor/executor.ts";
import type { PolicyPort } from "../../gateway/policy/policies.ts";
import type { Caller } from "../../gateway/upstream/port.ts";
import { openLog } from "../../plumbing/log.ts";
import { type Call, compose, inProcess, type Subgraph } from "../../prove/differential/subgraphs.ts";
import { planning } from "./planner.ts";

/** Two subgraphs, of which much is not for everybody. */

const plain = `"@key", "@shareable", "@external", "@requires", "@inaccessible", "@context", "@fromContext"`;

function makeSubgraph(name: string, imports: string, typeDefs: string, resolvers: object): Subgraph {
  const document = parse(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${plain}, ${imports}])\n${typeDefs}`,
  );
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: resolvers as never }]);
  return { name, typeDefs, resolvers, document, schema };
}

const members = [
  { __typename: "Open", id: "o1", label: "one", note: "n1" },
  { __typename: "Closed", id: "c1", label: "two", note: "n2" },
  { __typename: "Half", id: "h1", label: "three", note: "n3" },
];

const home = makeSubgraph(
  "home",
  `"@authenticated", { name: "@requiresScopes", as: "@needs" }, "@policy"`,
  `
  type Query {
    free: Int
    signedIn: Int @authenticated
    required: Int! @authenticated
    scoped: Int @needs(scopes: [["a", "b"], ["c"]])
    both: Int @shareable @needs(scopes: [["mine"]])
    decided: Int @policy(policies: [["x", "y"], ["z"]])
    secretType: Closed
    level: Level
    amount: Amount
    nodes: [Node]
    strict: [Node!]
    any: [Any]
    person: Person
    people: [Person!]!
    nobody: Nothing
  }
  type Mutation { change: Int @authenticated keep: Int }
  type Nothing { at: Int @authenticated all: Int @authenticated }
  enum Level @authenticated { HIGH }
  scalar Amount @needs(scopes: [["c"]])
  interface Node { id: ID! label: String }
  type Open implements Node { id: ID! label: String note: String }
  type Closed implements Node @authenticated { id: ID! label: String note: String }
  type Half implements Node { id: ID! label: String @needs(scopes: [["c"]]) note: String }
  union Any = Open | Closed | Half
  type Person @key(fields: "id") {
    id: ID!
    name: String
    salary: Int @needs(scopes: [["pay"]])
    key: String @authenticated
    box: Box
  }
  type Box @key(fields: "id") @context(name: "box") {
    id: ID!
    colour: String @needs(scopes: [["pay"]])
    lid: Lid
  }
  type Lid @key(fields: "id") { id: ID! }
`,
  {
    Query: {
      free: () => 1,
      signedIn: () => 2,
      required: () => 3,
      scoped: () => 4,
      both: () => 5,
      decided: () => 6,
      secretType: () => members[1],
      level: () => "HIGH",
      amount: () => 7,
      nodes: () => members,
      strict: () => members,
      any: () => members,
      person: () => ({ id: "p1" }),
      people: () => [{ id: "p1" }, { id: "p2" }],
      nobody: () => ({ at: 1, all: 2 }),
    },
    Mutation: { change: () => 1, keep: () => 2 },
    Node: { __resolveType: (one: { __typename: string }) => one.__typename },
    Any: { __resolveType: (one: { __typename: string }) => one.__typename },
    Person: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => `name of ${id}`,
      salary: () => 1000,
      key: () => "k",
      box: () => ({ id: "b1", colour: "red", lid: { id: "l1" } }),
    },
  },
);

const away = makeSubgraph(
  "away",
  `"@requiresScopes"`,
  `
  type Query { both: Int @shareable @requiresScopes(scopes: [["theirs"]]) }
  type Person @key(fields: "id") {
    id: ID!
    salary: Int @external
    tax: Int @requires(fields: "salary") @requiresScopes(scopes: [["pay"]])
    age: Int
  }
  type Lid @key(fields: "id") { id: ID! size: Int }
`,
  {
    Query: { both: () => 5 },
    Person: { tax: ({ salary }: { salary: number }) => salary / 2, age: () => 30 },
    Lid: { size: () => 2 },
  },
);

export const supergraphText = compose([home, away]);

export const subgraphSchemas = new Map([home, away].map(({ name, schema }) => [name, schema]));

export interface Told {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly data: any;
  /** `code` at `path`, for each error. */
  readonly errors: readonly string[];
  readonly calls: readonly Call[];
}

/** @param edit changes the supergraph's text, as another composition might have made it. */
export function openWorld(policies?: PolicyPort, edit: (text: string) => string = (text) => text) {
  const subgraphs = inProcess([home, away]);
  const contract = deriveContract("everything", parse(edit(supergraphText)), {});
  const executor = new Executor(contract, subgraphs, openLog("test", "silent"), { plans: planning, policies });
  return {
    contract,
    async ask(source: string, rights: Caller["rights"] = {}, variables?: object): Promise<Told> {
      const before = subgraphs.calls.length;
      const caller: Caller = { id: JSON.stringify(rights), party: "everything", rights, until: 4_000_000_000 };
      const { data, errors = [] } = await executor.execute({ source, variables }, caller);
      return {
        data: JSON.parse(JSON.stringify(data ?? null)),
        errors: errors.map(({ extensions, path }) => `${extensions["code"]} at ${path?.join(".")}`).sort(),
        calls: subgraphs.calls.slice(before),
      };
    },
  };
}

/** The rights of somebody who has signed in, with these scopes. */
export function signedIn(scope = ""): Caller["rights"] {
  return { sub: "someone", scope };
}
