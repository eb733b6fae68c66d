import {
  buildEndSessionUrl,
  type Configuration,
  ResponseBodyError,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from "openid-client";
import type { Language } from "../language/language.ts";
import { actAfter, countdown } from "./countdown.ts";
import { requestedScope } from "./scope.ts";

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** From which share of its life on a token is renewed. */
const renewalShare = 0.8;

/** How long to wait after a renewal that failed for want of a network, in milliseconds. */
const renewalPause = 5_000;

/** The right has ended: the person has to sign in again. */
export class SessionEnded extends Error {}

/**
 * Somebody who has signed in. Tokens are in this object and nowhere else; they are renewed for as long as the
 * provider agrees.
 */
export class Session {
  readonly party: string;
  /** The `sub` of their tokens. */
  readonly person: string;
  readonly name: string;
  /** What the person is at the organisation, where that is not the usual; else empty. */
  readonly role: string;
  readonly #provider: Configuration;
  #tokens: Tokens;
  /** Of the life of the token, in milliseconds. */
  #left = (): number => 0;
  #renewal: Promise<void> | undefined;
  #stopWaiting = () => {};
  #isEnded = false;
  readonly #listeners = new Set<() => void>();

  private constructor(provider: Configuration, tokens: Tokens) {
    const claims: Readonly<Record<string, unknown>> = tokens.claims() ?? {};
    const { party, sub, name, role } = claims;
    this.party = typeof party === "string" ? party : "";
    this.person = typeof sub === "string" ? sub : "";
    this.name = typeof name === "string" ? name : "";
    this.role = typeof role === "string" ? role : "";
    this.#provider = provider;
    this.#tokens = tokens;
    this.#take(tokens);
  }

  static open(provider: Configuration, tokens: Tokens): Session {
    return new Session(provider, tokens);
  }

  /** Whether the provider has granted a scope. One that leaves the scopes out has granted all (RFC 6749, 5.1). */
  may(scope: string): boolean {
    return (this.#tokens.scope ?? requestedScope).split(" ").includes(scope);
  }

  /** @throws SessionEnded; or what a renewal failed with, and may not the next time. */
  async token(): Promise<string> {
    if (!this.#isEnded && this.#left() <= 0) await this.renew();
    if (this.#isEnded) throw new SessionEnded();
    return this.#tokens.access_token;
  }

  /** Gets a new token in the place of one that is not taken any more. @throws as `token` does. */
  renew(): Promise<void> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** @returns what stops it. */
  onEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the session here and at the provider, and comes back to the page. */
  signOut(language: Language): void {
    this.#end();
    // The provider is told which application asks, which openid-client adds; an ID token has no place in an address.
    const back = { post_logout_redirect_uri: `${location.origin}/`, ui_locales: language };
    location.assign(buildEndSessionUrl(this.#provider, back));
  }

  async #renew(): Promise<void> {
    const { refresh_token: token } = this.#tokens;
    if (token === undefined) return this.#end();
    try {
      const tokens = await refreshTokenGrant(this.#provider, token);
      if (!this.#isEnded) this.#take(tokens);
    } catch (error) {
      // The provider has said no; anything else is a network that fails, and may come back.
      if (error instanceof ResponseBodyError) return this.#end();
      this.#renewIn(renewalPause);
      throw error;
    }
  }

  #take(tokens: Tokens): void {
    this.#tokens = { ...this.#tokens, ...tokens };
    const life = (tokens.expiresIn() ?? 60) * 1000;
    this.#left = countdown(life);
    // Without anything to renew it with, its end is the session's.
    this.#renewIn(this.#tokens.refresh_token === undefined ? life : life * renewalShare);
  }

  #renewIn(milliseconds: number): void {
    this.#stopWaiting();
    if (!this.#isEnded) this.#stopWaiting = actAfter(milliseconds, () => void this.renew().catch(() => undefined));
  }

  #end(): void {
    this.#isEnded = true;
    this.#stopWaiting();
    for (const listener of this.#listeners) listener();
  }
}
