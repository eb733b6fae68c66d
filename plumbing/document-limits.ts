import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from "graphql";
import { faultText } from "./faults.ts";

/**
 * What one document may hold that is sent to a part: several times what the gateway lets a client ask, as it writes out
 * fragments. A gateway that is compromised, or one of another make, is held to them as well.
 */
export const documentLimits = { tokens: 20_000, depth: 30 } as const;

/** A validation rule: no operation nests deeper than the limit, fragments written out. */
export function limitedDepth(context: ValidationContext): ASTVisitor {
  const measured = new Map<string, number>();
  const ofFragment = (fragment: FragmentDefinitionNode | null | undefined): number => {
    if (!fragment) return 0;
    const { value: name } = fragment.name;
    const known = measured.get(name);
    if (known !== undefined) return known;
    // One that spreads itself is refused by another rule.
    measured.set(name, 0);
    const depth = depthOf(fragment.selectionSet);
    measured.set(name, depth);
    return depth;
  };
  const depthOf = ({ selections }: SelectionSetNode): number =>
    selections.reduce((deepest, selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0));
        case Kind.INLINE_FRAGMENT:
          return Math.max(deepest, depthOf(selection.selectionSet));
        case Kind.FRAGMENT_SPREAD:
          return Math.max(deepest, ofFragment(context.getFragment(selection.name.value)));
        default:
          return selection satisfies never;
      }
    }, 0);
  return {
    OperationDefinition(node) {
      if (depthOf(node.selectionSet) <= documentLimits.depth) return;
      const code = "OPERATION_TOO_LARGE";
      context.reportError(new GraphQLError(faultText(code), { extensions: { code } }));
    },
  };
}
