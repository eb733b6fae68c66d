import { type CryptoKey, calculateJwkThumbprint, importJWK, type JWK } from "jose";
import { allowInsecureRequests, type Configuration, discovery, PrivateKeyJwt, tokenIntrospection } from "openid-client";
import { Fault } from "../plumbing/faults.ts";

/** How the gateway asks the provider whether a token still holds (RFC 7662), as a client of its own. */
export interface IntrospectionConfig {
  readonly clientId: string;
  /** ES256, for `private_key_jwt`. */
  readonly clientKey: JWK;
  /** How often it is asked, in milliseconds. What is revoked has ended after one and a half times as long. */
  readonly every: number;
}

/** Whether the provider still stands by a token. Refuses with a Fault SUBGRAPH_UNAVAILABLE where it cannot be asked. */
export type Introspect = (token: string) => Promise<boolean>;

/** How long the provider may take to answer, in seconds. */
const patience = 2;

export function openIntrospection(issuer: string, { clientId, clientKey }: IntrospectionConfig): Introspect {
  let provider: Promise<Configuration> | undefined;
  async function discover(): Promise<Configuration> {
    const key = (await importJWK(clientKey, "ES256")) as CryptoKey;
    const url = new URL(issuer);
    // Plain HTTP is for a provider on the same machine or network only; elsewhere the issuer is https.
    const insecure = url.protocol === "http:" ? { execute: [allowInsecureRequests] } : {};
    const authentication = PrivateKeyJwt({ key, kid: clientKey.kid ?? (await calculateJwkThumbprint(clientKey)) });
    return discovery(url, clientId, undefined, authentication, { ...insecure, timeout: patience });
  }
  return async (token) => {
    provider ??= discover();
    try {
      return (await tokenIntrospection(await provider, token)).active;
    } catch {
      provider = undefined;
      throw new Fault("SUBGRAPH_UNAVAILABLE");
    }
  };
}
