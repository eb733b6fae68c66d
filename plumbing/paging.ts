import { type ClassType, Directive, Field, ObjectType } from "type-graphql";
import { Allow } from "./access.ts";
import { Fault } from "./faults.ts";

/** How many nodes a page holds where the caller does not say. */
export const usualPage = 50;

/** The most nodes that one page may hold. */
const largestPage = 500;

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

/** One page of a list, in the shape of the GraphQL Cursor Connections Specification. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A place in a list that is ordered by a moment and an id. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

/** What to read for a page: one row more than asked for tells whether there is a next page. */
export interface PageRequest {
  readonly limit: number;
  readonly after: Place | undefined;
}

/** @throws Fault PAGE_TOO_LARGE or CURSOR_UNKNOWN */
export function pageRequest(first: number | null, after: string | null | undefined): PageRequest {
  const size = first ?? usualPage;
  if (size < 0 || size > largestPage) throw new Fault("PAGE_TOO_LARGE");
  return { limit: size + 1, after: after == null ? undefined : readCursor(after) };
}

/** Makes a page of the rows that were read for a request. */
export function toConnection<Row, Node>(
  rows: readonly Row[],
  request: PageRequest,
  place: (row: Row) => Place,
  node: (row: Row) => Node,
): Connection<Node> {
  const edges = rows.slice(0, request.limit - 1).map((row) => ({ cursor: writeCursor(place(row)), node: node(row) }));
  return {
    edges,
    pageInfo: { hasNextPage: rows.length >= request.limit, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

function writeCursor({ at, id }: Place): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

function readCursor(cursor: string): Place {
  const [at, id] = Buffer.from(cursor, "base64url").toString().split(" ");
  const moment = new Date(at ?? "");
  if (Number.isNaN(moment.getTime()) || id === undefined || !/^[0-9a-f-]{36}$/.test(id)) {
    throw new Fault("CURSOR_UNKNOWN");
  }
  return { at: moment, id };
}

/** The GraphQL types of paging for one subgraph, open to these parties. */
export function pagingTypes(parties: readonly string[]) {
  @ObjectType("PageInfo", { description: "Where a page ends." })
  @Directive("@shareable")
  @Allow(parties)
  class PageInfo {
    @Field(() => Boolean, { description: "Whether there is more after this page." })
    hasNextPage!: boolean;

    @Field(() => String, { nullable: true, description: "Give this as `after` to get the next page." })
    endCursor!: string | null;
  }

  /** @returns the class of `<name>Connection`. */
  return function connectionType<Node extends object>(
    name: string,
    node: ClassType<Node>,
    parties: readonly string[],
  ): ClassType<Connection<Node>> {
    @ObjectType(`${name}Edge`)
    @Directive("@shareable")
    @Allow(parties)
    class NodeEdge {
      @Field(() => String)
      cursor!: string;

      @Field(() => node)
      node!: Node;
    }

    @ObjectType(`${name}Connection`, { description: "One page of a list (GraphQL Cursor Connections Specification)." })
    @Directive("@shareable")
    @Allow(parties)
    class NodeConnection {
      @Field(() => [NodeEdge])
      edges!: NodeEdge[];

      @Field(() => PageInfo)
      pageInfo!: PageInfo;
    }
    return NodeConnection as ClassType<Connection<Node>>;
  };
}
