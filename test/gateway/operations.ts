import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
} from "graphql";

/** Makes random but valid-looking operations of a schema; the same seed makes the same operation. */
export class OperationMaker {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  #fragments: string[] = [];
  /** How many more fields the operation may have. */
  #budget = 0;
  #aliases = 0;

  constructor(schema: GraphQLSchema, seed: number) {
    this.#schema = schema;
    this.#random = mulberry32(seed);
  }

  make(): string {
    this.#fragments = [];
    this.#budget = 5 + Math.floor(this.#random() * 40);
    this.#aliases = 0;
    const root = this.#schema.getQueryType();
    if (!root) throw new Error("The schema has no queries");
    const selection = this.#selection(root, 4);
    const text = `${selection}\n${this.#fragments.join("\n")}`;
    const variables = ["$yes: Boolean! = true", "$no: Boolean!", "$n: Int! = 2"];
    const used = variables.filter((variable) => text.includes(variable.slice(0, variable.indexOf(":"))));
    return `query Q${used.length > 0 ? `(${used.join(", ")})` : ""} ${text}`;
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
      for (let times = this.#chance(0.15) ? 2 : this.#chance(leaf ? 0.45 : 0.35) ? 1 : 0; times > 0; times -= 1) {
        parts.push(this.#field(field, depth));
      }
    }
    return parts;
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#budget -= 1;
    const type = getNamedType(field.type);
    const alias = this.#chance(0.35) ? `${this.#alias()}: ` : "";
    const given = field.args.flatMap((argument) => {
      if (argument.defaultValue !== undefined && this.#chance(0.5)) return [];
      if (String(argument.type).startsWith("ID"))
        return [`${argument.name}: "${this.#pick(["p2", "b1", "f1", "no"])}"`];
      return [`${argument.name}: ${this.#pick(["0", "1", "3", "$n"])}`];
    });
    const text = given.length > 0 ? `(${given.join(", ")})` : "";
    const below = isCompositeType(type) ? ` ${this.#selection(type, depth - 1)}` : "";
    return `${alias}${field.name}${text}${this.#condition()}${below}`;
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
    return this.#random() < share;
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }
}

/** A small generator of numbers from 0 to 1, of which only the sameness matters. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
