import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { isSet, uses } from "../contracts/directives.ts";
import { typenameField } from "./operation.ts";
import { PossibleTypes } from "./possible-types.ts";

/**
 * A subgraph that knows an interface only as an object (`@interfaceObject`) cannot say of which type an
 * object is: another has to be asked, by the object's key. The planner, version 0.0.38, sees to that
 * only where the type's name is asked of the interface itself; where nothing but fragments on its
 * types is asked, it forgets the key, and the answer would lose all that is in them.
 */
export class InterfaceObjects {
  /** The interfaces as which such an object may be met. */
  readonly names: ReadonlySet<string>;
  readonly #supergraph: DocumentNode;
  #schema: GraphQLSchema | undefined;

  constructor(supergraph: DocumentNode) {
    this.#supergraph = supergraph;
    const types = new PossibleTypes(supergraph);
    const interfaces = supergraph.definitions.filter((type) => type.kind === "InterfaceTypeDefinition");
    const objects = interfaces.filter((type) =>
      uses(type, "join__type").some((directive) => isSet(directive, "isInterfaceObject")),
    );
    const names = interfaces.map(({ name }) => name.value);
    this.names = new Set(names.filter((name) => objects.some((object) => types.fits(object.name.value, name))));
  }

  /** The operation in which each such interface that is narrowed by a fragment is asked for its type. */
  askTypes(operation: string): string {
    if (this.names.size === 0) return operation;
    const document = parse(operation, { noLocation: true });
    this.#schema ??= buildASTSchema(this.#supergraph, { assumeValidSDL: true });
    const types = new TypeInfo(this.#schema);
    const asking = visit(
      document,
      visitWithTypeInfo(types, {
        SelectionSet: (node): SelectionSetNode | undefined => {
          const type = types.getParentType()?.name;
          if (type === undefined || !this.names.has(type)) return undefined;
          const isNarrowed = node.selections.some(
            (selection) => selection.kind === "InlineFragment" && selection.typeCondition?.name.value !== type,
          );
          return isNarrowed ? { ...node, selections: [typenameField, ...node.selections] } : undefined;
        },
      }),
    );
    return print(asking);
  }
}
