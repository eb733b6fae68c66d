import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type Operation, typenameField } from "../execution/operation.ts";
import type { Denial } from "./operation-policy.ts";

/**
 * The operation without what its caller is denied: what is planned, so that no denied field causes a call.
 * A field that an interface offers and only some types deny is asked of the others alone; and every
 * object that could be of several types is asked which it is, as that decides what may be shown.
 */
export function withhold({ definition, fragments }: Operation, schema: GraphQLSchema, denial: Denial): Operation {
  const types = new TypeInfo(schema);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments.values()] };
  const { definitions } = visit(
    document,
    visitWithTypeInfo(types, {
      // On the way out: what is below has been dealt with by then.
      Field: { leave: (field) => withholdField(field, types, schema, denial) },
      SelectionSet: { leave: (node) => withTypename(node, isAbstractType(types.getParentType())) },
      InlineFragment: { leave: (node) => (denies(denial, node.typeCondition?.name.value) ? null : undefined) },
      FragmentDefinition: {
        leave: (node) => (denies(denial, node.typeCondition.name.value) ? { ...node, selectionSet: only } : undefined),
      },
    }),
  );
  const [kept, ...keptFragments] = definitions as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  return { definition: kept, fragments: new Map(keptFragments.map((fragment) => [fragment.name.value, fragment])) };
}

function withholdField(field: FieldNode, types: TypeInfo, schema: GraphQLSchema, denial: Denial) {
  const parent = types.getParentType();
  const name = field.name.value;
  if (!parent || name.startsWith("__")) return undefined;
  if (denial.deniesField(parent.name, name)) return null;
  if (!isAbstractType(parent)) return undefined;
  const possible = schema.getPossibleTypes(parent);
  const allowed = possible.filter((type) => !denial.deniesField(type.name, name));
  if (allowed.length === possible.length) return undefined;
  if (allowed.length === 0) return null;
  const each = allowed.map((type) => inlineFragment(type.name, [field]));
  return inlineFragment(parent.name, each);
}

function inlineFragment(on: string, selections: SelectionSetNode["selections"]): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: on } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function denies(denial: Denial, typeName: string | undefined): boolean {
  return typeName !== undefined && denial.deniesType(typeName);
}

function withTypename(node: SelectionSetNode, isAbstract: boolean): SelectionSetNode | undefined {
  const isNeeded = isAbstract || node.selections.length === 0;
  return isNeeded ? { ...node, selections: [typenameField, ...node.selections] } : undefined;
}

const only: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [typenameField] };
