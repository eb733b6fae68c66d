import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
} from "graphql";

/** What a party is served, as the contracts file says it. */
export interface ContractTerms {
  readonly tags: readonly string[];
  readonly graphs: readonly string[];
}

/** Scopes that are asked for: all of one of the lists. */
export type Clause = readonly (readonly string[])[];

export interface FieldReading {
  readonly type: string;
  readonly name: string;
  readonly args: readonly InputValueDefinitionNode[];
  /** The type that it returns, and its name without lists and non-nulls. */
  readonly returns: TypeNode;
  readonly returned: string;
  readonly tags: readonly string[];
  readonly isInaccessible: boolean;
  readonly clauses: readonly Clause[];
  /** The subgraphs that can answer it, by their names. */
  readonly graphs: readonly string[];
  /** Fields of the same type on which it rests (`@requires`), the uppermost of each selection. */
  readonly requires: readonly string[];
}

export interface TypeReading {
  readonly name: string;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly isInaccessible: boolean;
  readonly clauses: readonly Clause[];
  readonly graphs: readonly string[];
  readonly interfaces: readonly string[];
  readonly fields: ReadonlyMap<string, FieldReading>;
  /** Of a union its members, of an interface what implements it. */
  readonly members: readonly string[];
  readonly isEntity: boolean;
}

/**
 * What a supergraph says of access, read anew: nothing of the gateway's own reading is used, so that an oversight
 * there is not repeated here. It knows the directives by their names in the specification.
 */
export class SupergraphReading {
  readonly types: ReadonlyMap<string, TypeReading>;
  readonly #graphNames = new Map<string, string>();

  constructor(supergraph: DocumentNode) {
    for (const definition of supergraph.definitions) {
      if (definition.kind !== "EnumTypeDefinition" || definition.name.value !== "join__Graph") continue;
      for (const value of definition.values ?? []) {
        const [graph] = usesOf(value, "join__graph");
        this.#graphNames.set(value.name.value, String(graph?.["name"]));
      }
    }
    const types = new Map<string, TypeReading>();
    const members = new Map<string, string[]>();
    for (const node of supergraph.definitions) {
      if (!isTypeDefinitionNode(node)) continue;
      const name = node.name.value;
      if (/^(join|link)__/.test(name)) continue;
      const graphs = this.#graphsOf(usesOf(node, "join__type"));
      const interfaces = "interfaces" in node ? (node.interfaces ?? []).map((one) => one.name.value) : [];
      for (const above of interfaces) members.set(above, [...(members.get(above) ?? []), name]);
      if (node.kind === "UnionTypeDefinition")
        members.set(
          name,
          (node.types ?? []).map((member) => member.name.value),
        );
      const isComposite = node.kind === "ObjectTypeDefinition" || node.kind === "InterfaceTypeDefinition";
      const fields = isComposite ? (node.fields ?? []).map((field) => this.#field(name, field, graphs)) : [];
      types.set(name, {
        name,
        kind: node.kind,
        tags: tagsOf(node),
        isInaccessible: usesOf(node, "inaccessible").length > 0,
        clauses: clausesOf(node),
        graphs,
        interfaces,
        fields: new Map(fields.map((field) => [field.name, field])),
        members: members.get(name) ?? [],
        isEntity: usesOf(node, "join__type").some(({ key }) => typeof key === "string"),
      });
    }
    this.types = new Map([...types].map(([name, type]) => [name, { ...type, members: members.get(name) ?? [] }]));
  }

  /** Every field of every object type. */
  get fields(): FieldReading[] {
    return [...this.types.values()].flatMap(({ fields }) => [...fields.values()]);
  }

  /** All scopes that are named anywhere. */
  get scopes(): string[] {
    const all = [...this.types.values()].flatMap(({ clauses, fields }) => [
      ...clauses,
      ...[...fields.values()].flatMap((field) => field.clauses),
    ]);
    return [...new Set(all.flat(2))];
  }

  /** Whether a contract shows a field: by a tag of its own or else of its type, where one of its subgraphs can answer. */
  shows({ tags, graphs }: ContractTerms, field: FieldReading, seen: readonly string[] = []): boolean {
    const type = this.types.get(field.type);
    if (type === undefined || type.isInaccessible || field.isInaccessible) return false;
    if (!(field.tags.length > 0 ? field.tags : type.tags).some((tag) => tags.includes(tag))) return false;
    return (
      field.graphs.some((graph) => graphs.includes(graph)) && this.#showsType({ tags, graphs }, field.returned, seen)
    );
  }

  /** What the caller must hold to be given a field, as long as everything on the way to it is given. */
  clausesOf({ type: typeName, name }: FieldReading, seen: readonly string[] = []): Clause[] {
    const type = this.types.get(typeName);
    const field = type?.fields.get(name);
    if (type === undefined || field === undefined || seen.includes(`${typeName}.${name}`)) return [];
    const returned = this.types.get(field.returned);
    const inherited = type.interfaces.flatMap((above) => this.types.get(above) ?? []);
    const below = [...seen, `${typeName}.${name}`];
    return [
      ...type.clauses,
      ...field.clauses,
      ...(returned?.clauses ?? []),
      ...inherited.flatMap((above) => [...above.clauses, ...(above.fields.get(name)?.clauses ?? [])]),
      ...field.requires.flatMap((needed) => {
        const rests = type.fields.get(needed);
        return rests === undefined ? [] : this.clausesOf(rests, below);
      }),
    ];
  }

  #showsType(terms: ContractTerms, name: string, seen: readonly string[]): boolean {
    const type = this.types.get(name);
    if (type === undefined) return true;
    if (type.isInaccessible || !type.graphs.some((graph) => terms.graphs.includes(graph))) return false;
    // A type that leads back to itself is shown by its other fields.
    if (seen.includes(name)) return false;
    const here = [...seen, name];
    if (type.kind === "UnionTypeDefinition") return type.members.some((member) => this.#showsType(terms, member, here));
    if (type.fields.size === 0) return true;
    return [...type.fields.values()].some((field) => this.shows(terms, field, here));
  }

  #field(type: string, node: FieldDefinitionNode, graphsOfType: readonly string[]): FieldReading {
    const joins = usesOf(node, "join__field");
    const answering = this.#graphsOf(joins.filter((join) => join["external"] !== true));
    return {
      type,
      name: node.name.value,
      args: node.arguments ?? [],
      returns: node.type,
      returned: bareName(node.type),
      tags: tagsOf(node),
      isInaccessible: usesOf(node, "inaccessible").length > 0,
      clauses: clausesOf(node),
      graphs: joins.some(({ graph }) => graph !== undefined) ? answering : graphsOfType,
      requires: joins.flatMap(({ requires }) => (typeof requires === "string" ? topFieldsOf(requires) : [])),
    };
  }

  #graphsOf(joins: readonly Use[]): string[] {
    return joins.flatMap(({ graph }) => this.#graphNames.get(String(graph)) ?? []);
  }
}

/** The name of a type without lists and non-nulls. */
export function bareName(type: TypeNode): string {
  return type.kind === "NamedType" ? type.name.value : bareName(type.type);
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

type Use = Readonly<Record<string, unknown>>;

function usesOf(node: Annotated, name: string): Use[] {
  return (node.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: given }) =>
      Object.fromEntries((given ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])),
    );
}

/** The names of a definition's own tags. */
export function tagsOf(node: Annotated): string[] {
  return usesOf(node, "tag").map(({ name }) => String(name));
}

/**
 * Whether row-level security gives each party its own rows (`AllowOwner`): then the subgraph refuses none by name, and the
 * tag is no party's own.
 */
export function isOwners(tags: readonly string[], parties: readonly string[]): boolean {
  return tags.length > 0 && tags.every((tag) => !parties.includes(tag));
}

/** The scopes that a definition itself asks for. */
export function clausesOf(node: Annotated): Clause[] {
  return usesOf(node, "requiresScopes").map(({ scopes }) => scopes as string[][]);
}

/** The field names of a selection at its own level. */
function topFieldsOf(selection: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const token of selection.match(/\w+|[{}]/g) ?? []) {
    if (token === "{") depth += 1;
    else if (token === "}") depth -= 1;
    else if (depth === 0) names.push(token);
  }
  return names;
}
