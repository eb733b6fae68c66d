import { calculateJwkThumbprint, importJWK, type JWK, jwtVerify, SignJWT } from "jose";
import type { Clock } from "./clock.ts";
import { Fault } from "./faults.ts";

/** The header in which the gateway tells a subgraph on whose behalf it asks. */
export const claimsHeader = "x-gateway-claims";

const issuer = "gateway";

/** How long a signed statement of claims is good for, in seconds. */
const life = 60;

/** Who asks, as the OpenID provider said it and the gateway verified it. */
export interface Claims {
  readonly sub: string;
  readonly party: string;
  readonly organisation?: string;
  /** The site ids that a caller of a school may act for. */
  readonly schools?: readonly string[];
  /** What the caller is at the school, where that is less than a contact person: `teacher`. Any other has no rights. */
  readonly role?: string;
  /** Who the caller is at the school: the person's key in the school's own exports. */
  readonly staffMember?: string;
  /** OAuth scopes, split at blanks. */
  readonly scope: readonly string[];
  /** When the right ends, in seconds since 1970. */
  readonly exp?: number;
  /** In which trace it is asked, for the processing log: of the one call, and not of the statement. */
  readonly trace?: string;
}

/** Signs verified claims for one subgraph, so that one subgraph cannot use them at another. */
export interface ClaimsSigner {
  /** @param rights the private claims of the access token; @param until its `exp`, in seconds. */
  sign(rights: Readonly<Record<string, unknown>>, audience: string, until: number): Promise<SignedClaims>;
}

export interface SignedClaims {
  readonly jws: string;
  /** When it should no longer be sent, in seconds since 1970. */
  readonly staleAt: number;
}

export async function createClaimsSigner(privateKey: JWK, clock: Clock): Promise<ClaimsSigner> {
  const key = await importJWK(privateKey, "EdDSA");
  const kid = await calculateJwkThumbprint(privateKey);
  return {
    async sign(rights, audience, until) {
      const now = Math.floor(clock.now().getTime() / 1000);
      const exp = Math.min(now + life, until);
      const jws = await new SignJWT({ ...rights, until })
        .setProtectedHeader({ alg: "EdDSA", kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(exp)
        .sign(key);
      return { jws, staleAt: exp - Math.min(life / 2, 15) };
    },
  };
}

/** Verifies the gateway's statement. Refuses with a Fault UNAUTHENTICATED. */
export type ClaimsVerifier = (jws: string | undefined) => Promise<Claims>;

/** The most statements that are remembered as verified. */
const remembered = 10_000;

export async function createClaimsVerifier(publicKey: JWK, audience: string, clock: Clock): Promise<ClaimsVerifier> {
  const key = await importJWK(publicKey, "EdDSA");
  const verified = new Map<string, { claims: Claims; exp: number }>();
  return async (jws) => {
    const now = clock.now();
    if (jws === undefined) throw new Fault("UNAUTHENTICATED");
    const known = verified.get(jws);
    if (known !== undefined && known.exp > now.getTime() / 1000) return known.claims;
    try {
      const { payload } = await jwtVerify(jws, key, {
        algorithms: ["EdDSA"],
        issuer,
        audience,
        currentDate: now,
        requiredClaims: ["exp"],
      });
      const claims = toClaims(payload);
      if (verified.size >= remembered) verified.clear();
      verified.set(jws, { claims, exp: payload.exp ?? 0 });
      return claims;
    } catch {
      throw new Fault("UNAUTHENTICATED");
    }
  };
}

/** Reads the claims of a payload whose signature has been checked. */
function toClaims(payload: Readonly<Record<string, unknown>>): Claims {
  const { sub, party, organisation, schools, role, staffMember, scope, until } = payload;
  if (typeof sub !== "string" || typeof party !== "string") throw new Fault("UNAUTHENTICATED");
  return {
    sub,
    party,
    ...(typeof organisation === "string" ? { organisation } : {}),
    ...(Array.isArray(schools) ? { schools: schools.filter((id) => typeof id === "string") } : {}),
    // A role takes rights away: one that cannot be read must not be lost.
    ...(role === undefined ? {} : { role: typeof role === "string" ? role : "unreadable" }),
    ...(typeof staffMember === "string" ? { staffMember } : {}),
    scope: typeof scope === "string" ? scope.split(" ").filter((word) => word !== "") : [],
    ...(typeof until === "number" ? { exp: until } : {}),
  };
}
