import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
} from "graphql";

/**
 * Composition wants one owner for each subscription field, because nothing could choose among
 * several. Here several subgraphs may serve a field of the same name and shape, each to its own
 * party: every contract keeps one of them only (schema.ts checks that). So the field is composed
 * as the first one's, and joined to the others afterwards.
 */
export interface SharedField {
  readonly field: string;
  /** The subgraph that is composed with the field. */
  readonly first: string;
  readonly others: readonly Other[];
}

interface Other {
  readonly subgraph: string;
  readonly tags: readonly ConstDirectiveNode[];
}

/** Leaves each subscription field in the first of the subgraphs that have it. */
export function takeOutSharedSubscriptions(documents: ReadonlyMap<string, DocumentNode>): {
  readonly documents: ReadonlyMap<string, DocumentNode>;
  readonly shared: readonly SharedField[];
} {
  const firsts = new Map<string, { subgraph: string; shape: string; others: Other[] }>();
  const kept = new Map<string, DocumentNode>();
  for (const [subgraph, document] of documents) {
    const own = (field: FieldDefinitionNode): boolean => {
      const first = firsts.get(field.name.value);
      if (first === undefined) {
        firsts.set(field.name.value, { subgraph, shape: shapeOf(field), others: [] });
        return true;
      }
      // Another shape is left in, for composition to report.
      if (first.shape !== shapeOf(field)) return true;
      first.others.push({ subgraph, tags: tagsOf(field) });
      return false;
    };
    kept.set(subgraph, keepFields(document, own));
  }
  const shared = [...firsts].filter(([, { others }]) => others.length > 0);
  return {
    documents: kept,
    shared: shared.map(([field, { subgraph, others }]) => ({ field, first: subgraph, others })),
  };
}

/** Joins the fields that were taken out to their other subgraphs. */
export function joinSubscriptions(supergraph: DocumentNode, shared: readonly SharedField[]): DocumentNode {
  return {
    ...supergraph,
    definitions: supergraph.definitions.map((node) => (isSubscription(node) ? join(node) : node)),
  };

  function join(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode {
    const others = shared.flatMap(({ others }) => others.map(({ subgraph }) => subgraph));
    const joined = new Set(type.directives?.map(print));
    const typeJoins = [...new Set(others)].map((name) => directive("join__type", graphOf(name)));
    const fields = type.fields?.map((field) => joinField(field)) ?? [];
    return {
      ...type,
      directives: [...(type.directives ?? []), ...typeJoins.filter((node) => !joined.has(print(node)))],
      fields,
    };
  }

  function joinField(field: FieldDefinitionNode): FieldDefinitionNode {
    const sharing = shared.find((one) => one.field === field.name.value);
    if (sharing === undefined) return field;
    const graphs = [sharing.first, ...sharing.others.map(({ subgraph }) => subgraph)];
    const rest = field.directives?.filter(({ name }) => name.value !== "join__field") ?? [];
    const tags = sharing.others.flatMap(({ tags }) => tags);
    const known = new Set(rest.map(print));
    return {
      ...field,
      directives: [
        ...graphs.map((name) => directive("join__field", graphOf(name))),
        ...rest,
        ...tags.filter((tag) => !known.has(print(tag))),
      ],
    };
  }
}

function keepFields(document: DocumentNode, keep: (field: FieldDefinitionNode) => boolean): DocumentNode {
  const [type] = document.definitions.filter(isSubscription);
  const fields = type?.fields?.filter(keep) ?? [];
  const definitions = document.definitions.flatMap((node): DefinitionNode[] => {
    if (isSubscription(node)) return fields.length > 0 ? [{ ...node, fields }] : [];
    if (node.kind !== Kind.SCHEMA_DEFINITION || fields.length > 0) return [node];
    return [{ ...node, operationTypes: node.operationTypes.filter(({ operation }) => operation !== "subscription") }];
  });
  return { ...document, definitions };
}

function isSubscription(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === "Subscription";
}

/** Name, arguments and type: what two fields must have in common to be one. */
function shapeOf({ name, arguments: given, type }: FieldDefinitionNode): string {
  const inputs = given?.map((input) => `${input.name.value}: ${print(input.type)}`) ?? [];
  return `${name.value}(${inputs.sort().join(", ")}): ${print(type)}`;
}

function tagsOf(field: FieldDefinitionNode): ConstDirectiveNode[] {
  return field.directives?.filter(({ name }) => name.value === "tag") ?? [];
}

/** How composition writes a subgraph's name in the enum `join__Graph`. */
function graphOf(subgraph: string): string {
  return subgraph.toUpperCase();
}

function directive(name: string, graph: string): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: "graph" },
        value: { kind: Kind.ENUM, value: graph },
      },
    ],
  };
}
