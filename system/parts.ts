import { Config } from "../plumbing/config.ts";
import type { DatabaseDefinition } from "../plumbing/migrations.ts";
import type { Hops } from "../plumbing/outbox.ts";
import type { PartContext, RunningPart, Subgraph } from "../plumbing/subgraph.ts";
import type { SchemaParts } from "../plumbing/subgraph-schema.ts";

/** One subgraph, as the system knows it. What it is made of is loaded when it is asked for. */
export interface SystemPart {
  readonly name: string;
  readonly port: number;
  database(): Promise<DatabaseDefinition>;
  load(): Promise<LoadedPart>;
}

export interface LoadedPart {
  readonly schema: SchemaParts;
  /** What it sends to others. */
  readonly hops: Hops;
  start(config: Config): Promise<RunningPart>;
}

/** The subgraphs of the system. A new one is added here, and in schema/contracts.json. */
export const parts: readonly SystemPart[] = [
  {
    name: "police",
    port: 4001,
    database: async () => (await import("../subgraphs/police/database.ts")).policeDatabase,
    load: async () => loaded((await import("../subgraphs/police/part.ts")).policeSubgraph),
  },
  {
    name: "shelter",
    port: 4002,
    database: async () => (await import("../subgraphs/shelter/database.ts")).shelterDatabase,
    load: async () => loaded((await import("../subgraphs/shelter/part.ts")).shelterSubgraph),
  },
  {
    name: "crisis",
    port: 4005,
    database: async () => (await import("../subgraphs/crisis/database.ts")).crisisDatabase,
    load: async () => loaded((await import("../subgraphs/crisis/part.ts")).crisisSubgraph),
  },
  {
    name: "leerplicht",
    port: 4003,
    database: async () => (await import("../subgraphs/leerplicht/database.ts")).leerplichtDatabase,
    load: async () => loaded((await import("../subgraphs/leerplicht/part.ts")).leerplichtSubgraph),
  },
  {
    name: "school",
    port: 4004,
    database: async () => (await import("../subgraphs/school/database.ts")).schoolDatabase,
    load: async () => loaded((await import("../subgraphs/school/part.ts")).schoolSubgraph),
  },
];

async function loaded<Context extends PartContext, Settings>(
  subgraph: Subgraph<Context, Settings>,
): Promise<LoadedPart> {
  const { readSubgraphConfig, startSubgraph } = await import("../plumbing/subgraph.ts");
  const { schema, hops, settings } = subgraph;
  return {
    schema,
    // The settings change when something is sent, and not what.
    hops: typeof hops === "function" ? hops(settings(new Config({})), "") : hops,
    start: (config) => startSubgraph(subgraph, readSubgraphConfig(config)),
  };
}
