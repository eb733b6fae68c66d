import { GraphQLError } from "graphql";
import { faultText } from "../../plumbing/faults.ts";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own, put } from "./json.ts";
import type { FieldShape, SelectionShape, ValueShape } from "./shape.ts";

/** An answer as the client gets it. */
export interface Projected {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQLError[];
}

/**
 * Builds the answer from the operation's own shape: of what the subgraphs sent, only what was
 * asked for is read, so none can disclose more. Nulls travel up as the GraphQL specification says.
 * @param local the answers of the schema itself, by the client's keys.
 */
export function project(shape: SelectionShape, data: JsonObject, local: JsonObject): Projected {
  const projection = new Projection(local);
  const projected = projection.object(shape, data);
  return { data: isJsonObject(projected) ? projected : null, errors: projection.end() };
}

type Path = readonly (string | number)[];

/** A null where none may be: the object around it becomes null in its turn. */
const nulled = Symbol("nulled");

class Projection {
  readonly #local: JsonObject;
  readonly #path: (string | number)[] = [];
  readonly #errors: GraphQLError[] = [];
  /** Errors of subgraphs that have been told at the field which failed. */
  readonly #told = new Set<object>();
  /** Values that went missing with another: to be told where the other is not, as nobody asked for it. */
  readonly #collateral: { readonly code: string; readonly path: Path; readonly origin: object }[] = [];

  constructor(local: JsonObject) {
    this.#local = local;
  }

  end(): readonly GraphQLError[] {
    for (const { code, path, origin } of this.#collateral) if (!this.#told.has(origin)) this.#tell(code, path);
    return this.#errors;
  }

  object(selection: SelectionShape, value: unknown): unknown {
    const fields = isJsonObject(value) ? selection.fieldsOf(own(value, "__typename")) : undefined;
    if (fields === undefined || !isJsonObject(value)) return this.#unfit();
    const projected: JsonObject = {};
    for (const field of fields) {
      this.#path.push(field.key);
      const fieldValue = this.#value(field.value, own(value, field.source));
      this.#path.pop();
      if (fieldValue === nulled) return null;
      put(projected, field.key, fieldValue);
    }
    return projected;
  }

  #value(shape: ValueShape, value: unknown): unknown {
    if (shape.kind === "nonNull") return this.#nonNull(shape.of, value);
    if (shape.kind === "typename") return shape.name ?? this.#unfit();
    if (shape.kind === "local") return own(this.#local, String(this.#path.at(-1))) ?? null;
    if (value === null || value === undefined) return null;
    if (value instanceof Failure) return this.#failed(shape, value);
    switch (shape.kind) {
      case "list":
        return this.#list(shape.of, value);
      case "leaf":
        try {
          return shape.read(value);
        } catch {
          return this.#unfit();
        }
      case "object":
        return this.object(shape.selection, value);
      default:
        return shape satisfies never;
    }
  }

  #nonNull(of: ValueShape, value: unknown): unknown {
    const before = this.#errors.length + this.#collateral.length;
    const present = this.#value(of, value);
    if (present !== null) return present;
    // Where an error has been told already, it is the one that explains this null.
    if (this.#errors.length + this.#collateral.length === before) this.#unfit();
    return nulled;
  }

  #list(of: ValueShape, value: unknown): unknown {
    if (!Array.isArray(value)) return this.#unfit();
    const items: unknown[] = [];
    for (const [index, item] of value.entries()) {
      this.#path.push(index);
      const projected = this.#value(of, item);
      this.#path.pop();
      if (projected === nulled) return null;
      items.push(projected);
    }
    return items;
  }

  #failed(shape: ValueShape, failure: Failure): null {
    for (const { code, rest, origin, isCollateral } of failure.troubles) {
      const path = [...this.#path, ...clientPath(shape, rest)];
      if (isCollateral) this.#collateral.push({ code, path, origin });
      else {
        this.#told.add(origin);
        this.#tell(code, path);
      }
    }
    return null;
  }

  #unfit(): null {
    this.#tell("SUBGRAPH_ERROR", [...this.#path]);
    return null;
  }

  #tell(code: string, path: Path): void {
    this.#errors.push(new GraphQLError(faultText(code), { path, extensions: { code } }));
  }
}

/** Translates the way from a null to the field that failed, as far as the client asked for it. */
function clientPath(shape: ValueShape, rest: readonly unknown[]): Path {
  const [segment, ...further] = rest;
  switch (shape.kind) {
    case "nonNull":
      return clientPath(shape.of, rest);
    case "list":
      return typeof segment === "number" ? [segment, ...clientPath(shape.of, further)] : [];
    case "object": {
      const field = fieldFrom(shape.selection, segment);
      return field ? [field.key, ...clientPath(field.value, further)] : [];
    }
    default:
      return [];
  }
}

function fieldFrom(selection: SelectionShape, source: unknown): FieldShape | undefined {
  for (const type of selection.possibleTypes) {
    const found = selection.fieldsOf(type.name)?.find((field) => field.source === source);
    if (found) return found;
  }
  return undefined;
}
