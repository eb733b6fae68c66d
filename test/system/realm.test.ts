import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { clientIds, providerClients } from "../../system/clients.ts";
import { root } from "../../system/root.ts";
import { audience } from "../../system/settings.ts";

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}
interface Client {
  readonly clientId: string;
  readonly clientAuthenticatorType: string;
  readonly defaultClientScopes: readonly string[];
  readonly protocolMappers: readonly Mapper[];
  readonly secret?: string;
}
interface Realm {
  readonly accessTokenLifespan: number;
  readonly clients: readonly Client[];
  readonly clientScopes: readonly { readonly name: string; readonly protocolMappers?: readonly Mapper[] }[];
}

const realm = JSON.parse(readFileSync(join(root, "keycloak", "realm.json"), "utf8")) as Realm;

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
    const named = realm.clients.map((client) => {
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

  test("holds no secret: each client signs in with a key of its own", () => {
    for (const client of realm.clients) {
      expect(client.clientAuthenticatorType).toBe("client-jwt");
      expect(client.secret).toBeUndefined();
    }
  });

  test("gives tokens that live an hour at most, say who calls, and are meant for the gateway", () => {
    expect(realm.accessTokenLifespan).toBeLessThanOrEqual(3_600);
    const mappers = realm.clientScopes.find(({ name }) => name === "caller")?.protocolMappers ?? [];
    expect(mappers.map(({ protocolMapper }) => protocolMapper)).toContain("oidc-sub-mapper");
    expect(mappers.map(({ config }) => config["included.custom.audience"])).toContain(audience);
    for (const client of realm.clients) expect(client.defaultClientScopes).toContain("caller");
  });
});
