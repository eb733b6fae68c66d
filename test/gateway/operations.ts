import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
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
import { Random } from "./random.ts";

/** Makes random but valid-looking operations of a schema; the same seed makes the same operation. */
export class OperationMaker {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #ids: readonly string[];
  #fragments: string[] = [];
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
    this.#budget = this.#random.between(5, 44);
    this.#aliases = 0;
    const mutation = this.#schema.getMutationType();
    const root = mutation && this.#chance(0.15) ? mutation : this.#schema.getQueryType();
    if (!root) throw new Error("The schema has no queries");
    const selection = this.#selection(root, 4);
    const text = `${selection}\n${this.#fragments.join("\n")}`;
    const variables = ["$yes: Boolean! = true", "$no: Boolean!", "$n: Int! = 2"];
    const used = variables.filter((variable) => text.includes(variable.slice(0, variable.indexOf(":"))));
    return `${root === mutation ? "mutation" : "query"} Q${used.length > 0 ? `(${used.join(", ")})` : ""} ${text}`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const parts = this.#fields(type, depth);
    if (isAbstractType(type)) {
      for (const member of this.#schema.getPossibleTypes(type)) {
        if (this.#chance(0.6))
          parts.push(`... on ${member.name}${this.#condition()} ${this.#selection(member, depth)}`);
      }
    } else if (this.#chance(0.2)) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push("");
      const text = `fragment ${name} on ${type.name} ${this.#selection(type, depth - 1)}`;
      this.#fragments[Number(name.slice(1))] = text;
      parts.push(`...${name}${this.#condition()}`);
    }
    return `{ ${parts.length > 0 ? parts.join(" ") : "__typename"} }`;
  }

  #fields(type: GraphQLCompositeType, depth: number): string[] {
    const parts: string[] = [];
    if (this.#chance(0.25)) parts.push(this.#chance(0.3) ? "kind: __typename" : "__typename");
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
    if (isListType(type))
      return `[${Array.from({ length: this.#random.between(0, 2) }, () => this.#input(type.ofType))}]`;
    if (isEnumType(type)) return this.#pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((one) => isRequiredInputField(one) || this.#chance(0.5));
      return `{ ${fields.map((one) => `${one.name}: ${this.#input(one.type)}`).join(", ")} }`;
    }
    if (type.name === "ID") return `"${this.#pick(this.#ids)}"`;
    if (type.name === "Boolean") return this.#pick(["true", "false", "$yes", "$no"]);
    return type.name === "Int" ? this.#pick(["0", "1", "3", "$n"]) : '"text"';
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
