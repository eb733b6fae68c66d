import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Language } from "../language/language.ts";
import { providerOf } from "./provider.ts";
import { requestedScope } from "./scope.ts";
import { Session } from "./session.ts";
import type { Settings } from "./settings.ts";

/*
 * OpenID Connect, code flow with PKCE (S256). The answer comes back behind the `#`, which no server is sent. Between
 * the way there and the way back, and no longer, the tab's session storage holds what belongs to this one sign-in.
 */

const place = "sign-in";

interface Pending {
  readonly state: string;
  readonly verifier: string;
  readonly language: Language;
}

/** What has come of a way to the provider and back. */
export interface Return {
  /** Undefined where the provider, or the person, has said no. */
  readonly session: Session | undefined;
  readonly language: Language;
}

/** Leaves for the provider. The page's memory ends here. */
export async function beginSignIn(settings: Settings, language: Language): Promise<void> {
  const provider = await providerOf(settings);
  const pending: Pending = { state: randomState(), verifier: randomPKCECodeVerifier(), language };
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: pageUrl(),
    response_mode: "fragment",
    scope: requestedScope,
    state: pending.state,
    code_challenge: await calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
    ui_locales: language,
  });
  sessionStorage.setItem(place, JSON.stringify(pending));
  location.assign(url);
}

/** @returns undefined where the page was not come to from the provider. */
export async function finishSignIn(settings: Settings): Promise<Return | undefined> {
  const stored = sessionStorage.getItem(place);
  sessionStorage.removeItem(place);
  const answer = new URLSearchParams(location.hash.slice(1));
  if (!answer.has("state")) return undefined;
  history.replaceState(null, "", location.pathname);
  if (stored === null) return undefined;
  const { state, verifier, language } = JSON.parse(stored) as Pending;
  try {
    const provider = await providerOf(settings);
    const checks = { expectedState: state, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await authorizationCodeGrant(provider, new URL(`${pageUrl()}?${answer}`), checks);
    return { session: Session.open(provider, tokens), language };
  } catch {
    return { session: undefined, language };
  }
}

/** The page as the provider knows it. */
export function pageUrl(): string {
  return `${location.origin}${location.pathname}`;
}
