import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { JWK } from "jose";
import Provider, { type ClientMetadata, type Configuration, interactionPolicy, type JWKS } from "oidc-provider";
import { ProviderMemory } from "./openid-memory.ts";
import type { Person } from "./people.ts";
import { publicHalf } from "./secrets.ts";
import { webClientId } from "./settings.ts";
import { languageOf, pageHeaders, signOutPage } from "./sign-in-page.ts";
import { answerSignIn, signInPath } from "./sign-ins.ts";

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
  /** Who may sign in with a browser, at the web application. */
  readonly people: readonly Person[];
}

/** How long a machine's token lives, in seconds: the longest that the NL GOV OAuth profile allows. */
const tokenLife = 3_600;

/** The same of a person's, which the web application renews by itself; and for how long it may. */
const personTokenLife = 15 * 60;
const workingDay = 10 * 3_600;

/**
 * An OpenID provider for development and tests. Machines sign in with `private_key_jwt`; people with code and PKCE,
 * by saying who they are: anybody may be anybody. It signs access tokens (JWT, ES256) that carry party, organisation
 * and schools. It keeps nothing on disk: a token of before a restart stays good, and people sign in anew.
 */
export async function startOpenIdProvider(options: ProviderOptions): Promise<AsyncDisposable & { issuer: string }> {
  const issuer = `http://127.0.0.1:${options.port}`;
  const provider = new Provider(issuer, configuration(options));
  const answer = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith(signInPath)) return void answer(request, response);
    answerSignIn(provider, options.people, request, response).catch(() => response.destroy());
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return { issuer, [Symbol.asyncDispose]: () => close(server) };
}

function configuration({ audience, signingKey, clients, people }: ProviderOptions): Configuration {
  const byId = new Map(clients.map((client) => [client.id, client]));
  const personById = new Map(people.map((person) => [person.id, person]));
  const scopes = wordsOf([...clients, ...people].map(({ scope = "" }) => scope));
  const policy = interactionPolicy.base();
  // The one application of these people: they have agreed to it by choosing it.
  policy.remove("consent");
  return {
    adapter: ProviderMemory,
    clients: [...clients.map(toMetadata), webClient],
    jwks: { keys: [{ ...signingKey, use: "sig" }] } as JWKS,
    scopes: ["openid", ...scopes],
    claims: { openid: ["sub", "name", "party", "role"] },
    conformIdTokenClaims: false,
    clientAuthMethods: ["private_key_jwt", "none"],
    enabledJWA: { clientAuthSigningAlgValues: ["ES256"] },
    responseTypes: ["code"],
    cookies: { keys: [signingKey.kid ?? "development"] },
    clientBasedCORS: (_, origin, client) => client.clientId === webClientId && loopback.test(origin),
    interactions: { policy, url: (_, { uid }) => `${signInPath}${uid}` },
    ttl: {
      ClientCredentials: tokenLife,
      AccessToken: (_, { accountId }) => personById.get(accountId)?.tokenLife ?? personTokenLife,
      Grant: workingDay,
      IdToken: personTokenLife,
      Interaction: 3_600,
      RefreshToken: workingDay,
      Session: workingDay,
    },
    findAccount: (_, id) => {
      const person = personById.get(id);
      if (person === undefined) return undefined;
      return { accountId: id, claims: () => ({ sub: id, name: person.name, party: person.party, role: person.role }) };
    },
    issueRefreshToken: (_, __, { accountId }) => personById.get(accountId ?? "")?.isRenewed ?? true,
    loadExistingGrant: async ({ oidc }) => {
      const { accountId = "" } = oidc.session ?? {};
      const grant = new oidc.provider.Grant({ clientId: webClientId, accountId });
      grant.addOIDCScope("openid");
      grant.addResourceScope(audience, personById.get(accountId)?.scope ?? "");
      await grant.save();
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.set(pageHeaders);
          ctx.body = signOutPage(form, languageOf(ctx.oidc.params?.["ui_locales"]));
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource, client) => ({
          audience: resource,
          scope: byId.get(client.clientId)?.scope ?? (client.clientId === webClientId ? scopes.join(" ") : ""),
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    extraTokenClaims: (_, token) => {
      const holder = "accountId" in token ? personById.get(token.accountId) : byId.get(token.clientId ?? "");
      if (holder === undefined) return undefined;
      const { party, organisation, schools, role, staffMember } = holder;
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

const loopback = /^http:\/\/(127\.0\.0\.1|localhost):\d+$/;

/** RFC 8252: on this machine, the application may have any port. */
const addresses = ["http://127.0.0.1", "http://localhost"].flatMap((origin) => [`${origin}/`, `${origin}/graphiql/`]);

const webClient: ClientMetadata = {
  client_id: webClientId,
  application_type: "native",
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  redirect_uris: addresses,
  post_logout_redirect_uris: addresses,
  token_endpoint_auth_method: "none",
  id_token_signed_response_alg: "ES256",
};

function wordsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.split(" ")))].filter((word) => word !== "");
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
