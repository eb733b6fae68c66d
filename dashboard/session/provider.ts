import { allowInsecureRequests, type Configuration, discovery, None } from "openid-client";
import type { Settings } from "./settings.ts";

const known = new Map<string, Promise<Configuration>>();

/** The OpenID provider, asked once where it has what; a failure is not remembered. */
export function providerOf({ issuer, clientId }: Settings): Promise<Configuration> {
  let provider = known.get(issuer);
  if (provider === undefined) {
    // In development, provider and page are on this machine, without TLS. A page over TLS talks to none without.
    const execute = location.protocol === "http:" ? [allowInsecureRequests] : [];
    provider = discovery(new URL(issuer), clientId, undefined, None(), { execute });
    provider.catch(() => known.delete(issuer));
    known.set(issuer, provider);
  }
  return provider;
}
