import { join } from "node:path";
import { root } from "../../system/root.ts";
import type { Asking, MeasuredOperation } from "./operations.ts";

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

/** Whose a contender is; nobody's is the bound that all of them have above them. */
export type Side = "ours" | "peers" | "nobody's";

/** A gateway that is measured, or what stands in for one. */
export interface Contender {
  readonly name: string;
  readonly side: Side;
  /** The name of the one operation that it can answer; all of them where this is left out. */
  readonly only?: string;
  /** By hash, the gateway runs registered documents only. */
  readonly asking: Asking;
  /** Settings that differ from the usual. */
  environment(world: World): Readonly<Record<string, string>>;
  /** What Node is started with. */
  command(world: World, port: number, mode: Mode): readonly string[];
}

/** As much memory for what is short-lived as our own start gives, for all alike. */
const memory = ["--max-semi-space-size=16"];

/** As scripts and other servers ask. */
const plainly: Asking = { naming: "text", accept: "application/json" };

const peer = (name: string, file: string): Contender => ({
  name,
  side: "peers",
  asking: plainly,
  environment: () => ({}),
  command: ({ supergraph, addresses }, port, mode) => [
    ...memory,
    join(root, "bench/gateway/peers", file),
    supergraph,
    String(port),
    mode,
    JSON.stringify(addresses),
  ],
});

/**
 * The heavy operation asks for lists in lists without saying how long they may be, and counts for more than is usual
 * (ten for each). What an operation may come to is worked out all the same.
 */
const unlimited = { COST_LIMIT: "100000000" };

const ours = (name: string, asking: Asking): Contender => ({
  name,
  side: "ours",
  asking,
  environment: ({ documents }) => ({ ...unlimited, ...(asking.naming === "hash" && { TRUSTED_DOCUMENTS: documents }) }),
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
  { ...peer("Node's HTTP and undici alone", "pass-through.mjs"), side: "nobody's", only: "tiny" },
];

export function canAnswer({ only }: Contender, { name }: MeasuredOperation): boolean {
  return only === undefined || only === name;
}
