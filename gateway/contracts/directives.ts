import type { ConstDirectiveNode } from "graphql";

interface Annotated {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** The uses of one directive on a definition. */
export function uses(node: Annotated, name: string): readonly ConstDirectiveNode[] {
  return node.directives?.filter((directive) => directive.name.value === name) ?? [];
}

/** An argument of a directive as text, be it a string or an enum value. */
export function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === "StringValue" || value?.kind === "EnumValue" ? value.value : undefined;
}

/** Whether a boolean argument of a directive is given as true. */
export function isSet(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === "BooleanValue" && value.value;
}

export function isInaccessible(node: Annotated): boolean {
  return uses(node, "inaccessible").length > 0;
}

/** The names of a definition's own tags. */
export function tagsOf(node: Annotated): string[] {
  return uses(node, "tag").flatMap((directive) => textArgument(directive, "name") ?? []);
}
