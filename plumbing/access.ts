import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { Directive, Extensions } from "type-graphql";
import type { Claims } from "./claims.ts";
import { Fault } from "./faults.ts";

/** The party of the parts among themselves. */
export const service = "service";

/** Parts by their names: these, or all but these. */
export type Parts = readonly string[] | { readonly allBut: readonly string[] };

/** Who may reach a field: one of the parties and, where it is named, with this OAuth scope. */
export interface AccessRule {
  /** `owner`: whoever asks, as row-level security gives each party its own rows only. */
  readonly parties: readonly string[] | "owner";
  readonly scope?: string;
  /** Which of the parts may, where the party is theirs and not all of them may. */
  readonly parts?: Parts;
}

/** What every GraphQL context of a part holds. */
export interface CallerContext {
  readonly claims: Claims;
}

/**
 * Says who may reach a type's fields, or one field, in both places at once: as `@tag`s, from which
 * the gateway derives the contract of each party, and `@requiresScopes`, by which it denies a field
 * before anything is fetched; and as the check that the subgraph makes itself.
 *
 * The directives add up where the check does not: a field of a type that asks for a scope asks for
 * the type's scope at the gateway, too, whatever its own rule says.
 */
export function Allow(
  parties: readonly string[],
  scope?: string,
): ClassDecorator & MethodDecorator & PropertyDecorator {
  const rule: AccessRule = { parties, ...(scope === undefined ? {} : { scope }) };
  return decorateAll([
    Extensions({ access: rule }),
    ...parties.map((party) => Directive(`@tag(name: "${party}")`)),
    ...(scope === undefined ? [] : [Directive(`@requiresScopes(scopes: [["${scope}"]])`)]),
  ]);
}

/**
 * For what one part tells another. The gateway lets each part in; which one it is, the subgraph checks itself, so that
 * whoever has broken into one part can say and ask no more than that part.
 */
export function AllowParts(parts: Parts): MethodDecorator {
  const rule: AccessRule = { parties: [service], parts };
  return decorateAll([Extensions({ access: rule }), Directive(`@tag(name: "${service}")`)]);
}

/**
 * For what row-level security gives to each party as its own. The tag stands for all of them, and schema/contracts.json
 * says whose contracts have it: so a party is added without a change to the part.
 */
export function AllowOwner(tag: string): ClassDecorator & MethodDecorator & PropertyDecorator {
  const rule: AccessRule = { parties: "owner" };
  return decorateAll([Extensions({ access: rule }), Directive(`@tag(name: "${tag}")`)]);
}

function decorateAll(
  decorators: readonly (ClassDecorator | MethodDecorator | PropertyDecorator)[],
): ClassDecorator & MethodDecorator & PropertyDecorator {
  return ((target: object, property?: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of decorators) (decorate as (...given: unknown[]) => void)(target, property, descriptor);
  }) as ClassDecorator & MethodDecorator & PropertyDecorator;
}

/**
 * Puts the check before every field of a subgraph's schema, subscriptions included. A field's own
 * rule goes before its type's.
 * @throws Error at start where a field has no rule, so that none is published by oversight.
 */
export function enforceAccess(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("_")) continue;
    const typeRule = type.extensions["access"] as AccessRule | undefined;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith("_")) continue;
      const rule = (field.extensions["access"] as AccessRule | undefined) ?? typeRule;
      if (rule === undefined) throw new Error(`${type.name}.${field.name} does not say who may reach it`);
      field.resolve = guarded(rule, field.resolve);
      if (field.subscribe) field.subscribe = guarded(rule, field.subscribe);
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, CallerContext>;

function guarded(rule: AccessRule, resolve: Resolver | undefined): Resolver {
  return (source, args, context, info) => {
    assertAllowed(rule, context.claims);
    if (resolve) return resolve(source, args, context, info);
    const value = (source as Record<string, unknown> | null)?.[info.fieldName];
    return typeof value === "function" ? value.call(source, args, context, info) : value;
  };
}

/** @throws Fault FORBIDDEN */
export function assertAllowed(rule: AccessRule, claims: Claims): void {
  const allowed =
    (rule.parties === "owner" || rule.parties.includes(claims.party)) &&
    (rule.scope === undefined || claims.scope.includes(rule.scope)) &&
    (rule.parts === undefined || isAmong(rule.parts, claims.organisation));
  if (!allowed) throw new Fault("FORBIDDEN");
}

/** @param part the caller's name. A caller without one is none of them. */
function isAmong(parts: Parts, part: string | undefined): boolean {
  if (part === undefined) return false;
  return "allBut" in parts ? !parts.allBut.includes(part) : parts.includes(part);
}
