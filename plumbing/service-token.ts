import { type CryptoKey, importJWK, type JWK } from "jose";
import {
  allowInsecureRequests,
  type Configuration,
  clientCredentialsGrant,
  discovery,
  PrivateKeyJwt,
} from "openid-client";
import type { Clock } from "./clock.ts";

export interface ServiceClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientKey: JWK;
  /** The audience that the gateway asks for in a token. */
  readonly audience: string;
}

/** Gets the access token that a part calls the gateway with. */
export interface ServiceToken {
  get(): Promise<string>;
  /** Drops a token that was refused, so that the next call asks for a new one. */
  refused(): void;
}

/** A token is renewed this long before its end, in milliseconds. */
const margin = 60_000;

/** Client credentials with `private_key_jwt`, as the NL GOV OAuth profile asks of machines. */
export function openServiceToken(client: ServiceClient, clock: Clock): ServiceToken {
  let provider: Promise<Configuration> | undefined;
  let current: Promise<{ text: string; until: number }> | undefined;

  async function discover(): Promise<Configuration> {
    const key = (await importJWK(client.clientKey, "ES256")) as CryptoKey;
    const issuer = new URL(client.issuer);
    // Plain HTTP is for a provider on the same machine or network only; elsewhere the issuer is https.
    const insecure = issuer.protocol === "http:" ? { execute: [allowInsecureRequests] } : {};
    return discovery(issuer, client.clientId, undefined, PrivateKeyJwt({ key, kid: client.clientKey.kid ?? "" }), {
      ...insecure,
      timeout: 5,
    });
  }

  async function ask(): Promise<{ text: string; until: number }> {
    provider ??= discover();
    try {
      const answer = await clientCredentialsGrant(await provider, { resource: client.audience });
      return {
        text: answer.access_token,
        until: clock.now().getTime() + (answer.expires_in ?? 300) * 1000 - margin,
      };
    } catch (error) {
      provider = undefined;
      throw error;
    }
  }

  return {
    async get() {
      const known = await current?.catch(() => undefined);
      if (known !== undefined && known.until > clock.now().getTime()) return known.text;
      const asked = ask();
      current = asked;
      return (await asked).text;
    },
    refused() {
      current = undefined;
    },
  };
}
