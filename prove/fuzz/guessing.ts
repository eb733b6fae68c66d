import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isUnionType } from "graphql";
import type { Random } from "../random.ts";
import { ask, askSocket, type Target } from "./target.ts";

/** The forms in which a name can be tried, wherever GraphQL takes one. */
const positions: Readonly<Record<string, (name: string, known: Known) => object>> = {
  "a root field": (name) => ({ query: `{ ${name} }` }),
  "a mutation": (name) => ({ query: `mutation { ${name} { __typename } }` }),
  "a field below": (name, { field }) => ({ query: `{ ${field} { ${name} } }` }),
  "an argument": (name, { field }) => ({ query: `{ ${field}(${name}: 1) { __typename } }` }),
  "an inline fragment": (name) => ({ query: `{ ... on ${name} { __typename } }` }),
  "a fragment's type": (name) => ({ query: `{ ...F } fragment F on ${name} { __typename }` }),
  "a variable's type": (name) => ({
    query: `query ($a: ${name}) { __typename @include(if: $a) }`,
    variables: { a: 1 },
  }),
  "a variable": (name) => ({ query: "{ __typename }", variables: { [name]: 1 } }),
  "an enum value": (name, { field }) => ({ query: `{ ${field}(status: [${name}], reason: ${name}) { __typename } }` }),
  "an input's field": (name, { mutation }) => ({
    query: `mutation { ${mutation}(input: { ${name}: 1 }) { __typename } }`,
  }),
  "a variable's field": (name, { mutation, input }) => ({
    query: `mutation ($i: ${input}!) { ${mutation}(input: $i) { __typename } }`,
    variables: { i: { [name]: 1 } },
  }),
  "a directive": (name) => ({ query: `{ __typename @${name} }` }),
  "an operation's name": (name) => ({ query: "query A { __typename } query B { __typename }", operationName: name }),
};

/** What an attacker knows of the schema: names of its own contract to lean on. */
interface Known {
  readonly field: string;
  readonly mutation: string;
  readonly input: string;
}

export interface Guessed {
  readonly tried: number;
  readonly findings: readonly string[];
}

/**
 * Misspells names that a party must not know, and tries them in every place: a server that helps would say what was
 * meant. No answer may hold a hidden name that was not sent.
 * @param most how many are tried.
 */
export async function guess(
  target: Target,
  visible: GraphQLSchema,
  whole: GraphQLSchema,
  most: number,
  random: Random,
): Promise<Guessed> {
  const known = leanOn(visible);
  const shown = namesOf(visible);
  // A word that every answer holds tells of nothing.
  const usual = (await ask(target, { query: "{ zzz(" })).text + (await ask(target, { query: "{ zzz }" })).text;
  const hidden = [...namesOf(whole)].filter((name) => !shown.has(name) && !holds(usual, name));
  const tries = random.shuffle(
    hidden.flatMap((name) => Object.keys(positions).map((position) => ({ name, position }))),
  );
  const findings: string[] = [];
  for (const { name, position } of tries.slice(0, most)) {
    const guessed = misspell(name, random);
    const payload = positions[position]?.(guessed, known) ?? {};
    const isSocket = random.chance(0.2);
    const text = isSocket ? await askSocket(target, payload as never) : (await ask(target, payload)).text;
    const sent = JSON.stringify(payload);
    const told = hidden.filter((one) => holds(text, one) && !holds(sent, one));
    if (told.length > 0) findings.push(`${position} "${guessed}" told ${target.name} of ${told.join(", ")}`);
  }
  return { tried: Math.min(tries.length, most), findings };
}

/** Whether a text holds a name as a word of its own. */
function holds(text: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(text);
}

function misspell(name: string, random: Random): string {
  const place = 1 + random.below(name.length - 1);
  const letter = random.pick([..."abcdefghijklmnopqrstuvwxyz"]);
  switch (random.below(4)) {
    case 0:
      return name.slice(0, place) + name.slice(place + 1) || `${name}s`;
    case 1:
      return name.slice(0, place) + letter + name.slice(place);
    case 2:
      return name.slice(0, place) + letter + name.slice(place + 1);
    default:
      return `${name}s`;
  }
}

function leanOn(schema: GraphQLSchema): Known {
  const composite = (names: readonly string[]) =>
    names.find((name) => !/heartbeat|_entities/.test(name)) ?? "__typename";
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return {
    field: composite(Object.keys(schema.getQueryType()?.getFields() ?? {})),
    mutation: mutations[0]?.name ?? "nothing",
    input: String(mutations[0]?.args[0]?.type ?? "ID").replace("!", ""),
  };
}

/** Names of five letters and more: what is shorter is a word that anybody may use. */
function namesOf(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isUnionType(type) || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ("args" in field) for (const { name } of field.args) names.add(name);
    }
  }
  return new Set([...names].filter((name) => name.length > 4));
}
