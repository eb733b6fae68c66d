import { GraphQLError } from "graphql";
import { faultText } from "../../plumbing/faults.ts";
import { Failure, type Trouble } from "./failure.ts";
import { isJsonObject, type JsonObject, own } from "./json.ts";
import type { FieldShape, SelectionShape, ValueShape } from "./shape.ts";

/** An answer as the client gets it. */
export interface Projected {
  /** As JSON text, which may be `null`. */
  readonly data: string;
  readonly errors: readonly GraphQLError[];
}

/**
 * Prints the answer by the operation's own shape: of what the subgraphs sent, only what was
 * asked for is read, so none can disclose more. Nulls travel up as the GraphQL specification says.
 * @param local the answers of the schema itself, by the client's keys.
 */
export function project(shape: SelectionShape, data: JsonObject, local: JsonObject): Projected {
  const projection = new Projection(local);
  return { data: projection.object(shape, data) ?? "null", errors: projection.errors() };
}

/** The text of a value; null for a null; `nulled` where none may be, so that the object around it becomes null. */
type PrintedValue = string | null | typeof nulled;

const nulled = Symbol("nulled");

/** An error on its way up from where it was met: the path grows with each level. */
interface Rising {
  readonly code: string;
  /** From the last segment to the first. */
  path: (string | number)[];
  readonly trouble: Trouble | undefined;
  /** Where the trouble is, seen from the object which lost this value with it, until that is reached. */
  beside: readonly unknown[] | undefined;
}

class Projection {
  readonly #local: JsonObject;
  readonly #rising: Rising[] = [];

  constructor(local: JsonObject) {
    this.#local = local;
  }

  /** Each once; what went missing with another value is told only where the other is not, as nobody asked for it. */
  errors(): readonly GraphQLError[] {
    if (this.#rising.length === 0) return [];
    const direct = this.#rising.filter(({ trouble }) => !trouble?.isCollateral);
    const told = new Set(direct.map(({ trouble }) => trouble?.origin));
    const collateral = new Map<string, Rising>();
    for (const one of this.#rising) {
      if (one.trouble?.isCollateral && !told.has(one.trouble.origin)) collateral.set(JSON.stringify(one.path), one);
    }
    return [...direct, ...collateral.values()].map(
      ({ code, path }) => new GraphQLError(faultText(code), { path: path.toReversed(), extensions: { code } }),
    );
  }

  object(selection: SelectionShape, value: unknown): string | null {
    const fields = isJsonObject(value) ? selection.fieldsOf(own(value, "__typename")) : undefined;
    if (fields === undefined || !isJsonObject(value)) return this.#unfit();
    let text = "";
    for (const field of fields) {
      const before = this.#rising.length;
      const printed = this.#value(field.value, own(value, field.source));
      if (this.#rising.length > before) this.#riseFromField(before, field.key, selection);
      if (printed === nulled) return null;
      text += field.head + (printed ?? "null");
    }
    return text === "" ? "{}" : `${text}}`;
  }

  #value(shape: ValueShape, value: unknown): PrintedValue {
    switch (shape.kind) {
      case "nonNull":
        return this.#nonNull(shape.of, value);
      case "typename":
        return shape.text ?? this.#unfit();
      case "local":
        return JSON.stringify(own(this.#local, shape.key) ?? null);
      default:
        if (value === null || value === undefined) return null;
        if (value instanceof Failure) return this.#failed(shape, value);
    }
    switch (shape.kind) {
      case "leaf":
        return shape.print(value) ?? this.#unfit();
      case "object":
        return this.object(shape.selection, value);
      case "list":
        return this.#list(shape.of, value);
      default:
        return shape satisfies never;
    }
  }

  #nonNull(of: ValueShape, value: unknown): PrintedValue {
    const before = this.#rising.length;
    const present = this.#value(of, value);
    if (present !== null) return present;
    // Where an error has been told already, it is the one that explains this null.
    if (this.#rising.length === before) this.#unfit();
    return nulled;
  }

  #list(of: ValueShape, value: unknown): string | null {
    if (!Array.isArray(value)) return this.#unfit();
    let text = "";
    for (let index = 0; index < value.length; index += 1) {
      const before = this.#rising.length;
      const printed = this.#value(of, value[index]);
      for (let at = before; at < this.#rising.length; at += 1) this.#rising[at]?.path.push(index);
      if (printed === nulled) return null;
      text += (index === 0 ? "[" : ",") + (printed ?? "null");
    }
    return text === "" ? "[]" : `${text}]`;
  }

  #failed(shape: ValueShape, failure: Failure): null {
    for (const trouble of failure.troubles) {
      const path = clientPath(shape, trouble.rest).reverse();
      this.#rising.push({ code: trouble.code, path, trouble, beside: trouble.beside });
    }
    return null;
  }

  #unfit(): null {
    this.#rising.push({ code: "SUBGRAPH_ERROR", path: [], trouble: undefined, beside: undefined });
    return null;
  }

  #riseFromField(from: number, key: string, selection: SelectionShape): void {
    for (const one of this.#rising.slice(from)) {
      const beside = one.beside && clientPath({ kind: "object", selection }, one.beside).reverse();
      if (beside && beside.length > 0) one.path = beside;
      else one.path.push(key);
      one.beside = undefined;
    }
  }
}

/** Translates the way from a null to the field that failed, as far as the client asked for it. */
function clientPath(shape: ValueShape, rest: readonly unknown[]): (string | number)[] {
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
