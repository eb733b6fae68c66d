import { type DocumentNode, type InputObjectTypeDefinitionNode, isTypeDefinitionNode, type TypeNode } from "graphql";
import type { Random } from "../random.ts";
import { bareName, type FieldReading } from "./reading.ts";
import type { Route } from "./routes.ts";

/** The forms in which one and the same field can be asked for. */
export const forms = ["object", "alias", "inline fragment", "named fragment", "directive"] as const;
export type Form = (typeof forms)[number];

export interface Written {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Under which keys the answer holds each step. */
  readonly keys: readonly string[];
}

/** Writes operations that ask for one field, whatever its arguments are. */
export class Writer {
  readonly #inputs = new Map<string, InputObjectTypeDefinitionNode>();
  readonly #enums = new Map<string, string>();
  readonly #composites = new Set<string>();
  readonly #random: Random;

  constructor(supergraph: DocumentNode, random: Random) {
    this.#random = random;
    for (const type of supergraph.definitions.filter(isTypeDefinitionNode)) {
      const name = type.name.value;
      if (type.kind === "InputObjectTypeDefinition") this.#inputs.set(name, type);
      else if (type.kind === "EnumTypeDefinition") this.#enums.set(name, type.values?.[0]?.name.value ?? "");
      else if (type.kind !== "ScalarTypeDefinition") this.#composites.add(name);
    }
  }

  write({ kind, steps }: Route, form: Form): Written {
    const keys = steps.map(({ name }, place) => (form === "alias" ? `a${place}` : name));
    const fragments: string[] = [];
    let below = "";
    for (let place = steps.length - 1; place >= 0; place -= 1) {
      const step = steps[place] as FieldReading;
      const alias = form === "alias" ? `${keys[place]}: ` : "";
      const directive = form === "directive" ? " @include(if: $yes) @skip(if: $no)" : "";
      const under = below || (this.#composites.has(step.returned) ? "{ __typename }" : "");
      const field = `${alias}${step.name}${this.#arguments(step)}${directive} ${under}`;
      // Through a union or interface a fragment is the only way.
      const isNarrowed = steps[place - 1] !== undefined && steps[place - 1]?.returned !== step.type;
      if (form === "named fragment" && place > 0) {
        fragments.push(`fragment F${place} on ${step.type} { ${field} }`);
        below = `{ ...F${place} }`;
      } else if (isNarrowed || (form === "inline fragment" && place > 0)) {
        below = `{ ... on ${step.type} { ${field} } }`;
      } else below = `{ ${field} }`;
    }
    const variables = form === "directive" ? { yes: true, no: false } : {};
    const declared = form === "directive" ? "($yes: Boolean! $no: Boolean!)" : "";
    return { query: `${kind} Q${declared} ${below} ${fragments.join(" ")}`, variables, keys };
  }

  #arguments({ args }: FieldReading): string {
    const given = args.filter(
      ({ type, defaultValue }) =>
        (type.kind === "NonNullType" && defaultValue === undefined) || this.#random.chance(0.2),
    );
    if (given.length === 0) return "";
    return `(${given.map(({ name, type }) => `${name.value}: ${this.#literal(type)}`).join(" ")})`;
  }

  #literal(type: TypeNode): string {
    if (type.kind === "NonNullType") return this.#literal(type.type);
    if (type.kind === "ListType") return `[${this.#literal(type.type)}]`;
    const name = bareName(type);
    const input = this.#inputs.get(name);
    if (input !== undefined) {
      const required = (input.fields ?? []).filter((field) => field.type.kind === "NonNullType");
      return `{ ${required.map((field) => `${field.name.value}: ${this.#literal(field.type)}`).join(" ")} }`;
    }
    const scalars: Readonly<Record<string, string>> = {
      Int: "1",
      Float: "1.5",
      Boolean: "true",
      Date: '"2026-11-23"',
      DateTime: '"2026-11-23T06:45:00.000Z"',
    };
    return this.#enums.get(name) ?? scalars[name] ?? '"x"';
  }
}
