import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  execute,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Caller } from "../../gateway/upstream/port.ts";
import { Config } from "../../plumbing/config.ts";
import { openWorld, signedIn, subgraphSchemas } from "./policy-world.ts";

/** Random operations of random callers, beside graphql-js over one schema that denies field by field. */

const environment = new Config();
const runs = environment.integer("OPERATIONS", { fallback: 300 });
const seed = environment.integer("SEED", { fallback: 1 });

const world = openWorld();
const { schema } = world.contract;

/** What is denied, written down by hand: not what the gateway reads from the supergraph. */
function makeDenied(rights: Caller["rights"]): (type: string, field?: string) => boolean {
  const scopes = new Set(String(rights["scope"] ?? "").split(" "));
  const isIn = rights["sub"] !== undefined;
  const has = (...names: string[]) => isIn && names.every((name) => scopes.has(name));
  const rules: Record<string, boolean> = {
    Closed: isIn,
    "Query.signedIn": isIn,
    "Query.required": isIn,
    "Query.secretType": isIn,
    "Query.level": isIn,
    "Mutation.change": isIn,
    "Nothing.at": isIn,
    "Nothing.all": isIn,
    "Person.key": isIn,
    "Query.scoped": has("a", "b") || has("c"),
    "Query.both": has("mine", "theirs"),
    "Query.amount": has("c"),
    "Half.label": has("c"),
    "Person.salary": has("pay"),
    "Person.tax": has("pay"),
    "Box.colour": has("pay"),
    "Query.decided": false,
  };
  return (type, field) => rules[type] === false || rules[`${type}.${field}`] === false;
}

const members = [
  { __typename: "Open", id: "o1", label: "one", note: "n1" },
  { __typename: "Closed", id: "c1", label: "two", note: "n2" },
  { __typename: "Half", id: "h1", label: "three", note: "n3" },
];
const box = { id: "b1", colour: "red", lid: { id: "l1", size: 2 } };
const person = (id: string) => ({ id, name: `name of ${id}`, salary: 1000, key: "k", tax: 500, age: 30, box });
const root = {
  ...{ free: 1, signedIn: 2, required: 3, scoped: 4, both: 5, decided: 6, level: "HIGH", amount: 7 },
  ...{ secretType: members[1], nodes: members, strict: members, any: members, nobody: { at: 1, all: 2 } },
  ...{ person: person("p1"), people: [person("p1"), person("p2")] },
};

async function oracle(source: string, rights: Caller["rights"]) {
  const isDenied = makeDenied(rights);
  const deny = () => {
    throw new Error("FORBIDDEN");
  };
  const { data, errors = [] } = await execute({
    schema,
    document: parse(source),
    rootValue: root,
    fieldResolver: (from, _, __, { parentType, fieldName }) =>
      isDenied(parentType.name, fieldName) ? deny() : from[fieldName],
    typeResolver: ({ __typename: name }) => (isDenied(name) ? deny() : name),
  });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ path }) => `FORBIDDEN at ${path?.join(".")}`).sort(),
  };
}

/** Selections on a type, as text. */
function selections(schema: GraphQLSchema, typeName: string, depth: number): fc.Arbitrary<string> {
  const type = schema.getType(typeName);
  const fields = type && "getFields" in type ? Object.values(type.getFields()) : [];
  const usable = fields.filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
  const choices: fc.Arbitrary<string>[] = usable.map((field) => {
    const below = getNamedType(field.type);
    const key = `${typeName}_${field.name}`;
    const set = isCompositeType(below)
      ? selections(schema, below.name, depth - 1).map((text) => ` ${text}`)
      : fc.constant("");
    return fc.tuple(fc.constantFrom("", `${key}: `), set).map(([alias, text]) => `${alias}${field.name}${text}`);
  });
  choices.push(fc.constant("__typename"));
  if (depth > 0 && isCompositeType(type)) {
    const conditions = isObjectType(type) ? [type.name] : schema.getPossibleTypes(type).map(({ name }) => name);
    if (!isObjectType(type)) conditions.push("Node");
    choices.push(
      fc
        .constantFrom(...conditions)
        .chain((name) => selections(schema, name, depth - 1).map((text) => `... on ${name} ${text}`)),
      selections(schema, typeName, depth - 1).map((text) => `... @include(if: true) ${text}`),
    );
  }
  return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 5 }).map((all) => `{ ${all.join(" ")} }`);
}

const callers = fc.constantFrom({}, signedIn(), signedIn("c"), signedIn("a b pay"), signedIn("pay mine theirs c"), {
  scope: "c pay",
});

describe("of random operations, random callers", () => {
  test("get exactly what is theirs, and cause no call for the rest", async () => {
    await fc.assert(
      fc.asyncProperty(selections(schema, "Query", 3), callers, async (source, rights) => {
        const told = await world.ask(source, rights);
        fc.pre(!told.errors.some((error) => error.startsWith("OPERATION_TOO_LARGE")));
        const wanted = await oracle(source, rights);
        expect(told.data).toEqual(wanted.data);
        // Where a null has travelled up, which of its causes are told is left open by the specification.
        if (!/required|strict/.test(source)) expect(told.errors).toEqual(wanted.errors);
        for (const { subgraph, query } of told.calls) expect(deniedIn(subgraph, query, rights)).toEqual([]);
      }),
      { numRuns: runs, seed },
    );
  });

  test("would be found out asking for what is not theirs", () => {
    expect(deniedIn("home", "{ free signedIn }", {})).toEqual(["Query.signedIn"]);
    expect(deniedIn("home", "{ nodes { label } }", signedIn())).toEqual(["Half.label"]);
  });
});

/** Fields of a subgraph's operation that this caller is denied. */
function deniedIn(subgraph: string, query: string, rights: Caller["rights"]): string[] {
  const isDenied = makeDenied(rights);
  const found: string[] = [];
  const types = new TypeInfo(subgraphSchemas.get(subgraph) ?? schema);
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const parent = types.getParentType();
        // Which type it is and, for a key, which one: the gateway may ask that for itself.
        if (!parent || name.value === "__typename" || name.value === "id") return;
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of possible) if (isDenied(type.name, name.value)) found.push(`${type.name}.${name.value}`);
      },
    }),
  );
  return found;
}
