import { type ConstDirectiveNode, type DocumentNode, parse, print, visit } from "graphql";
import type { Random } from "../random.ts";
import { type ContractTerms, type FieldReading, SupergraphReading } from "./reading.ts";

/* Supergraphs in which something was changed, to see that the harness notices, or that it makes no difference. */

export interface Doctored {
  readonly supergraph: DocumentNode;
  /** The field that has become open, as `Type.field`. */
  readonly coordinate: string;
}

/** Takes away all that is asked of the caller for one field: of itself, of its type and of what it returns. */
export function takeScopes(supergraph: DocumentNode, random: Random): Doctored {
  const reading = new SupergraphReading(supergraph);
  const field = random.pick(
    reading.fields.filter((one) => /^(Query|Subscription)$/.test(one.type) && reading.clausesOf(one).length > 0),
  );
  const without = ({ directives = [] }: { directives?: readonly ConstDirectiveNode[] }) =>
    directives.filter(({ name }) => name.value !== "requiresScopes");
  return {
    coordinate: `${field.type}.${field.name}`,
    supergraph: visit(supergraph, {
      ObjectTypeDefinition: (node) => {
        if (node.name.value === field.returned) return { ...node, directives: without(node) };
        if (node.name.value !== field.type) return undefined;
        const fields = node.fields?.map((one) =>
          one.name.value === field.name ? { ...one, directives: without(one) } : one,
        );
        return { ...node, fields: fields ?? [] };
      },
    }),
  };
}

/**
 * Shows one field of a party's own subgraphs to that party, though it is another's.
 * @throws RangeError where every party is shown all of them
 */
export function plantTag(
  supergraph: DocumentNode,
  contracts: Readonly<Record<string, ContractTerms>>,
  random: Random,
): Doctored {
  const reading = new SupergraphReading(supergraph);
  const choices = Object.values(contracts).flatMap((terms) => {
    const [tag = ""] = terms.tags;
    // One more tag opens nothing where the contract shows nothing of what the field returns.
    const isLeak = (field: FieldReading) =>
      !reading.shows(terms, field) && reading.shows(terms, { ...field, tags: [...field.tags, tag] });
    return reading.fields.filter((field) => field.type === "Query" && isLeak(field)).map((field) => ({ field, tag }));
  });
  const { field, tag } = random.pick(choices);
  const [planted] = parse(`type T { f: Int @tag(name: "${tag}") }`, { noLocation: true }).definitions;
  const directives = planted?.kind === "ObjectTypeDefinition" ? (planted.fields?.[0]?.directives ?? []) : [];
  return {
    coordinate: `${field.type}.${field.name}`,
    supergraph: visit(supergraph, {
      ObjectTypeDefinition: (node) => {
        if (node.name.value !== field.type) return undefined;
        const fields = node.fields?.map((one) =>
          one.name.value === field.name ? { ...one, directives: [...(one.directives ?? []), ...directives] } : one,
        );
        return { ...node, fields: fields ?? [] };
      },
    }),
  };
}

/** The same rules, under another name of the directive. */
export function renameScopes(supergraph: DocumentNode): DocumentNode {
  const name = "mayBeHadWith";
  const text = print(supergraph)
    .replaceAll("@requiresScopes", `@${name}`)
    .replace(/(requiresScopes\/v[\d.]+",)/, `$1 import: [{ name: "@requiresScopes", as: "@${name}" }],`);
  return parse(text);
}
