import type { GraphQLSchema } from "graphql";
import { Random } from "../random.ts";
import { type Field, Fields } from "./random-fields.ts";
import { SubgraphWriter } from "./random-subgraph.ts";
import { type Kinds, leaves } from "./random-values.ts";
import { makeSubgraph, type Subgraph } from "./subgraphs.ts";

/** Subgraphs that were thrown together, and the same world as the resolvers of one schema. */
export interface RandomWorld {
  readonly subgraphs: readonly Subgraph[];
  /** Gives the resolvers to the schema that a client sees. */
  resolveIn(schema: GraphQLSchema): void;
  /** Undoes what mutations have changed. */
  reset(): void;
  /** The names of the fields that are worked out from others. */
  readonly workedOut: readonly string[];
}

/**
 * Makes a federated world from a seed: entities with several keys over two to four subgraphs, value
 * types, interfaces, unions and an interface object, with fields that are owned, shared, moved by
 * @override, given away by @provides, or worked out from others by @requires.
 */
export function makeWorld(seed: number): RandomWorld {
  return new WorldMaker(new Random(seed)).make();
}

const argumentLists = [
  ["(n: Int! = 2)", "n: 3"],
  ["(by: Filter)", "by: { least: 4 }"],
  ["(ids: [ID!], flag: Boolean = false)", "flag: true"],
  ["(any: Any, shade: Shade = LIGHT)", "any: { a: [1] }"],
] as const;

class WorldMaker {
  readonly #random: Random;
  readonly #kinds = new Map(leaves) as Map<string, readonly string[] | ((random: Random) => unknown)>;
  readonly #fields: Fields;
  readonly #writers: SubgraphWriter[];
  readonly #entities: string[];
  readonly #presence = new Map<string, SubgraphWriter[]>();
  /** The one subgraph to which some entities are known only by their interface. */
  readonly #blind: { readonly by: SubgraphWriter; readonly entities: readonly string[] } | undefined;
  /** What a subgraph gives along with references to a type. */
  readonly #provided = new Map<string, Field>();
  #names = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#fields = new Fields(this.#kinds as Kinds);
    this.#entities = Array.from({ length: random.between(2, 4) }, (_, index) => `E${index + 1}`);
    this.#writers = Array.from(
      { length: random.between(2, 4) },
      (_, index) => new SubgraphWriter(`s${index}`, this.#fields),
    );
    const [by] = this.#writers;
    const members = this.#entities.slice(0, 2);
    this.#blind = by && random.chance(0.2) ? { by, entities: members } : undefined;
  }

  make(): RandomWorld {
    this.#makeValueTypes();
    for (const entity of this.#entities) this.#placeEntity(entity);
    this.#makeInterface();
    this.#makeInterfaceObject();
    this.#makeUnion();
    for (const entity of this.#entities) this.#giveFields(entity);
    for (const entity of this.#entities) this.#giveRequirements(entity);
    this.#makeRoots();
    return {
      subgraphs: this.#writers.map((writer) => makeSubgraph(writer.finish())),
      resolveIn: (schema) => this.#fields.resolveIn(schema),
      reset: () => this.#fields.reset(),
      workedOut: this.#entities.flatMap((entity) =>
        this.#fields.of(entity).flatMap(({ name, requires }) => (requires.length > 0 ? [name] : [])),
      ),
    };
  }

  #makeValueTypes(): void {
    const refersTo = this.#random.pick(this.#entities);
    const isSafe = !this.#blind?.entities.includes(refersTo);
    const v1: Field[] = [
      this.#leafField("V1", "tame"),
      this.#leafField("V1", "tame"),
      ...(isSafe ? [this.#field("V1", { type: this.#wrapped(refersTo), args: "" })] : []),
    ];
    for (const field of v1) this.#fields.own(field);
    for (const writer of this.#writers) writer.valueTypes.set("V1", v1);
  }

  #placeEntity(entity: string): void {
    const open = this.#writersFor(entity);
    const home = this.#random.pick(open);
    const others = open.filter((writer) => writer !== home && this.#random.chance(0.6));
    home.addEntity(entity, ["id", "code"]);
    for (const writer of others) {
      writer.addEntity(entity, this.#random.pick([["id"], ["code"], ["id", "code"], ["id code"]]));
    }
    this.#presence.set(entity, [home, ...others]);
  }

  /** An interface in one or two subgraphs, with a field of its own in each and one that they share. */
  #makeInterface(): void {
    const members = this.#random.some(this.#entities);
    const open = this.#writers.filter((writer) => members.every((one) => this.#isOpen(writer, one)));
    if (open.length === 0) return;
    const writers = this.#random.some(open, 0.4);
    this.#kinds.set("I1", members);
    const shared = members.map((entity) => this.#leafField(entity, "tame", "label", "String"));
    const own = writers.map((writer) => ({ writer, name: `of${writer.name}`, type: this.#leafType() }));
    for (const writer of writers) {
      for (const entity of members) this.#ensurePresent(writer, entity);
      const [mine] = own.filter((one) => one.writer === writer);
      const fields = ["label: String", ...(mine ? [`${mine.name}: ${mine.type}`] : [])];
      writer.addInterface("I1", members, `interface I1 { id: ID! ${fields.join(" ")} }`);
      for (const [index, entity] of members.entries()) {
        const label = shared[index];
        if (label) writer.addField(entity, label, writers.length > 1 ? "@shareable" : "");
        if (mine) writer.addField(entity, this.#leafField(entity, "wild", mine.name, mine.type));
      }
    }
  }

  #makeInterfaceObject(): void {
    if (this.#blind === undefined) return;
    const { by, entities } = this.#blind;
    const knower = this.#random.pick(this.#writers.filter((writer) => writer !== by));
    this.#kinds.set("J1", entities);
    for (const entity of entities) this.#ensurePresent(knower, entity);
    knower.addInterface("J1", entities, `interface J1 @key(fields: "id") { id: ID! jlabel: String }`);
    for (const entity of entities) knower.addField(entity, this.#leafField(entity, "tame", "jlabel", "String"));
    by.addEntity("J1", ["id"], "@interfaceObject");
    const others = this.#entities.filter((entity) => this.#isOpen(by, entity));
    const fields = [
      { name: "jleaf", type: this.#leafType() },
      ...(others.length > 0 ? [{ name: "jref", type: this.#wrapped(this.#random.pick(others)) }] : []),
    ];
    for (const { name, type } of fields) {
      by.addField("J1", this.#field("J1", { name, type, args: "" }));
      for (const entity of entities) this.#fields.own(this.#field(entity, { name, type, args: "" }));
    }
  }

  #makeUnion(): void {
    const members = this.#random.some(this.#entities, 0.7);
    const writers = this.#writers.filter((writer) => members.every((one) => this.#isOpen(writer, one)));
    this.#kinds.set("U1", [...members, "V1"]);
    for (const writer of writers) writer.unions.set("U1", [...members, "V1"]);
  }

  #giveFields(entity: string): void {
    const present = this.#presence.get(entity) ?? [];
    for (let left = this.#random.between(3, 6); left > 0; left -= 1) {
      const [owner, other] = this.#random.shuffle(present);
      if (owner === undefined) return;
      const isShared = other !== undefined && this.#random.chance(0.25);
      const isMoved = !isShared && other !== undefined && this.#random.chance(0.15);
      const hosts = isShared || isMoved ? [owner, other] : [owner];
      const field = this.#anyField(entity, hosts);
      if (isShared) {
        for (const host of hosts) host.addField(entity, field, "@shareable");
      } else if (isMoved) {
        owner.addField(entity, field, `@override(from: "${other.name}")`);
        other.addPoison(entity, field);
      } else {
        owner.addField(entity, field, this.#provision(owner, field));
      }
    }
  }

  /** A field of another subgraph that is given along with a reference, now and then. */
  #provision(owner: SubgraphWriter, field: Field): string {
    const target = /^\[?(E\d+)/.exec(field.type)?.[1];
    if (target === undefined || !this.#random.chance(0.5)) return "";
    const foreign = this.#foreignFields(owner, target).filter(({ args, type }) => args === "" && isLeaf(type));
    // The planner takes what one field provides of a type for provided by every other that provides any of it.
    const key = `${owner.name}.${target}`;
    const provided = this.#provided.get(key) ?? (foreign.length > 0 ? this.#random.pick(foreign) : undefined);
    if (provided === undefined) return "";
    this.#provided.set(key, provided);
    owner.borrow(target, provided);
    owner.provide(field, provided.name);
    return `@provides(fields: "${provided.name}")`;
  }

  #giveRequirements(entity: string): void {
    for (const writer of this.#presence.get(entity) ?? []) {
      const foreign = this.#foreignFields(writer, entity).filter(
        ({ manners, type }) => manners === "tame" && (isLeaf(type) || type.includes("V1")),
      );
      if (foreign.length === 0 || !this.#random.chance(0.6)) continue;
      const v1 = this.#fields.of("V1").filter(({ type }) => isLeaf(type));
      const requires = this.#random.some(foreign, 0.4).map((field) => ({
        field,
        args: argumentLists.find(([list]) => list === field.args)?.[1] ?? "",
        below: field.type.includes("V1") ? this.#random.pick(v1) : undefined,
      }));
      for (const { field } of requires) writer.borrow(entity, field);
      const type = this.#random.pick(["String", "String!", "[Int!]", "Any"]);
      const manners = type.endsWith("!") ? "wild" : "tame";
      writer.addField(entity, { ...this.#field(entity, { type, args: "" }), manners, requires });
    }
  }

  #foreignFields(writer: SubgraphWriter, entity: string): Field[] {
    return this.#fields.of(entity).filter((field) => !writer.has(entity, field.name) && isPlain(field));
  }

  #makeRoots(): void {
    for (const writer of this.#writers) {
      for (let left = this.#random.between(1, 3); left > 0; left -= 1) {
        const [, other] = this.#random.chance(0.15) ? this.#random.shuffle(this.#writers) : [];
        const hosts = other !== undefined && other !== writer ? [writer, other] : [writer];
        const field = this.#field("Query", { type: this.#composite(hosts), args: this.#arguments() });
        for (const host of hosts) host.addField("Query", field, hosts.length > 1 ? "@shareable" : "");
      }
      if (!this.#random.chance(0.5)) continue;
      const type = this.#random.chance(0.5) ? "Int" : this.#composite([writer]);
      writer.addField("Mutation", this.#field("Mutation", { type, args: this.#arguments() }));
    }
  }

  #anyField(owner: string, hosts: readonly SubgraphWriter[]): Field {
    if (this.#random.chance(0.55)) return this.#leafField(owner, this.#random.chance(0.6) ? "tame" : "wild");
    return this.#field(owner, { type: this.#composite(hosts), args: this.#arguments() });
  }

  /** An object type which all of the hosts know, in lists and non-nulls. */
  #composite(hosts: readonly SubgraphWriter[]): string {
    const entities = this.#entities.filter((entity) => hosts.every((host) => this.#isOpen(host, entity)));
    const abstract = ["I1", "U1", ...(hosts.length === 1 ? ["J1"] : [])].filter((name) =>
      hosts.every((host) => host.knows(name)),
    );
    return this.#wrapped(this.#random.pick([...entities, ...entities, ...abstract, "V1"]));
  }

  #leafField(owner: string, manners: Field["manners"], name?: string, type = this.#leafType()): Field {
    return { ...this.#field(owner, { name, type, args: name ? "" : this.#arguments() }), manners };
  }

  #field(owner: string, { name, type, args }: { name?: string | undefined; type: string; args: string }): Field {
    this.#names += 1;
    return { owner, name: name ?? `f${this.#names}`, type, args, manners: "wild", requires: [] };
  }

  #arguments(): string {
    return this.#random.chance(0.7) ? "" : this.#random.pick(argumentLists)[0];
  }

  #leafType(): string {
    return this.#random.chance(0.2)
      ? this.#wrapped(this.#random.pick(["Int", "String", "Shade"]))
      : `${this.#random.pick([...leaves.keys()])}${this.#random.chance(0.25) ? "!" : ""}`;
  }

  #wrapped(named: string): string {
    const list = this.#random.chance(0.4);
    const inner = `${named}${this.#random.chance(0.3) ? "!" : ""}`;
    if (!list) return inner;
    const outer = `[${inner}]${this.#random.chance(0.3) ? "!" : ""}`;
    return this.#random.chance(0.15) ? `[${outer}]` : outer;
  }

  #ensurePresent(writer: SubgraphWriter, entity: string): void {
    const present = this.#presence.get(entity) ?? [];
    writer.addEntity(entity, ["id"]);
    if (!present.includes(writer)) this.#presence.set(entity, [...present, writer]);
  }

  #writersFor(entity: string): SubgraphWriter[] {
    return this.#writers.filter((writer) => this.#isOpen(writer, entity));
  }

  #isOpen(writer: SubgraphWriter, entity: string): boolean {
    return this.#blind === undefined || writer !== this.#blind.by || !this.#blind.entities.includes(entity);
  }
}

/** What may be borrowed: the planner is at a loss with what is itself worked out or moved. */
function isPlain({ name, requires, isMoved }: Field): boolean {
  return process.env.LIFT === "r" ? !isMoved && !name.startsWith("j") : process.env.LIFT === "m" ? requires.length === 0 && !name.startsWith("j") : process.env.LIFT === "j" ? requires.length === 0 && !isMoved : requires.length === 0 && !isMoved && !name.startsWith("j");
}

function isLeaf(type: string): boolean {
  return leaves.has(type.replace(/[[\]!]/g, ""));
}
