import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { hashOf, printDocumentRegister } from "../../gateway/policy/trusted-documents.ts";
import { root } from "../../system/root.ts";
import { Random, seedOf } from "../random.ts";

/** A question that is asked again and again with other variables, so that it is planned once. */
export interface FixedDocument {
  /** The party that can ask it. */
  readonly party: string;
  readonly text: string;
  /** The root field that it asks for; undefined where it is none that can be generated. */
  readonly field?: GraphQLField<unknown, unknown>;
}

/** Of whom documents are generated: the parties who look on all the time. */
const parties = ["school", "police", "shelter"] as const;

/** How many documents are made of each root field, and how deep they go. */
const variants = 14;
const depth = 5;

/** The questions that each contract allows, generated from it: a new field is looked at from the day on which it is there. */
export const generated: readonly FixedDocument[] = parties.flatMap((party) => {
  const schema = contractOf(party);
  const random = new Random(seedOf(`documents of ${party}`));
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    Array.from({ length: variants }, (_, variant) => ({
      party,
      field,
      // The first asks for all there is.
      text: textOf(schema, field, variant === 0 ? undefined : random),
    })),
  );
});

/** @returns the file of registered documents, with these in it for everybody who may ask them */
export function registerOf(documents: readonly Pick<FixedDocument, "party" | "text">[]): string {
  const byParty = Map.groupBy(documents, ({ party }) => party);
  return printDocumentRegister(
    new Map([...byParty].map(([party, its]) => [party, new Map(its.map(({ text }) => [hashOf(text), text]))])),
  );
}

function contractOf(party: string): GraphQLSchema {
  return buildSchema(readFileSync(join(root, "schema", "contracts", `${party}.graphql`), "utf8"));
}

function textOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, random: Random | undefined): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${type}`);
  const given = field.args.map(({ name }) => `${name}: $${name}`);
  const selection = selectionOf(schema, getNamedType(field.type).name, random, depth);
  const [declared, passed] = [variables, given].map((list) => (list.length > 0 ? `(${list.join(", ")})` : ""));
  return `query${declared === "" ? "" : ` ${declared}`} { ${field.name}${passed} ${selection} }`;
}

/** Some of what a type has, or all of it, down to a depth. */
function selectionOf(schema: GraphQLSchema, name: string, random: Random | undefined, levels: number): string {
  const type = schema.getType(name);
  if (!isCompositeType(type)) return "";
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type).map((one) => {
      return `... on ${one.name} ${selectionOf(schema, one.name, random, levels - 1)}`;
    });
    return `{ __typename ${members.join(" ")} }`;
  }
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  const wanted = random === undefined ? fields : random.shuffle(random.some(fields, 0.4));
  const selected = wanted.flatMap((field) => {
    const below = getNamedType(field.type);
    if (isLeafType(below)) return [`${field.name}${argumentsOf(field, random)}`];
    if (levels <= 1) return [];
    return [`${field.name} ${selectionOf(schema, below.name, random, levels - 1)}`];
  });
  return `{ ${selected.length > 0 ? selected.join(" ") : "__typename"} }`;
}

/** What a field inside may be asked with: one of the values of an enum, now and then. */
function argumentsOf({ args }: GraphQLField<unknown, unknown>, random: Random | undefined): string {
  const given = args.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    if (random === undefined || !isEnumType(named) || random.chance(0.5)) return [];
    return [`${name}: ${random.pick(named.getValues()).name}`];
  });
  return given.length > 0 ? `(${given.join(", ")})` : "";
}
