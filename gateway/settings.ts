import type { JWK } from "jose";
import { type Config, type ListenConfig, readListenConfig } from "../plumbing/config.ts";

/** What the gateway is told from outside. */
export interface GatewayConfig {
  readonly listen: ListenConfig;
  /** The file of the composed supergraph. */
  readonly supergraph: string;
  /** The file of the contracts, one for each party. */
  readonly contracts: string;
  /** Addresses of subgraphs by name, where they differ from those in the supergraph. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** An Ed25519 key: with it the gateway states to the subgraphs on whose behalf it asks. */
  readonly privateKey: JWK;
  readonly issuer: string;
  readonly audience: string;
  /** The origins whose pages may open a WebSocket. */
  readonly allowedOrigins: readonly string[];
  /** How long a subgraph may take to answer, in milliseconds. */
  readonly deadline: number;
  readonly logLevel: string;
}

/** @throws ConfigError where a setting is missing or wrong. */
export function readGatewayConfig(config: Config): GatewayConfig {
  return {
    listen: readListenConfig(config),
    supergraph: config.text("SUPERGRAPH"),
    contracts: config.text("CONTRACTS"),
    subgraphUrls: config.map("SUBGRAPH_URLS"),
    privateKey: config.json("GATEWAY_PRIVATE_KEY"),
    issuer: config.url("OIDC_ISSUER"),
    audience: config.text("OIDC_AUDIENCE"),
    allowedOrigins: config.list("ALLOWED_ORIGINS"),
    deadline: config.integer("SUBGRAPH_DEADLINE_MS", { fallback: 10_000, min: 1, max: 600_000 }),
    logLevel: config.text("LOG_LEVEL", "info"),
  };
}
