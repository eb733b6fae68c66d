import { join } from "node:path";
import { root } from "../../system/root.ts";
import type { Naming } from "./operations.ts";

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
  readonly naming: Naming;
  /** What Node is started with. */
  command(world: World, port: number, mode: Mode): readonly string[];
}

/** As much memory for what is short-lived as our own start gives, for all alike. */
const memory = ["--max-semi-space-size=16"];

const peer = (name: string, file: string): Contender => ({
  name,
  isOurs: false,
  naming: "text",
  command: ({ supergraph, addresses }, port, mode) => [
    ...memory,
    join(root, "bench/gateway/peers", file),
    supergraph,
    String(port),
    mode,
    JSON.stringify(addresses),
  ],
});

const ours = (name: string, naming: Naming): Contender => ({
  name,
  isOurs: true,
  naming,
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
  ours("ours", "text"),
  ours("ours, registered documents by hash", "hash"),
  peer("Hive Gateway, Rust planner", "hive-rust-planner.mjs"),
  peer("Hive Gateway, jit", "hive-jit.mjs"),
  peer("Apollo Server + @apollo/gateway", "apollo-gateway.mjs"),
  peer("Apollo Server + @graphql-tools/federation", "graphql-tools.mjs"),
  peer("Mercurius gateway, jit", "mercurius.mjs"),
];
