import { parseArgs } from "node:util";
import type { JWK } from "jose";
import { type Config, ConfigError, type Environment, type ListenConfig, readListenConfig } from "../plumbing/config.ts";
import { type ClientTls, readClientTls, readServerTls, type ServerTls } from "../plumbing/tls.ts";
import { usualCostLimit } from "./execution/cost.ts";
import { type DocumentLimits, usualLimits } from "./execution/limits.ts";
import type { IntrospectionConfig } from "./introspection.ts";

/** How far the limits of a document may be raised: what nests deeper would be too much for whoever walks through it. */
const largestLimits: DocumentLimits = {
  tokens: 100_000,
  depth: 100,
  introspectionDepth: 100,
  aliases: 100_000,
  rootFields: 100_000,
  directives: 100_000,
  selections: 100_000,
};

/** What the gateway is told from outside. */
export interface GatewayConfig {
  readonly listen: ListenConfig;
  /** The file of the composed supergraph. */
  readonly supergraph: string;
  /** The file of the contracts, one for each party; without it all callers are served everything. */
  readonly contracts?: string | undefined;
  /** The file of registered documents; with it, no others are run. */
  readonly documents?: string | undefined;
  /** The module whose default export decides on `@policy`; without it, no policy holds. */
  readonly policies?: string | undefined;
  /** Addresses of subgraphs by name, where they differ from those in the supergraph. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /**
   * An Ed25519 key: with it the gateway states to the subgraphs on whose behalf it asks. Without it
   * nothing is stated, as to subgraphs that ask for nothing.
   */
  readonly privateKey?: JWK | undefined;
  /** Whose access tokens open the door; without it, callers are anonymous. */
  readonly provider?: ProviderConfig | undefined;
  /** The origins whose pages may open a WebSocket. */
  readonly allowedOrigins: readonly string[];
  /** What one document may ask for; as usual where left out. */
  readonly limits?: DocumentLimits | undefined;
  /** How many fields an answer may have at most, lists counted by the length that is asked for; as usual where left out. */
  readonly costLimit?: number | undefined;
  /** How long a subgraph may take to answer, in milliseconds. */
  readonly deadline: number;
  /** The same by the names of those subgraphs that are given another. */
  readonly deadlines?: ReadonlyMap<string, number>;
  /** Where the operator finds metrics, health and, in development, plans; without it, nowhere. */
  readonly operatorPort?: number | undefined;
  /** Whether spans are made, for the OpenTelemetry SDK that the operator has loaded. */
  readonly isTraced?: boolean;
  /** Whether the operator's door draws plans of whatever it is given. */
  readonly isDevelopment?: boolean;
  /** The web application that is served with the API; without it, none is. */
  readonly pages?: PagesConfig | undefined;
  /** With what clients are answered over TLS, and subgraphs called; without it, over TCP as it is. */
  readonly serverTls?: ServerTls | undefined;
  readonly clientTls?: ClientTls | undefined;
  readonly logLevel: string;
}

/** A built web application, and what it is told. */
export interface PagesConfig {
  /** The folder of its files, with an index.html. */
  readonly folder: string;
  /** The folder of an API explorer, served in development only. */
  readonly explorer?: string | undefined;
  /** The public client of the provider as which people sign in. */
  readonly clientId?: string | undefined;
  /** The contract whose callers may see the state of the federation; without it, nobody may. */
  readonly operators?: string | undefined;
}

/** An OpenID provider, and the audience that its tokens must name. */
export interface ProviderConfig {
  readonly issuer: string;
  readonly audience: string;
  /** How the provider is asked whether a token still holds; without it, one holds until it expires. */
  readonly introspection?: IntrospectionConfig | undefined;
}

/** @throws ConfigError where a setting is missing or wrong. */
export function readGatewayConfig(config: Config): GatewayConfig {
  const contracts = config.optional("CONTRACTS");
  const provider = readProvider(config);
  // Who forgets the provider must not open every contract to everybody.
  if (contracts !== undefined && provider === undefined) {
    throw new ConfigError(
      "With CONTRACTS, OIDC_ISSUER (or OIDC_ISSUER_FILE) must be set: a token selects the contract",
    );
  }
  return {
    listen: readListenConfig(config),
    supergraph: config.text("SUPERGRAPH"),
    contracts,
    documents: config.optional("TRUSTED_DOCUMENTS"),
    policies: config.optional("POLICIES"),
    subgraphUrls: config.map("SUBGRAPH_URLS"),
    privateKey: config.optional("GATEWAY_PRIVATE_KEY") === undefined ? undefined : config.json("GATEWAY_PRIVATE_KEY"),
    provider,
    allowedOrigins: config.list("ALLOWED_ORIGINS"),
    limits: readDocumentLimits(config),
    costLimit: config.integer("COST_LIMIT", { fallback: usualCostLimit, min: 1, max: 100_000_000 }),
    deadline: config.integer("SUBGRAPH_DEADLINE_MS", { fallback: 10_000, min: 1, max: 600_000 }),
    deadlines: readDeadlines(config),
    operatorPort:
      config.optional("OPERATOR_PORT") === undefined ? undefined : config.integer("OPERATOR_PORT", { max: 65_535 }),
    isTraced: readSwitch(config, "TRACES"),
    isDevelopment: readSwitch(config, "DEVELOPMENT"),
    pages: readPages(config),
    serverTls: readServerTls(config),
    clientTls: readClientTls(config),
    logLevel: config.text("LOG_LEVEL", "info"),
  };
}

function readPages(config: Config): PagesConfig | undefined {
  const folder = config.optional("STATIC_FILES");
  if (folder === undefined) return undefined;
  return {
    folder,
    explorer: config.optional("EXPLORER_FILES"),
    clientId: config.optional("WEB_CLIENT_ID"),
    operators: config.optional("OPERATORS_CONTRACT"),
  };
}

/** @throws ConfigError where a limit is not known, or not a whole number within its bounds. */
export function readDocumentLimits(config: Config): DocumentLimits {
  const limits: Record<keyof DocumentLimits, number> = { ...usualLimits };
  for (const [name, text] of config.map("DOCUMENT_LIMITS")) {
    if (!isLimit(name))
      throw new ConfigError(`The setting DOCUMENT_LIMITS knows ${Object.keys(usualLimits).join(", ")}`);
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > largestLimits[name]) {
      throw new ConfigError(`The setting DOCUMENT_LIMITS must give ${name} from 1 to ${largestLimits[name]}`);
    }
    limits[name] = value;
  }
  return limits;
}

function isLimit(name: string): name is keyof DocumentLimits {
  return Object.hasOwn(usualLimits, name);
}

function readDeadlines(config: Config): ReadonlyMap<string, number> {
  const deadlines = new Map(
    [...config.map("SUBGRAPH_DEADLINES_MS")].map(([name, text]) => [name, Number(text)] as const),
  );
  for (const deadline of deadlines.values()) {
    if (!Number.isInteger(deadline) || deadline < 1) {
      throw new ConfigError("The setting SUBGRAPH_DEADLINES_MS must give whole numbers from 1");
    }
  }
  return deadlines;
}

function readSwitch(config: Config, name: string): boolean {
  const value = config.text(name, "off");
  if (value !== "on" && value !== "off") throw new ConfigError(`The setting ${name} must be on or off`);
  return value === "on";
}

function readProvider(config: Config): ProviderConfig | undefined {
  const isNamed = ["OIDC_ISSUER", "OIDC_AUDIENCE"].some((name) => config.optional(name) !== undefined);
  if (!isNamed) return undefined;
  const introspection = readIntrospection(config);
  return { issuer: config.url("OIDC_ISSUER"), audience: config.text("OIDC_AUDIENCE"), introspection };
}

function readIntrospection(config: Config): IntrospectionConfig | undefined {
  if (config.optional("REVOCATION_CHECK_SECONDS") === undefined) return undefined;
  return {
    every: config.integer("REVOCATION_CHECK_SECONDS", { min: 1, max: 60 }) * 1000,
    clientId: config.text("OIDC_CLIENT_ID"),
    clientKey: config.json("OIDC_CLIENT_KEY"),
  };
}

/**
 * Reads the command line, which goes before the environment: `--supergraph FILE`, `--contracts FILE`, `--port N`.
 * @throws ConfigError where it says anything else.
 */
export function readArguments(given: readonly string[]): Environment {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { supergraph: { type: "string" }, contracts: { type: "string" }, port: { type: "string" } },
    });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toUpperCase(), value]));
  } catch {
    throw new ConfigError("The command line may say --supergraph FILE, --contracts FILE and --port N");
  }
}
