import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Detour, DetourMap } from "./detour-map.ts";
import { below, keyOf, type Path, printOperation } from "./operation-text.ts";

/** A field that was taken out of an operation. */
export interface Taken {
  readonly detour: Detour;
  /** Leads to the objects that lack it. */
  readonly path: Path;
  /** Asks for it as for a root field. */
  readonly operation: string;
}

/** An operation in parts. */
export interface Parts {
  readonly rest: string;
  readonly taken: readonly Taken[];
}

/** Takes out of an operation, as the planner is given it, what can be fetched by a detour. */
export function takeDetours(text: string, schema: GraphQLSchema, map: DetourMap): Parts {
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return { rest: text, taken: [] };
  const taking = new Taking(schema, map, operation);
  const selectionSet = taking.selections(operation.selectionSet, root, { path: [], isBelowInterfaceObject: false });
  return { rest: printOperation({ ...operation, selectionSet }), taken: taking.taken };
}

/** Where in the data a selection stands. */
interface Place {
  readonly path: Path;
  readonly isBelowInterfaceObject: boolean;
}

class Taking {
  readonly #schema: GraphQLSchema;
  readonly #map: DetourMap;
  readonly #operation: OperationDefinitionNode;
  readonly #taken = new Map<string, Taken>();

  constructor(schema: GraphQLSchema, map: DetourMap, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#map = map;
    this.#operation = operation;
  }

  get taken(): readonly Taken[] {
    return [...this.#taken.values()];
  }

  /** What is left to ask of objects of a type. */
  selections(set: SelectionSetNode, type: GraphQLCompositeType, place: Place): SelectionSetNode {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return this.#field(selection, type, place);
      if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error("The planner is given no named fragments");
      const condition = this.#schema.getType(selection.typeCondition?.name.value ?? type.name);
      return isCompositeType(condition) ? [this.#narrow(selection.selectionSet, type, condition, place)] : [];
    });
    return { ...set, selections };
  }

  #narrow(set: SelectionSetNode, from: GraphQLCompositeType, to: GraphQLCompositeType, place: Place): SelectionNode {
    const path = from === to ? place.path : [...place.path, { TypeCondition: [to.name] }];
    return {
      kind: Kind.INLINE_FRAGMENT,
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: to.name } },
      selectionSet: this.selections(set, to, { ...place, path }),
    };
  }

  #field(field: FieldNode, type: GraphQLCompositeType, place: Place): readonly SelectionNode[] {
    const name = field.name.value;
    if (isAbstractType(type)) {
      const possible = this.#schema.getPossibleTypes(type);
      const alone: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [field] };
      return possible.some((one) => this.#map.of(one.name, name)?.isRequiring)
        ? possible.map((one) => this.#narrow(alone, type, one, place))
        : [this.#below(field, type, place)];
    }
    const detour = this.#map.of(type.name, name);
    if (!detour || !(detour.isRequiring || place.isBelowInterfaceObject)) return [this.#below(field, type, place)];
    const operation = this.#alone(field, detour);
    this.#taken.set(`${JSON.stringify(place.path)} ${operation}`, { detour, path: place.path, operation });
    return detour.needs;
  }

  #below(field: FieldNode, type: GraphQLCompositeType, { path }: Place): FieldNode {
    const inner = below(field, type, path);
    if (!inner || !field.selectionSet) return field;
    const isBelowInterfaceObject = this.#map.interfaceObjects.has(inner.type.name);
    const place: Place = { path: inner.path, isBelowInterfaceObject };
    return { ...field, selectionSet: this.selections(field.selectionSet, inner.type, place) };
  }

  #alone(field: FieldNode, { entry }: Detour): string {
    // Its value is to stand under the key that it has in the operation.
    const alias = { kind: Kind.NAME, value: keyOf(field) } as const;
    const root: FieldNode = { ...field, alias, name: { kind: Kind.NAME, value: entry } };
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [root] };
    return printOperation({ ...this.#operation, operation: "query" as never, selectionSet });
  }
}
