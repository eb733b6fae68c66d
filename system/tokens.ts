import { type CryptoKey, importJWK, type JWK } from "jose";
import { allowInsecureRequests, clientCredentialsGrant, discovery, PrivateKeyJwt } from "openid-client";

/** Gets an access token as a client of the provider would: client credentials, `private_key_jwt`. */
export async function fetchToken(
  issuer: string,
  client: { readonly id: string; readonly key: JWK; readonly scope?: string },
  audience: string,
): Promise<string> {
  const key = (await importJWK(client.key, "ES256")) as CryptoKey;
  const provider = await discovery(
    new URL(issuer),
    client.id,
    undefined,
    PrivateKeyJwt({ key, kid: client.key.kid ?? "" }),
    // The development provider runs on this machine, without TLS.
    { execute: [allowInsecureRequests] },
  );
  const scope = client.scope === undefined ? {} : { scope: client.scope };
  return (await clientCredentialsGrant(provider, { resource: audience, ...scope })).access_token;
}
