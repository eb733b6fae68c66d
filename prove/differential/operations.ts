import {
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from "graphql";
import { Random } from "../random.ts";

/** The variables that operations use, each declared where it is: some are given, some are left to their default. */
const declarations = [
  "$yes: Boolean! = true",
  "$no: Boolean!",
  "$n: Int! = 2",
  // The name of a variable that plans have, too.
  "$representations: Int",
  "$nothing: Int",
  "$shade: Shade = DARK",
  "$by: Filter",
  "$ids: [ID!]",
  "$any: Any",
];

/** What is sent with each operation. */
export const variables = { no: false, representations: 1, by: { least: 2, names: ["a"] }, any: { b: [null, "c"] } };

/** Makes random but valid-looking operations of a schema; the same seed makes the same operation. */
export class OperationMaker {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #ids: readonly string[];
  #fragments: string[] = [];
  /** The names of the fragments that are complete, by their type. */
  readonly #complete = new Map<string, string[]>();
  /** How many more fields the operation may have. */
  #budget = 0;
  #aliases = 0;

  /** @param ids what is asked for by id. */
  constructor(schema: GraphQLSchema, seed: number, ids: readonly string[] = ["x"]) {
    this.#schema = schema;
    this.#random = new Random(seed);
    this.#ids = ids;
  }

  make(): string {
    this.#fragments = [];
    this.#complete.clear();
    this.#budget = this.#random.between(5, 44);
    this.#aliases = 0;
    const mutation = this.#schema.getMutationType();
    const root = mutation && this.#chance(0.15) ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error("The schema has no queries");
    const selection = this.#selection(root, 4);
    const text = `${selection}\n${this.#fragments.join("\n")}`;
    const used = declarations.filter((one) => new RegExp(`\\${one.slice(0, one.indexOf(":"))}\\b`).test(text));
    return `${root === mutation ? "mutation" : "query"} Q${used.length > 0 ? `(${used.join(", ")})` : ""} ${text}`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts = this.#fields(type, depth);
    if (isAbstractType(type)) {
      for (const member of this.#schema.getPossibleTypes(type)) {
        if (this.#chance(0.6))
          parts.push(`... on ${member.name}${this.#condition()} ${this.#selection(member, depth)}`);
      }
    }
    if (this.#chance(isAbstractType(type) ? 0.1 : 0.2)) {
      parts.push(`...${this.#fragment(type, depth - 1)}${this.#condition()}`);
    }
    if (this.#chance(0.06)) parts.push(`...${this.#condition()} ${this.#selection(type, depth - 1)}`);
    const wider = this.#chance(0.08) ? this.#overlapping(type) : undefined;
    if (wider) parts.push(`... on ${wider.name}${this.#condition()} ${this.#selection(wider, depth - 1)}`);
    return `{ ${parts.length > 0 ? parts.join(" ") : "__typename"} }`;
  }

  /** The name of a fragment, a new one or one that stands elsewhere in the operation as well. */
  #fragment(type: GraphQLCompositeType, depth: number): string {
    const known = this.#complete.get(type.name) ?? [];
    if (known.length > 0 && this.#chance(0.5)) return this.#pick(known);
    const place = this.#fragments.push("") - 1;
    this.#fragments[place] = `fragment F${place} on ${type.name} ${this.#selection(type, depth)}`;
    this.#complete.set(type.name, [...known, `F${place}`]);
    return `F${place}`;
  }

  /** An interface or union some of whose objects are of this type, too. */
  #overlapping(type: GraphQLCompositeType): GraphQLAbstractType | undefined {
    const possible = (one: GraphQLCompositeType): readonly GraphQLObjectType[] =>
      isAbstractType(one) ? this.#schema.getPossibleTypes(one) : [one];
    const mine = new Set(possible(type));
    const others = Object.values(this.#schema.getTypeMap()).filter(
      (one): one is GraphQLAbstractType =>
        isAbstractType(one) &&
        one !== type &&
        !one.name.startsWith("_") &&
        possible(one).some((each) => mine.has(each)),
    );
    return others.length > 0 ? this.#pick(others) : undefined;
  }

  #fields(type: GraphQLCompositeType, depth: number): string[] {
    const parts: string[] = [];
    if (this.#chance(0.25)) parts.push(this.#chance(0.3) ? "kind: __typename" : "__typename");
    if (type === this.#schema.getQueryType() && this.#chance(0.08)) parts.push(this.#introspection());
    const fields = "getFields" in type ? Object.values(type.getFields()) : [];
    for (const field of fields) {
      const leaf = !isCompositeType(getNamedType(field.type));
      if (this.#budget <= 0 || (!leaf && depth <= 0)) continue;
      if (!this.#chance(leaf ? 0.55 : 0.45)) continue;
      parts.push(this.#field(field, depth, this.#chance(0.3)));
      // The same field with other arguments and another selection needs an alias.
      if (this.#chance(0.15)) parts.push(this.#field(field, depth, this.#chance(0.9)));
    }
    return parts;
  }

  /** What the schema says of itself, of one type or of all. */
  #introspection(): string {
    const type = "name kind fields { name isDeprecated args { name defaultValue } type { kind name ofType { name } } }";
    const more = "possibleTypes { name } interfaces { name } enumValues { name }";
    const alias = this.#chance(0.5) ? `${this.#alias()}: ` : "";
    const name = this.#pick(Object.keys(this.#schema.getTypeMap()));
    return this.#chance(0.5)
      ? `${alias}__type(name: "${name}")${this.#condition()} { ${type} ${more} }`
      : `${alias}__schema${this.#condition()} { queryType { name } types { ${type} ${more} } }`;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number, isAliased: boolean): string {
    this.#budget -= 1;
    const type = getNamedType(field.type);
    const alias = isAliased ? `${this.#alias()}: ` : "";
    const given = field.args.flatMap(({ name, type: taken, defaultValue }) =>
      (defaultValue !== undefined || !isNonNullType(taken)) && this.#chance(0.5)
        ? []
        : `${name}: ${this.#input(taken)}`,
    );
    const text = given.length > 0 ? `(${given.join(", ")})` : "";
    const below = isCompositeType(type) ? ` ${this.#selection(type, depth - 1)}` : "";
    return `${alias}${field.name}${text}${this.#condition()}${below}`;
  }

  #input(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#input(type.ofType);
    if (isListType(type) && this.#chance(0.2)) return "$ids";
    if (isListType(type))
      return `[${Array.from({ length: this.#random.between(0, 2) }, () => this.#input(type.ofType))}]`;
    if (isEnumType(type)) return this.#chance(0.2) ? "$shade" : this.#pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      if (this.#chance(0.2)) return "$by";
      const fields = Object.values(type.getFields()).filter((one) => isRequiredInputField(one) || this.#chance(0.5));
      return `{ ${fields.map((one) => `${one.name}: ${this.#input(one.type)}`).join(", ")} }`;
    }
    if (type.name === "ID") return `"${this.#pick(this.#ids)}"`;
    if (type.name === "Boolean") return this.#pick(["true", "false", "$yes", "$no"]);
    if (type.name === "Any") return this.#pick(["$any", "null", "7", '{ a: [1, "x"] }', "[]"]);
    return type.name === "Int" ? this.#pick(["0", "1", "3", "$n", "$representations", "$nothing"]) : '"text"';
  }

  /** Mostly an alias of its own, now and then one that clashes with a field or with a property of objects. */
  #alias(): string {
    if (this.#chance(0.2)) return this.#pick(["id", "name", "weight", "price", "constructor", "__proto__", "_as_x"]);
    this.#aliases += 1;
    return `a${this.#aliases}`;
  }

  #condition(): string {
    if (this.#chance(0.85)) return "";
    return ` @${this.#pick(["skip", "include"])}(if: ${this.#pick(["$yes", "$no", "true", "false"])})`;
  }

  #chance(share: number): boolean {
    return this.#random.chance(share);
  }

  #pick<T>(items: readonly T[]): T {
    return this.#random.pick(items);
  }
}
