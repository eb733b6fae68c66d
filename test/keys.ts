import { exportJWK, generateKeyPair, type JWK } from "jose";
import { claimsHeader, createClaimsSigner } from "../plumbing/claims.ts";
import { systemClock } from "../plumbing/clock.ts";
import { Config } from "../plumbing/config.ts";
import { Identities } from "../plumbing/identities/identities.ts";
import { readIdentityKeys } from "../plumbing/identities/keys.ts";

/** What an access token says of who calls, in a test. */
export interface TestClaims {
  readonly sub?: string;
  readonly party: string;
  readonly organisation?: string;
  readonly schools?: readonly string[];
  readonly role?: unknown;
  readonly staffMember?: string;
  /** OAuth scopes, separated by blanks. */
  readonly scope?: string;
}

/** The gateway's keys in a test of a subgraph, and what the gateway does with them. */
export interface GatewayKeys {
  readonly publicKey: JWK;
  readonly privateKey: JWK;
  /** The gateway's statement of who calls, good at the subgraph of this name. */
  sign(claims: TestClaims, subgraph: string): Promise<string>;
  /** The same as the headers of a request. */
  headers(claims: TestClaims, subgraph: string): Promise<Record<string, string>>;
}

export async function createGatewayKeys(clock = systemClock): Promise<GatewayKeys> {
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const [publicKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
  const signer = await createClaimsSigner(privateKey, clock);
  const sign = async (claims: TestClaims, subgraph: string): Promise<string> => {
    const until = Math.floor(clock.now().getTime() / 1000) + 3_600;
    return (await signer.sign({ sub: "test", ...claims }, subgraph, until)).jws;
  };
  return {
    publicKey,
    privateKey,
    sign,
    headers: async (claims, subgraph) => ({
      "content-type": "application/json",
      [claimsHeader]: await sign(claims, subgraph),
    }),
  };
}

/** Keys the digests in a test of a subgraph. */
export const pseudonymKey = Buffer.alloc(32, 7).toString("base64");

/** What encrypts identities in a test of a subgraph. */
export const testIdentityKeys = new Config({ IDENTITY_KEYS: `test=${Buffer.alloc(32, 9).toString("base64")}` });

/** Keeps and reads identities as the part of this name does in a test. */
export function testIdentities(part: string, keys = testIdentityKeys): Identities {
  return new Identities(part, () => readIdentityKeys(keys), pseudonymKey);
}
