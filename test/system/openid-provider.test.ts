import { describe, expect, test } from "@jest/globals";
import { createRemoteJWKSet, exportJWK, generateKeyPair, type JWK, jwtVerify } from "jose";
import { Config } from "../../plumbing/config.ts";
import { loadSecrets } from "../../system/secrets.ts";
import { audience } from "../../system/settings.ts";
import { fetchToken } from "../../system/tokens.ts";

const issuer = new Config().url("TEST_OIDC_ISSUER");
const { clients } = await loadSecrets(new Config().text("TEST_SECRETS"), [], []);
const contact = { id: "school-contact", key: clients["school-contact"] ?? {} };

async function claimsOf(client: { id: string; key: JWK; scope?: string }) {
  const token = await fetchToken(issuer, client, audience);
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { jwks_uri: keys } = (await discovery.json()) as { jwks_uri: string };
  return (await jwtVerify(token, createRemoteJWKSet(new URL(keys)), { issuer, audience })).payload;
}

async function anotherKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  return { ...contact.key, ...(await exportJWK(privateKey)) };
}

describe("the development OpenID provider", () => {
  test("signs tokens that say who calls, and for whom", async () => {
    expect(await claimsOf({ ...contact, scope: "signals:read signals:handle" })).toMatchObject({
      sub: "school-contact",
      party: "school",
      organisation: "00000099000000005000",
      schools: ["99AA00"],
      scope: "signals:read signals:handle",
    });
  });

  test("gives them an hour to live and no more", async () => {
    const { exp = 0, iat = 0 } = await claimsOf(contact);
    expect(exp - iat).toBe(3_600);
  });

  test("gives no scope that was not asked for", async () => {
    expect((await claimsOf({ ...contact, scope: "signals:read" }))["scope"]).toBe("signals:read");
  });

  test("gives a part a token of the party that parts have among themselves", async () => {
    const claims = await claimsOf({ id: "part-police", key: clients["part-police"] ?? {} });
    expect(claims).toMatchObject({ sub: "part-police", party: "service", organisation: "police" });
  });

  test.each([
    ["a key that is not the client's", async () => ({ ...contact, key: await anotherKey() }), "invalid_client"],
    ["a client that it does not know", async () => ({ ...contact, id: "stranger" }), "invalid_client"],
    ["a scope that is not the client's", async () => ({ ...contact, scope: "routing:manage" }), "invalid_scope"],
  ])("refuses %s", async (_, given, error) => {
    await expect(fetchToken(issuer, await given(), audience)).rejects.toMatchObject({ error });
  });
});
