import { GraphQLError, parseType, type TypeNode } from "graphql";
import { Random, seedOf } from "../random.ts";

/** An object of a random world: all else about it is worked out from its id. */
export interface Thing {
  readonly __typename: string;
  readonly id: string;
  readonly code: string;
  /** An object, for keys that are made of what stands in one. */
  readonly place: { readonly town: string };
}

/** How many entities of a type there are. */
const population = 3;

/** Makes an object of an entity type, of which the type can be told from the id. */
export function thing(id: string): Thing {
  return { __typename: id.split("-", 1)[0] ?? "", id, code: `c.${id}`, place: { town: `t.${id}` } };
}

/** What values of a named type look like: the object types that it stands for, or how its leaves are made. */
export type Kinds = ReadonlyMap<string, readonly string[] | ((random: Random) => unknown)>;

export const leaves: Kinds = new Map<string, (random: Random) => unknown>([
  ["Int", (random) => random.between(-9, 9)],
  ["Float", (random) => random.between(0, 99) / 4],
  ["String", (random) => random.pick(["", "plain", 'a "quote"', "new\nline", "é\u2028", "\ud83d\ude00", "\\u0041"])],
  ["Boolean", (random) => random.chance(0.5)],
  ["ID", (random) => random.pick(["x", "7", ""])],
  ["Shade", (random) => random.pick(["LIGHT", "DARK", "SECRET"])],
  ["Any", (random) => random.pick<unknown>([1, "text", [1, [null]], { constructor: { b: [] } }, { list: [] }])],
]);

/** Whether a field may fail: one that others are worked out from must not take its object with it. */
export type Manners = "wild" | "tame";

/**
 * The value of a field of one object under its arguments: always the same, whoever asks.
 * @throws GraphQLError where the field is one that fails.
 */
export function valueIn(
  type: string,
  of: string,
  field: string,
  args: object,
  kinds: Kinds,
  manners: Manners,
): unknown {
  const random = new Random(seedOf(`${of}.${field}${stable(args)}`));
  const value = make(parsed(type), `${of}.${field}`, { random, kinds, manners }, true);
  if (value instanceof Error) throw value;
  return value;
}

interface Making {
  readonly random: Random;
  readonly kinds: Kinds;
  readonly manners: Manners;
}

function make(type: TypeNode, place: string, making: Making, isNullable: boolean): unknown {
  const { random, kinds, manners } = making;
  if (type.kind === "NonNullType") return make(type.type, place, making, false);
  const share = isNullable ? 0.12 : manners === "wild" ? 0.012 : 0;
  if (random.chance(share)) return isNullable && random.chance(0.6) ? null : failure(random);
  if (type.kind === "ListType") {
    const items = Array.from({ length: random.between(0, 3) }, (_, index) => index);
    return items.map((index) => make(type.type, `${place}.${index}`, making, true));
  }
  const kind = kinds.get(type.name.value);
  if (typeof kind === "function") return kind(random);
  const typename = random.pick(kind ?? [type.name.value]);
  // A value object's id is its place, so that what is below it differs from place to place.
  return thing(typename.startsWith("V") ? `${typename}-${place}` : `${typename}-${random.between(1, population)}`);
}

function failure(random: Random): GraphQLError {
  return new GraphQLError("This text must not reach a client", {
    extensions: random.chance(0.7) ? { code: random.pick(["GONE", "WITHHELD"]) } : {},
  });
}

/** JSON whose keys are in order. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

const known = new Map<string, TypeNode>();

function parsed(type: string): TypeNode {
  const found = known.get(type) ?? parseType(type, { noLocation: true });
  known.set(type, found);
  return found;
}
