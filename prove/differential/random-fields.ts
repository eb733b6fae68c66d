import { type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import { type Kinds, type Manners, stable, type Thing, valueIn } from "./random-values.ts";

/** One field of a random world, wherever it is resolved. */
export interface Field {
  readonly owner: string;
  readonly name: string;
  /** As in the schema's text. */
  readonly type: string;
  /** As in the schema's text, brackets included. */
  readonly args: string;
  readonly manners: Manners;
  readonly requires: readonly Requirement[];
  /** Whether it is declared in a subgraph that no longer answers it. */
  isMoved?: boolean;
}

export interface Requirement {
  readonly field: Field;
  /** The arguments under which it is required, as in a selection. */
  readonly args: string;
  /** The one field that is required of the object which the field gives. */
  readonly below: Field | undefined;
}

/** The fields of a world, each of which has one value whoever resolves it. */
export class Fields {
  readonly #kinds: Kinds;
  readonly #byOwner = new Map<string, Map<string, Field>>();
  #mutations = 0;

  constructor(kinds: Kinds) {
    this.#kinds = kinds;
  }

  own(field: Field): void {
    const fields = this.#byOwner.get(field.owner) ?? new Map<string, Field>();
    this.#byOwner.set(field.owner, fields.set(field.name, field));
  }

  of(owner: string): Field[] {
    return [...(this.#byOwner.get(owner)?.values() ?? [])];
  }

  reset(): void {
    this.#mutations = 0;
  }

  /**
   * @param required what the field is worked out from, as it was sent.
   * @throws GraphQLError where the field is one that fails.
   */
  value(field: Field, id: string, args: object, required?: unknown): unknown {
    const { type, name, manners, requires } = field;
    let seed = id;
    if (requires.length > 0) seed = `${id}|${stable(required ?? requires.map((one) => this.#required(one, id)))}`;
    if (field.owner === "Mutation") seed = `${++this.#mutations}`;
    return valueIn(type, seed, name, args, this.#kinds, manners);
  }

  resolveIn(schema: GraphQLSchema): void {
    for (const type of Object.values(schema.getTypeMap())) {
      if (isAbstractType(type)) type.resolveType = (one: Thing) => one.__typename;
      if (!isObjectType(type)) continue;
      for (const [name, field] of Object.entries(type.getFields())) {
        const made = this.#byOwner.get(type.name)?.get(name);
        if (made) field.resolve = (of: Thing | undefined, args: object) => this.value(made, of?.id ?? "", args);
      }
    }
  }

  #required({ field, args, below }: Requirement, id: string): unknown {
    const own = this.#byOwner.get(field.owner)?.get(field.name) ?? field;
    const value = this.#orNull(() => this.value(own, id, argumentsOf(args)));
    return withoutErrors(value, (one) =>
      below ? { [below.name]: this.#orNull(() => this.value(below, one.id, defaultsOf(below.args))) } : one,
    );
  }

  #orNull(make: () => unknown): unknown {
    try {
      return make();
    } catch {
      return null;
    }
  }
}

function withoutErrors(value: unknown, object: (one: Thing) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutErrors(item, object));
  if (value instanceof Error) return null;
  return typeof value === "object" && value !== null && "code" in value ? object(value as Thing) : value;
}

function argumentsOf(selection: string): object {
  if (selection === "n: 3") return { n: 3 };
  if (selection === "by: { least: 4 }") return { by: { least: 4 } };
  if (selection === "any: { a: [1] }") return { any: { a: [1] }, shade: "LIGHT" };
  return selection === "flag: true" ? { flag: true } : {};
}

function defaultsOf(args: string): object {
  if (args.includes("n: Int")) return { n: 2 };
  if (args.includes("any: Any")) return { shade: "LIGHT" };
  return args.includes("flag") ? { flag: false } : {};
}
