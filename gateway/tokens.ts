import { createHash } from "node:crypto";
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from "jose";
import type { Clock } from "../plumbing/clock.ts";
import { Fault } from "../plumbing/faults.ts";
import type { Introspect } from "./introspection.ts";
import { RecentMap } from "./recent.ts";
import type { SignIn } from "./sign-in.ts";
import type { Caller } from "./upstream/port.ts";

const algorithms = ["RS256", "ES256", "PS256", "EdDSA"];

/** The longest life of a token, in seconds. */
const lifeLimit = 3_600;

/** How long a verified token is remembered, in milliseconds: so long may a withdrawn key still work. */
const rememberedFor = 60_000;
const rememberedTokens = 10_000;

/** How long the provider may take to answer, in milliseconds. */
const providerTimeout = 5_000;

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /**
   * The contract that a token's claims select.
   * @throws Fault UNAUTHENTICATED where they cannot be read, FORBIDDEN where there is no contract for them.
   */
  contractOf(rights: Readonly<Record<string, unknown>>): string;
  /** Asks the provider whether a token still holds; without it, one holds until it expires. */
  readonly introspect?: Introspect | undefined;
  /** How long a verified token is remembered, in milliseconds, where not as usual. */
  readonly rememberedFor?: number | undefined;
}

type Keys = ReturnType<typeof createRemoteJWKSet>;

/** Verifies access tokens against the keys of their OpenID provider. */
export class Tokens implements SignIn {
  readonly #rules: TokenRules;
  readonly #clock: Clock;
  readonly #verified = new RecentMap<{ readonly caller: Caller; readonly until: number }>(rememberedTokens);
  /** Tokens that are being verified: all who come with the same one at once wait for one answer. */
  readonly #underWay = new Map<string, Promise<Caller>>();
  #keys: Promise<Keys> | undefined;

  constructor(rules: TokenRules, clock: Clock) {
    this.#rules = rules;
    this.#clock = clock;
  }

  /**
   * @param authorization `Bearer` and the token.
   * @throws Fault UNAUTHENTICATED where there is no valid token, FORBIDDEN where there is no contract
   *   for its party, SUBGRAPH_UNAVAILABLE where the provider's keys cannot be had.
   */
  async verify(authorization: unknown): Promise<Caller> {
    const token = typeof authorization === "string" ? /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1] : undefined;
    if (token === undefined) throw new Fault("UNAUTHENTICATED");
    const id = createHash("sha256").update(token).digest("base64url");
    const now = this.#clock.now().getTime();
    const known = this.#verified.get(id);
    if (known !== undefined && known.until > now) return known.caller;
    return this.#underWay.get(id) ?? this.#verifyOnce(id, token, now);
  }

  #verifyOnce(id: string, token: string, now: number): Promise<Caller> {
    const underWay = this.#verifyAnew(id, token, now).finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, underWay);
    return underWay;
  }

  async #verifyAnew(id: string, token: string, now: number): Promise<Caller> {
    const caller = this.#toCaller(id, await this.#verifySignature(token));
    if ((await this.#rules.introspect?.(token)) === false) throw new Fault("UNAUTHENTICATED");
    const remembered = this.#rules.rememberedFor ?? rememberedFor;
    this.#verified.set(id, { caller, until: Math.min(now + remembered, caller.until * 1000) });
    return caller;
  }

  /** Whether tokens can be verified now. */
  async ready(): Promise<boolean> {
    try {
      await this.#discovered();
      return true;
    } catch {
      return false;
    }
  }

  async #verifySignature(token: string): Promise<JWTPayload> {
    const keys = await this.#discovered();
    try {
      const { payload } = await jwtVerify(token, keepingKeys(keys), {
        algorithms,
        issuer: this.#rules.issuer,
        audience: this.#rules.audience,
        currentDate: this.#clock.now(),
        requiredClaims: ["exp", "iat", "sub"],
      });
      return payload;
    } catch (error) {
      throw new Fault(isOfToken(error) ? "UNAUTHENTICATED" : "SUBGRAPH_UNAVAILABLE");
    }
  }

  #toCaller(id: string, payload: JWTPayload): Caller {
    const { iss: _, aud: __, exp = 0, nbf: ___, iat = 0, jti: ____, ...rights } = payload;
    const now = this.#clock.now().getTime() / 1000;
    if (exp - iat > lifeLimit || iat > now + 60) throw new Fault("UNAUTHENTICATED");
    return { id, party: this.#rules.contractOf(rights), rights, until: exp };
  }

  /** Asks the provider once where its keys are; a failure is not remembered. */
  #discovered(): Promise<Keys> {
    this.#keys ??= discoverKeys(this.#rules.issuer).catch((error: unknown) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }
}

async function discoverKeys(issuer: string): Promise<Keys> {
  try {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(providerTimeout) });
    const { issuer: named, jwks_uri: keys } = (await response.json()) as Record<string, unknown>;
    if (named !== issuer || typeof keys !== "string") throw new Error("The discovery document is another's");
    return createRemoteJWKSet(new URL(keys), { timeoutDuration: providerTimeout });
  } catch {
    throw new Fault("SUBGRAPH_UNAVAILABLE");
  }
}

/** The provider's keys, or the last that it gave while it cannot be reached. */
function keepingKeys(remote: Keys) {
  return async (header: JWSHeaderParameters, token: FlattenedJWSInput) => {
    try {
      return await remote(header, token);
    } catch (error) {
      const known = remote.jwks();
      if (isOfToken(error) || known === undefined) throw error;
      return createLocalJWKSet(known)(header, token);
    }
  };
}

/** Whether the token is at fault, as opposed to the provider that should give its key. */
function isOfToken(error: unknown): boolean {
  // jose tells an answer of the provider that is no key set by its plain base class.
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  return error instanceof errors.JOSEError && error.code !== "ERR_JOSE_GENERIC";
}
