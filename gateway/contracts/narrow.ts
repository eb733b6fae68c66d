import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type TypeDefinitionNode,
} from "graphql";
import { dropDangling } from "./dangling.ts";
import { ContractError } from "./definition.ts";
import { textArgument, uses } from "./directives.ts";

/**
 * The supergraph with nothing left of any subgraph but those named: what the planner works with, so
 * that no plan can lead elsewhere. Hidden fields of these subgraphs stay, for keys and @requires.
 * @throws ContractError where a name is none of the supergraph's.
 */
export function narrowToGraphs(supergraph: DocumentNode, names: ReadonlySet<string>): DocumentNode {
  const graphs = graphValues(supergraph, names);
  const definitions = supergraph.definitions.flatMap((definition) => narrowDefinition(definition, graphs) ?? []);
  return { ...supergraph, definitions: dropDangling(definitions) };
}

/** The values of join__Graph that stand for the named subgraphs. */
function graphValues(supergraph: DocumentNode, names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Map<string, string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== "EnumTypeDefinition" || definition.name.value !== "join__Graph") continue;
    for (const value of definition.values ?? []) {
      const name = uses(value, "join__graph").map((use) => textArgument(use, "name"))[0];
      if (name !== undefined) found.set(name, value.name.value);
    }
  }
  return new Set(
    [...names].map((name) => {
      const value = found.get(name);
      if (value === undefined) throw new ContractError(`The supergraph has no subgraph ${name}`);
      return value;
    }),
  );
}

type Graphs = ReadonlySet<string>;

function narrowDefinition(definition: DefinitionNode, graphs: Graphs): DefinitionNode | undefined {
  if (!isTypeDefinitionNode(definition)) return definition;
  if (definition.kind === "EnumTypeDefinition" && definition.name.value === "join__Graph") {
    return { ...definition, values: definition.values?.filter((value) => graphs.has(value.name.value)) ?? [] };
  }
  if (!isJoined(definition, "join__type", graphs)) return undefined;
  return { ...narrowMembers(definition, graphs), ...joinsOf(definition, graphs) };
}

function narrowMembers(type: TypeDefinitionNode, graphs: Graphs): TypeDefinitionNode {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const implemented = joinedNames(type, "join__implements", "interface", graphs);
      return {
        ...type,
        interfaces: type.interfaces?.filter(({ name }) => implemented.has(name.value)) ?? [],
        fields: narrowEach(type.fields, "join__field", graphs),
      };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...type, fields: narrowEach(type.fields, "join__field", graphs) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...type, values: narrowEach(type.values, "join__enumValue", graphs) };
    case Kind.UNION_TYPE_DEFINITION: {
      const members = joinedNames(type, "join__unionMember", "member", graphs);
      return { ...type, types: type.types?.filter(({ name }) => members.has(name.value)) ?? [] };
    }
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

type Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

function narrowEach<T extends Member>(members: readonly T[] | undefined, directive: string, graphs: Graphs): T[] {
  return (members ?? [])
    .filter((member) => isJoined(member, directive, graphs))
    .map((member) => ({ ...member, ...joinsOf(member, graphs) }));
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** A definition without any join belongs to all graphs of what it stands in. */
function isJoined(node: Annotated, directive: string, graphs: Graphs): boolean {
  const joins = uses(node, directive);
  return joins.length === 0 || joins.some((join) => isOf(join, graphs));
}

function joinsOf(node: Annotated, graphs: Graphs): { directives: ConstDirectiveNode[] } {
  return { directives: node.directives?.filter((directive) => isOf(directive, graphs)) ?? [] };
}

function isOf(directive: ConstDirectiveNode, graphs: Graphs): boolean {
  const graph = textArgument(directive, "graph");
  return graph === undefined || graphs.has(graph);
}

function joinedNames(type: Annotated, directive: string, argument: string, graphs: Graphs): ReadonlySet<string> {
  const joins = uses(type, directive).filter((join) => isOf(join, graphs));
  return new Set(joins.flatMap((join) => textArgument(join, argument) ?? []));
}
