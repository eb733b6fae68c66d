import { join } from "node:path";
import { Config, type Environment } from "../plumbing/config.ts";
import { type Addresses, gatewayUrl, issuerUrl, subgraphUrl } from "./addresses.ts";
import { parts } from "./parts.ts";
import { partOrganisations } from "./personas.ts";
import { root } from "./root.ts";
import { publicHalf, type Secrets } from "./secrets.ts";

/** What a token must be for. Not the gateway's address, which may change from start to start. */
export const audience = "urn:handle-with-care:gateway";

/** The public client of the provider as which the web application signs people in. */
export const webClientId = "dashboard";

/** The client as which a part gets its service tokens. */
export function clientOf(part: string): string {
  return `part-${part}`;
}

/** The settings of one subgraph: the same names as it has alone in its process. */
export function subgraphSettings(
  part: string,
  addresses: Addresses,
  secrets: Secrets,
  databaseUrl: string,
  logLevel: string,
): Config {
  return new Config(subgraphEnvironment(part, addresses, secrets, databaseUrl, logLevel));
}

/** The same as the environment of a process. */
export function subgraphEnvironment(
  part: string,
  addresses: Addresses,
  secrets: Secrets,
  databaseUrl: string,
  logLevel: string,
): Environment {
  return {
    PORT: String(addresses.subgraphs[part]),
    LOG_LEVEL: logLevel,
    DATABASE_URL: databaseUrl,
    GATEWAY_URL: gatewayUrl(addresses),
    GATEWAY_PUBLIC_KEY: JSON.stringify(publicHalf(secrets.gateway)),
    OIDC_ISSUER: issuerUrl(addresses),
    OIDC_AUDIENCE: audience,
    OIDC_CLIENT_ID: clientOf(part),
    OIDC_CLIENT_KEY: JSON.stringify(secrets.clients[clientOf(part)]),
    PSEUDONYM_KEY: secrets.pseudonyms[part],
    IDENTITY_KEYS_FILE: secrets.identityKeyFiles[part],
    ORGANISATION: partOrganisations[part],
  };
}

export function gatewaySettings(addresses: Addresses, secrets: Secrets, logLevel: string): Config {
  return new Config(gatewayEnvironment(addresses, secrets, logLevel));
}

/** The same as the environment of a process. */
export function gatewayEnvironment(addresses: Addresses, secrets: Secrets, logLevel: string): Environment {
  const { origin, port } = new URL(gatewayUrl(addresses));
  const origins = [origin, `http://localhost:${port}`];
  return {
    PORT: String(addresses.gateway),
    LOG_LEVEL: logLevel,
    SUPERGRAPH: join(root, "schema", "supergraph.graphql"),
    CONTRACTS: join(root, "schema", "contracts.json"),
    SUBGRAPH_URLS: parts.map(({ name }) => `${name}=${subgraphUrl(addresses, name)}`).join(","),
    GATEWAY_PRIVATE_KEY: JSON.stringify(secrets.gateway),
    OIDC_ISSUER: issuerUrl(addresses),
    OIDC_AUDIENCE: audience,
    STATIC_FILES: join(root, "dist", "dashboard"),
    EXPLORER_FILES: join(root, "dist", "explorer"),
    WEB_CLIENT_ID: webClientId,
    OPERATORS_CONTRACT: "operator",
    ALLOWED_ORIGINS: origins.join(","),
    DEVELOPMENT: "on",
  };
}
