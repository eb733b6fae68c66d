import { join } from "node:path";
import { root } from "../../system/root.ts";
import type { Asking } from "./operations.ts";

/** Whether identical calls in flight may share one answer. */
export type Mode = "unshared" | "defaults";

/** The four subgraphs at work, and their supergraph. */
export interface World {
  /** The file of the composed supergraph. */
  readonly supergraph: string;
  /** The file in which the operations are registered, for a gateway that runs no others. */
  readonly documents: string;
  /** Where each subgraph is, by name. */
  readonly addresses: Readonly<Record<string, string>>;
}

/** A gateway that is measured. */
export interface Contender {
  readonly name: string;
  readonly isOurs: boolean;
  /** By hash, the gateway runs registered documents only. */
  readonly asking: Asking;
  /** What Node is started with. */
  command(world: World, port: number, mode: Mode): readonly string[];
}

/** As much memory for what is short-lived as our own start gives, for all alike. */
const memory = ["--max-semi-space-size=16"];

/** As scripts and other servers ask. */
const plainly: Asking = { naming: "text", accept: "application/json" };

const peer = (name: string, file: string): Contender => ({
  name,
  isOurs: false,
  asking: plainly,
  command: ({ supergraph, addresses }, port, mode) => [
    ...memory,
    join(root, "bench/gateway/peers", file),
    supergraph,
    String(port),
    mode,
    JSON.stringify(addresses),
  ],
});

const ours = (name: string, asking: Asking): Contender => ({
  name,
  isOurs: true,
  asking,
  // As `npm run gateway` runs it. It shares nothing in flight.
  command: ({ supergraph }, port) => [
    ...memory,
    join(root, "system/bootstrap.mjs"),
    "gateway",
    "--supergraph",
    supergraph,
    "--port",
    String(port),
  ],
});

export const contenders: readonly Contender[] = [
  // As Apollo Client asks: Apollo Server has to weigh which type of answer it is to be, each time.
  ours("ours, all through Apollo Server", {
    ...plainly,
    accept: "application/graphql-response+json,application/json;q=0.9",
  }),
  // The text is the same each time, so that all but the first go past Apollo Server.
  ours("ours, a known text", plainly),
  ours("ours, a registered document by hash", { ...plainly, naming: "hash" }),
  peer("Hive Gateway, Rust planner", "hive-rust-planner.mjs"),
  peer("Hive Gateway, jit", "hive-jit.mjs"),
  peer("Apollo Server + @apollo/gateway", "apollo-gateway.mjs"),
  peer("Apollo Server + @graphql-tools/federation", "graphql-tools.mjs"),
  peer("Mercurius gateway, jit", "mercurius.mjs"),
];
