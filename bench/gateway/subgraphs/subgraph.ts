/** The value of a field; `parent` is what the field above resolved to. */
export type Resolver<P = never> = (parent: P, args: Readonly<Record<string, unknown>>) => unknown;

/** One subgraph of the bench. A field without a resolver is read from its parent. */
export interface BenchSubgraph {
  readonly name: string;
  /** In the style of Federation 1, which every one of the gateways understands. */
  readonly typeDefs: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
  /** Finds the entity that a representation means; what it returns for the same entity is the same object. */
  readonly entities: Readonly<Record<string, (representation: Readonly<Record<string, unknown>>) => unknown>>;
}

/** Finds a record by the value of its key. */
export function finder<T>(records: readonly T[], key: keyof T): (value: unknown) => T | null {
  const byKey = new Map<unknown, T>(records.map((record) => [record[key], record]));
  return (value) => byKey.get(value) ?? null;
}

/** `count` of the records from a position on; the end goes on at the beginning. */
export function rotated<T>(records: readonly T[], from: unknown, count = records.length): readonly T[] {
  const start = Number(from) % records.length;
  return [...records.slice(start), ...records.slice(0, start)].slice(0, count);
}
