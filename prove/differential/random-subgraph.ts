import { GraphQLError } from "graphql";
import type { Field, Fields } from "./random-fields.ts";
import { type Thing, thing } from "./random-values.ts";
import type { SubgraphSource } from "./subgraphs.ts";

interface TypeText {
  /** The keys of an entity, none for any other type. */
  keys: Set<string>;
  interfaces: Set<string>;
  directives: string;
  readonly fields: Map<string, string>;
  readonly resolvers: Record<string, unknown>;
}

/** What a reference brings of the fields that others own, beside the object itself. */
type Referred = Thing & Record<string, unknown> & { provided?: readonly string[] };

/** Writes the schema text of one subgraph of a random world, and its resolvers. */
export class SubgraphWriter {
  readonly name: string;
  /** The fields of the value types, which are declared where they are used. */
  readonly valueTypes = new Map<string, readonly Field[]>();
  readonly unions = new Map<string, readonly string[]>();
  readonly #fields: Fields;
  readonly #types = new Map<string, TypeText>();
  readonly #abstract = new Map<string, string>();
  readonly #provided = new Map<Field, string>();

  constructor(name: string, fields: Fields) {
    this.name = name;
    this.#fields = fields;
  }

  addEntity(entity: string, keys: readonly string[], directives = ""): void {
    const type = this.#type(entity);
    for (const key of keys) type.keys.add(key);
    type.directives = directives;
    for (const key of type.keys) {
      if (key === "place { town }") type.fields.set("place", "place: Place!");
      else for (const name of key.split(" ")) type.fields.set(name, `${name}: ID!`);
    }
    type.resolvers["__resolveReference"] = (reference: Partial<Referred>) => ({
      ...reference,
      ...thing(reference.id ?? (reference.code ?? reference.place?.town)?.slice(2) ?? ""),
      __typename: entity,
    });
  }

  addInterface(name: string, members: readonly string[], text: string): void {
    this.#abstract.set(name, text);
    for (const member of members) this.#type(member).interfaces.add(name);
  }

  knows(name: string): boolean {
    return this.#types.has(name) || this.#abstract.has(name) || this.unions.has(name);
  }

  has(type: string, field: string): boolean {
    return this.#types.get(type)?.fields.has(field) ?? false;
  }

  addField(owner: string, field: Field, directives = ""): void {
    this.#fields.own(field);
    const required = field.requires.map(({ field: { name }, args, below }) =>
      [name, args && `(${args})`, below && `{ ${below.name} }`].filter(Boolean).join(" "),
    );
    const requires = required.length > 0 ? `@requires(fields: ${JSON.stringify(required.join(" "))})` : "";
    this.#declare(owner, field, `${directives} ${requires}`, (of, args) => {
      if (field.requires.length === 0) return this.#provide(field, this.#fields.value(field, of?.id ?? "", args));
      const found = field.requires.map(({ field: { name } }) => withoutTypenames(of[name] ?? null));
      return this.#fields.value(field, of.id, args, found);
    });
  }

  /** A field that another subgraph has taken over: whoever asks for it here has a wrong plan. */
  addPoison(owner: string, field: Field): void {
    field.isMoved = true;
    this.#declare(owner, field, "", poison);
  }

  /** A field of another subgraph which this one needs, or gives along with some references. */
  borrow(owner: string, field: Field): void {
    if (this.has(owner, field.name)) return;
    this.#declare(owner, field, "@external", (of, args) => {
      if (of.provided?.includes(field.name)) return this.#fields.value(field, of.id, args);
      return field.name in of ? of[field.name] : poison();
    });
  }

  provide(by: Field, name: string): void {
    this.#provided.set(by, name);
  }

  finish(): SubgraphSource {
    if (!this.#types.has("Query")) this.#type("Query").fields.set(`q${this.name}`, `q${this.name}: Int`);
    const types = [...this.#types].map(([name, type]) => typeText(name, type));
    const resolvers = Object.fromEntries([...this.#types].map(([name, type]) => [name, type.resolvers]));
    for (const name of [...this.#abstract.keys()]) {
      resolvers[name] = {
        __resolveType: (one: Thing) => one.__typename,
        // An interface with a key is referred to by those who know it only as an object.
        __resolveReference: ({ id }: Thing) => thing(id),
      };
    }
    return { name: this.name, typeDefs: [common, ...this.#abstract.values(), ...types].join("\n"), resolvers };
  }

  #declare(owner: string, field: Field, directives: string, resolve: (of: Referred, args: object) => unknown): void {
    const { name, args, type } = field;
    this.#refer(type.replace(/[[\]!]/g, ""));
    const text = this.#type(owner);
    text.fields.set(name, `${name}${args}: ${type} ${directives}`);
    text.resolvers[name] = resolve;
  }

  /** Declares what a field of this type needs to be there. */
  #refer(named: string): void {
    const union = this.unions.get(named);
    if (union && !this.#abstract.has(named)) {
      this.#abstract.set(named, `union ${named} = ${union.join(" | ")}`);
      for (const member of union) this.#refer(member);
    }
    if (/^E\d/.test(named) && !this.#types.has(named)) this.addEntity(named, ["id"]);
    const fields = this.valueTypes.get(named);
    if (!fields || this.#types.has(named)) return;
    for (const field of fields) this.addField(named, field, "@shareable");
  }

  #provide(field: Field, value: unknown): unknown {
    const name = this.#provided.get(field);
    if (name === undefined) return value;
    if (Array.isArray(value)) return value.map((item) => this.#provide(field, item));
    return typeof value === "object" && value !== null && "id" in value ? { ...value, provided: [name] } : value;
  }

  #type(name: string): TypeText {
    const known = this.#types.get(name);
    if (known) return known;
    const type = {
      keys: new Set<string>(),
      interfaces: new Set<string>(),
      directives: "",
      fields: new Map(),
      resolvers: {},
    };
    this.#types.set(name, type);
    return type;
  }
}

const common = `
  scalar Any
  enum Shade { LIGHT DARK SECRET @inaccessible }
  type Place @shareable { town: ID! }
  input Filter { least: Int = 1 shade: Shade names: [String!] }
`;

function typeText(name: string, { keys, interfaces, directives, fields }: TypeText): string {
  const over = interfaces.size > 0 ? `implements ${[...interfaces].join(" & ")}` : "";
  const by = [...keys].map((key) => `@key(fields: "${key}")`).join(" ");
  return `type ${name} ${over} ${by} ${directives} { ${[...fields.values()].join("\n")} }`;
}

function poison(): never {
  throw new GraphQLError("Asked where it must not be", { extensions: { code: "POISON" } });
}

function withoutTypenames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypenames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (key === "__typename" ? [] : [[key, withoutTypenames(part)]])),
  );
}
