import { buildSubgraphSchema, printSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, parse } from "graphql";
import { buildSchema, type ClassType, createResolversMap, type NonEmptyArray, type PubSub } from "type-graphql";
import { enforceAccess } from "./access.ts";
import { LastCursor } from "./last-cursor.ts";

/** Finds an entity for another subgraph's reference to it, under the caller's claims; null where there is none. */
// biome-ignore lint/suspicious/noExplicitAny: the keys and the context are the subgraph's own
export type ReferenceResolver = (reference: any, context: any) => unknown;

/** What a subgraph publishes, as type-graphql classes. */
export interface SchemaParts {
  /** The doors. */
  readonly resolvers: NonEmptyArray<ClassType>;
  /** Entities that no root field of this subgraph leads to. */
  readonly orphanedTypes?: readonly ClassType[];
  /** By GraphQL type name. */
  readonly references: Readonly<Record<string, ReferenceResolver>>;
}

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { typeDefs: unknown }>["resolvers"]>;

/** Federation 2.9 is the newest that our composition library reads. */
const federation = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@external", "@provides", "@requires", "@shareable", "@inaccessible", "@requiresScopes", "@tag"]
  )
`;

/** type-graphql asks for one. Ours would lose what its process forgets: each subscription reads its own rows. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error("A subscription must say where its events come from");
  },
};

export interface SubgraphSchema {
  readonly schema: GraphQLSchema;
  /** The subgraph's SDL, as it goes into composition. */
  readonly sdl: string;
}

/** Builds a subgraph's executable schema, each field of which checks who asks. */
export async function buildSubgraph({
  resolvers,
  orphanedTypes = [],
  references,
}: SchemaParts): Promise<SubgraphSchema> {
  const written = await buildSchema({
    resolvers: [LastCursor, ...resolvers],
    orphanedTypes: [...orphanedTypes],
    validate: false,
    skipCheck: true,
    pubSub: noPubSub,
  });
  enforceAccess(written);
  const sdl = `${federation}\n${printSubgraphSchema(written)}`;
  const map = createResolversMap(written) as Record<string, object>;
  for (const [type, resolve] of Object.entries(references)) {
    map[type] = { ...map[type], __resolveReference: resolve };
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: map as Resolvers }]);
  return { schema, sdl };
}
