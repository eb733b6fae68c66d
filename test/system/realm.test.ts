import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { requestedScope } from "../../dashboard/session/scope.ts";
import { clientIds, providerClients } from "../../system/clients.ts";
import { people } from "../../system/people.ts";
import { root } from "../../system/root.ts";
import { audience, webClientId } from "../../system/settings.ts";

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}
interface Client {
  readonly clientId: string;
  readonly publicClient: boolean;
  readonly clientAuthenticatorType: string;
  readonly defaultClientScopes: readonly string[];
  readonly protocolMappers: readonly Mapper[];
  readonly secret?: string;
}
interface WebClient extends Client {
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly redirectUris: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly optionalClientScopes: readonly string[];
}
interface Realm {
  readonly accessTokenLifespan: number;
  readonly clients: readonly WebClient[];
  readonly components: Readonly<Record<string, readonly { readonly config: Readonly<Record<string, string[]>> }[]>>;
  readonly clientScopes: readonly { readonly name: string; readonly protocolMappers?: readonly Mapper[] }[];
}

const read = (name: string) => readFileSync(join(root, name), "utf8");
const realm = JSON.parse(read("keycloak/realm.json")) as Realm;
const machines = realm.clients.filter(({ publicClient }) => !publicClient);
const screens = realm.clients.find(({ clientId }) => clientId === webClientId);

describe("Keycloak's realm file", () => {
  test("names the same clients, with the same claims, as the development provider", () => {
    const keys = Object.fromEntries(clientIds.map((id) => [id, {}]));
    const expected = providerClients({ clients: keys } as never).map(
      ({ id, party, organisation, schools, role, staffMember, scope }) => ({
        id,
        party,
        organisation,
        schools,
        role,
        staffMember,
        scope: new Set(scope?.split(" ")),
      }),
    );
    const claim = ({ protocolMappers }: Client, name: string): string | undefined =>
      protocolMappers.find(({ config }) => config["claim.name"] === name)?.config["claim.value"];
    const callers = machines.filter(({ clientId }) => clientId !== audience);
    const named = callers.map((client) => {
      const schools = claim(client, "schools");
      return {
        id: client.clientId,
        party: claim(client, "party"),
        organisation: claim(client, "organisation"),
        schools: schools === undefined ? undefined : JSON.parse(schools),
        role: claim(client, "role"),
        staffMember: claim(client, "staffMember"),
        scope: new Set(client.defaultClientScopes.filter((name) => name !== "caller")),
      };
    });
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(named.sort(byId)).toEqual(expected.sort(byId));
  });

  test("holds no secret: each client but the screens' signs in with a key of its own", () => {
    expect(realm.clients.length).toBe(machines.length + 1);
    for (const client of realm.clients) expect(client.secret).toBeUndefined();
    for (const client of machines) {
      expect(client.clientAuthenticatorType).toBe("client-jwt");
    }
  });

  test("lets the gateway ask about tokens as somebody for whom they are, and never call by itself", () => {
    expect(machines.find(({ clientId }) => clientId === audience)).toMatchObject({
      serviceAccountsEnabled: false,
      standardFlowEnabled: false,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
    });
    const compose = read("docker-compose.yml");
    expect(compose).toContain(`OIDC_AUDIENCE: &audience ${audience}`);
    expect(compose).toContain("OIDC_CLIENT_ID: *audience");
    expect(/REVOCATION_CHECK_SECONDS: .*:-(\d+)/.exec(compose)?.[1]).toBe("3");
  });

  test("gives tokens that live an hour at most, say who calls, and are meant for the gateway", () => {
    expect(realm.accessTokenLifespan).toBeLessThanOrEqual(3_600);
    const mappers = realm.clientScopes.find(({ name }) => name === "caller")?.protocolMappers ?? [];
    expect(mappers.map(({ protocolMapper }) => protocolMapper)).toContain("oidc-sub-mapper");
    expect(mappers.map(({ config }) => config["included.custom.audience"])).toContain(audience);
    for (const client of realm.clients) expect(client.defaultClientScopes).toContain("caller");
  });

  test("lets people in at the screens by code and PKCE, and sends them back to the gateway only", () => {
    expect(screens).toMatchObject({
      standardFlowEnabled: true,
      implicitFlowEnabled: false,
      directAccessGrantsEnabled: false,
      attributes: { "pkce.code.challenge.method": "S256" },
    });
    const compose = read("docker-compose.yml");
    const origins = /ALLOWED_ORIGINS: (.+)/.exec(compose)?.[1]?.split(",");
    expect(screens?.redirectUris).toEqual(origins?.map((origin) => `${origin}/`));
    expect(compose).toContain(`WEB_CLIENT_ID: ${webClientId}`);
  });

  test("says of people what the development provider says, and lets nobody change that of themselves", () => {
    const claims = ["party", "organisation", "schools", "role", "staffMember"];
    const attributes = screens?.protocolMappers.flatMap(({ config }) => config["user.attribute"] ?? []);
    expect(new Set(attributes)).toEqual(new Set(claims));
    const asked = new Set([...people.flatMap(({ scope }) => scope.split(" "))]);
    for (const scope of asked) expect(screens?.optionalClientScopes).toContain(scope);
    const [profile] = Object.values(realm.components).flat();
    const known: { name: string; permissions: { edit: string[] } }[] = JSON.parse(
      profile?.config["kc.user.profile.config"]?.[0] ?? "",
    ).attributes;
    for (const claim of claims) expect(known.find(({ name }) => name === claim)?.permissions.edit).toEqual(["admin"]);
  });

  test("knows each scope that the screens ask for", () => {
    const asked = requestedScope.split(" ").filter((scope) => scope !== "openid");
    expect(new Set(asked)).toEqual(new Set(screens?.optionalClientScopes));
    const known = realm.clientScopes.map(({ name }) => name);
    for (const scope of asked) expect(known).toContain(scope);
  });
});
