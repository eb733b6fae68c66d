import type { InputRewrite, RequiresSelection } from "@graphql-hive/router-query-planner";
import { Failure } from "./failure.ts";
import { isJsonObject, type JsonObject, own, quote } from "./json.ts";
import type { PossibleTypes } from "./possible-types.ts";
import { compileRewrites } from "./rewrites.ts";

/** The JSON text by which a subgraph knows an entity, or undefined where too little is known of it. */
export type Represent = (entity: JsonObject) => string | undefined;

export function compileRepresentation(
  requires: readonly RequiresSelection[],
  inputRewrites: readonly InputRewrite[] | undefined,
  types: PossibleTypes,
): Represent {
  const printer = new Printer(requires, types);
  if (!inputRewrites || inputRewrites.length === 0) return (entity) => printer.print(entity);
  const rewrite = compileRewrites(inputRewrites, types);
  return (entity) => printer.print(rewrite(entity));
}

type Selections = readonly RequiresSelection[];

/** A required field of an object of one type. */
interface Part {
  /** Where the value stands: a field whose name the client uses for another is fetched under a name of the plan. */
  readonly sources: readonly string[];
  /** The name under which it is required, as JSON text. */
  readonly head: string;
  readonly printer: Printer;
}

/** What is printed of the objects of one type. */
interface Layout {
  readonly head: string;
  readonly parts: readonly Part[];
}

/** Prints what a list of selections requires of a value, straight from the data. */
class Printer {
  readonly #selections: Selections;
  readonly #types: PossibleTypes;
  readonly #isTypenameOnly: boolean;
  readonly #layouts = new Map<string, Layout>();
  #untyped: Layout | undefined;

  constructor(selections: Selections, types: PossibleTypes) {
    this.#selections = selections;
    this.#types = types;
    this.#isTypenameOnly = isTypenameOnly(selections);
  }

  print(value: unknown): string | undefined {
    if (typeof value === "string") return quote(value);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return `[${value.map((item) => this.print(item) ?? "null").join(",")}]`;
    // An object without selections is the value of a custom scalar.
    if (!isJsonObject(value) || this.#selections.length === 0) return JSON.stringify(value);
    const { head, parts } = this.#layoutFor(own(value, "__typename"));
    let text = head;
    for (const part of parts) {
      const printed = part.printer.print(firstOf(value, part.sources));
      if (printed !== undefined) text += (text === "{" ? "" : ",") + part.head + printed;
    }
    return text === head && !this.#isTypenameOnly ? undefined : `${text}}`;
  }

  #layoutFor(typename: unknown): Layout {
    if (typeof typename !== "string") {
      this.#untyped ??= { head: "{", parts: this.#partsOf(undefined) };
      return this.#untyped;
    }
    const known = this.#layouts.get(typename);
    if (known !== undefined) return known;
    const layout = { head: `{"__typename":${quote(typename)}`, parts: this.#partsOf(typename) };
    // A subgraph may send any name, and must not fill the memory with them.
    if (this.#types.knows(typename)) this.#layouts.set(typename, layout);
    return layout;
  }

  #partsOf(typename: string | undefined): Part[] {
    const fields = new Map<string, { readonly sources: Set<string>; readonly below: RequiresSelection[] }>();
    const collect = (selections: Selections): void => {
      for (const selection of selections) {
        if (selection.kind === "FragmentSpread") throw new Error("The plan requires a named fragment");
        if (selection.kind === "InlineFragment") {
          if (this.#overlap(typename, selection.typeCondition)) collect(selection.selections);
          continue;
        }
        const key = selection.alias ?? selection.name;
        if (key === "__typename") continue;
        const { sources, below } = fields.get(key) ?? { sources: new Set<string>(), below: [] };
        sources.add(selection.name).add(key);
        fields.set(key, { sources, below: [...below, ...(selection.selections ?? [])] });
      }
    };
    collect(this.#selections);
    return [...fields].map(([key, { sources, below }]) => ({
      sources: [...sources],
      head: `${quote(key)}:`,
      printer: new Printer(below, this.#types),
    }));
  }

  #overlap(typename: string | undefined, condition: string): boolean {
    return typename === undefined || this.#types.fits(typename, condition) || this.#types.fits(condition, typename);
  }
}

function firstOf(object: JsonObject, sources: readonly string[]): unknown {
  for (const source of sources) {
    const value = own(object, source);
    if (value !== undefined) return value instanceof Failure ? null : value;
  }
  return undefined;
}

function isTypenameOnly(selections: Selections): boolean {
  return selections.every((selection) =>
    selection.kind === "InlineFragment"
      ? isTypenameOnly(selection.selections)
      : selection.kind === "Field" && selection.name === "__typename",
  );
}
