import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type TypeDefinitionNode,
} from "graphql";
import { dropDangling, size } from "./dangling.ts";
import { ContractError } from "./definition.ts";
import { isInaccessible, isSet, tagsOf, textArgument, uses } from "./directives.ts";
import { dropBrokenInterfaces } from "./interfaces.ts";
import { dropUnreachable } from "./reachable.ts";

/** The directives that a client may see on a definition. */
const shown = new Set(["deprecated", "specifiedBy", "oneOf"]);

type Tags = ReadonlySet<string> | undefined;

/**
 * The schema that a party is served: the fields that its tags let in, what these reach, and
 * nothing of the machinery. A field is in when it carries one of the tags itself, or carries
 * none and its type does; @inaccessible is never in. Whatever is in doubt is out.
 * @param tags without any, all that is accessible is in.
 * @throws ContractError where the contract hides an argument that a field in it requires.
 */
export function publish(supergraph: DocumentNode, tags: Tags): DocumentNode {
  const admitted = supergraph.definitions.flatMap((definition) => admit(definition, tags) ?? []);
  let definitions: readonly DefinitionNode[] = admitted;
  for (let before = -1; before !== size(definitions); ) {
    before = size(definitions);
    definitions = dropUnreachable(dropBrokenInterfaces(dropDangling(definitions)));
  }
  refuseHiddenRequirements(supergraph, definitions);
  return { kind: supergraph.kind, definitions };
}

function admit(definition: DefinitionNode, tags: Tags): DefinitionNode | undefined {
  if (definition.kind === "SchemaDefinition") return { ...definition, directives: [] };
  if (!isTypeDefinitionNode(definition) || isInaccessible(definition)) return undefined;
  return { ...admitMembers(definition, tags), directives: shownOf(definition) };
}

function admitMembers(type: TypeDefinitionNode, tags: Tags): TypeDefinitionNode {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const ofType = tagsOf(type);
      const fields = type.fields?.filter((field) => isResolvable(field) && isAdmittedField(field, ofType, tags)) ?? [];
      return { ...type, fields: fields.map((field) => ({ ...field, ...admitArguments(field, tags) })) };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...type, fields: admitEach(type.fields, tags) };
    case Kind.ENUM_TYPE_DEFINITION:
      return { ...type, values: admitEach(type.values, tags) };
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

function isAdmittedField(field: FieldDefinitionNode, ofType: readonly string[], tags: Tags): boolean {
  if (isInaccessible(field)) return false;
  if (tags === undefined) return true;
  const own = tagsOf(field);
  return (own.length > 0 ? own : ofType).some((tag) => tags.has(tag));
}

function admitArguments(field: FieldDefinitionNode, tags: Tags) {
  return { directives: shownOf(field), arguments: admitEach(field.arguments, tags) };
}

/** Arguments, input fields and enum values are in unless their own tags say otherwise. */
function admitEach<T extends Annotated>(members: readonly T[] | undefined, tags: Tags): T[] {
  return (members ?? [])
    .filter((member) => {
      if (isInaccessible(member)) return false;
      const own = tagsOf(member);
      return tags === undefined || own.length === 0 || own.some((tag) => tags.has(tag));
    })
    .map((member) => ({ ...member, directives: shownOf(member) }));
}

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

function shownOf(node: Annotated): ConstDirectiveNode[] {
  return node.directives?.filter((directive) => shown.has(directive.name.value)) ?? [];
}

/** A field that every subgraph only borrows (@external) has nobody left who could answer it. */
function isResolvable(field: FieldDefinitionNode): boolean {
  const joins = uses(field, "join__field").filter((join) => textArgument(join, "graph") !== undefined);
  return joins.length === 0 || joins.some((join) => !isSet(join, "external"));
}

function refuseHiddenRequirements(supergraph: DocumentNode, published: readonly DefinitionNode[]): void {
  const original = requirements(supergraph.definitions);
  const present = requirements(published);
  const fields = new Set([...inputs(published)].map(([owner]) => owner));
  for (const coordinate of original.keys()) {
    const owner = original.get(coordinate) ?? "";
    if (fields.has(owner) && !present.has(coordinate)) {
      throw new ContractError(`The contract hides ${coordinate}, which is required`);
    }
  }
}

/** Coordinates of required arguments and input fields, with the field or type that they stand in. */
function requirements(definitions: readonly DefinitionNode[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [owner, values] of inputs(definitions)) {
    for (const value of values) {
      const isRequired = value.type.kind === "NonNullType" && value.defaultValue === undefined;
      if (isRequired) found.set(`${owner}.${value.name.value}`, owner);
    }
  }
  return found;
}

function* inputs(definitions: readonly DefinitionNode[]): Iterable<[string, readonly InputValueDefinitionNode[]]> {
  for (const type of definitions) {
    if (type.kind === "InputObjectTypeDefinition") yield [type.name.value, type.fields ?? []];
    if (type.kind !== "ObjectTypeDefinition" && type.kind !== "InterfaceTypeDefinition") continue;
    for (const field of type.fields ?? []) yield [`${type.name.value}.${field.name.value}`, field.arguments ?? []];
  }
}
