import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { JWK } from "jose";
import Provider, { type ClientMetadata, type Configuration, type JWKS } from "oidc-provider";
import { ProviderMemory } from "./openid-memory.ts";
import { publicHalf } from "./secrets.ts";

/** A client of the development provider, and what its tokens say. */
export interface ProviderClient {
  readonly id: string;
  readonly key: JWK;
  readonly party: string;
  readonly organisation: string;
  readonly schools?: readonly string[];
  readonly role?: string;
  readonly staffMember?: string;
  /** OAuth scopes that it may ask for, separated by blanks. */
  readonly scope?: string;
}

export interface ProviderOptions {
  readonly port: number;
  /** What the gateway expects as `aud`. */
  readonly audience: string;
  /** ES256, private. */
  readonly signingKey: JWK;
  readonly clients: readonly ProviderClient[];
}

/** How long a token lives, in seconds: the longest that the NL GOV OAuth profile allows. */
const tokenLife = 3_600;

/**
 * An OpenID provider for development and tests: it knows machines only, which sign in with
 * `private_key_jwt`, and signs access tokens (JWT, ES256) that carry party, organisation and schools.
 * It keeps nothing, so a token of before a restart stays good.
 */
export async function startOpenIdProvider(options: ProviderOptions): Promise<AsyncDisposable & { issuer: string }> {
  const issuer = `http://127.0.0.1:${options.port}`;
  const provider = new Provider(issuer, configuration(options));
  const server = createServer(provider.callback());
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return { issuer, [Symbol.asyncDispose]: () => close(server) };
}

function configuration({ audience, signingKey, clients }: ProviderOptions): Configuration {
  const byId = new Map(clients.map((client) => [client.id, client]));
  return {
    adapter: ProviderMemory,
    clients: clients.map(toMetadata),
    jwks: { keys: [{ ...signingKey, use: "sig" }] } as JWKS,
    scopes: [...new Set(clients.flatMap(({ scope = "" }) => scope.split(" ")))].filter((word) => word !== ""),
    clientAuthMethods: ["private_key_jwt"],
    enabledJWA: { clientAuthSigningAlgValues: ["ES256"] },
    responseTypes: [],
    ttl: { ClientCredentials: tokenLife },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: (_, resource, client) => ({
          audience: resource,
          scope: byId.get(client.clientId)?.scope ?? "",
          accessTokenFormat: "jwt",
          accessTokenTTL: tokenLife,
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    extraTokenClaims: (_, token) => {
      const client = byId.get(token.clientId ?? "");
      if (client === undefined) return undefined;
      const { party, organisation, schools, role, staffMember } = client;
      return {
        party,
        organisation,
        ...(schools ? { schools } : {}),
        ...(role ? { role } : {}),
        ...(staffMember ? { staffMember } : {}),
      };
    },
  };
}

function toMetadata({ id, key, scope }: ProviderClient): ClientMetadata {
  return {
    client_id: id,
    grant_types: ["client_credentials"],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    id_token_signed_response_alg: "ES256",
    jwks: { keys: [publicHalf(key)] } as JWKS,
    ...(scope === undefined ? {} : { scope }),
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
