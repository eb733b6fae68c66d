import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from "graphql";
import { ContractError } from "../contracts/definition.ts";
import { textArgument, uses } from "../contracts/directives.ts";

/** One condition on the caller. What is protected by several is had by those who meet every one. */
export type Clause =
  | { readonly kind: "authenticated" }
  /** All scopes of one of the lists. */
  | { readonly kind: "scopes"; readonly anyOf: readonly (readonly string[])[] }
  /** All policies of one of the lists. */
  | { readonly kind: "policies"; readonly anyOf: readonly (readonly string[])[] };

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Reads the clauses of a definition. */
export type ReadClauses = (node: Annotated) => readonly Clause[];

/** The three directives by their names in the specification, with the argument that each takes. */
const specified = { authenticated: undefined, requiresScopes: "scopes", policy: "policies" } as const;

type Specified = keyof typeof specified;

/**
 * Learns from a supergraph's links under which names it uses `@authenticated`, `@requiresScopes` and
 * `@policy`. Their own names count in any case: a supergraph that forgets to link them must not open.
 */
export function clauseReader(supergraph: DocumentNode): ReadClauses {
  const names = directiveNames(supergraph);
  return (node) =>
    (node.directives ?? []).flatMap((directive) => {
      const name = names.get(directive.name.value);
      return name === undefined ? [] : toClause(name, directive);
    });
}

function directiveNames(supergraph: DocumentNode): ReadonlyMap<string, Specified> {
  const names = new Map<string, Specified>();
  for (const name of Object.keys(specified) as Specified[]) names.set(name, name).set(`federation__${name}`, name);
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of uses(definition, "link")) {
      const name = /\/(\w+)\/v\d+\.\d+\/?$/.exec(textArgument(link, "url") ?? "")?.[1];
      if (name === undefined || !Object.hasOwn(specified, name)) continue;
      const prefix = textArgument(link, "as") ?? name;
      for (const known of [prefix, `${prefix}__${name}`, importedAs(link, name)]) names.set(known, name as Specified);
    }
  }
  return names;
}

/** The name under which a link imports a directive. */
function importedAs(link: ConstDirectiveNode, name: string): string {
  const imports = link.arguments?.find((argument) => argument.name.value === "import")?.value;
  for (const item of imports?.kind === Kind.LIST ? imports.values : []) {
    if (item.kind !== Kind.OBJECT) continue;
    const text = (key: string) => {
      const value = item.fields.find((field) => field.name.value === key)?.value;
      return value?.kind === Kind.STRING ? value.value : undefined;
    };
    const alias = text("as");
    if (text("name") === `@${name}` && alias !== undefined) return alias.replace(/^@/, "");
  }
  return name;
}

/** @throws ContractError where the arguments cannot be read: what cannot be enforced is not served. */
function toClause(name: Specified, directive: ConstDirectiveNode): Clause {
  if (name === "authenticated") return { kind: "authenticated" };
  const value = directive.arguments?.find((argument) => argument.name.value === specified[name])?.value;
  const anyOf = listsOf(value);
  if (anyOf === undefined)
    throw new ContractError(`A use of @${directive.name.value} in the supergraph cannot be read`);
  return { kind: name === "policy" ? "policies" : "scopes", anyOf };
}

function listsOf(value: ConstValueNode | undefined): string[][] | undefined {
  if (value?.kind !== Kind.LIST) return undefined;
  const lists = value.values.map((list) => {
    const items = list.kind === Kind.LIST ? list.values : [list];
    return items.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []));
  });
  const count = value.values.reduce((sum, list) => sum + (list.kind === Kind.LIST ? list.values.length : 1), 0);
  return lists.flat().length === count ? lists : undefined;
}
