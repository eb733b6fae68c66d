import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientIds, providerClients } from "../system/clients.ts";
import { startOpenIdProvider } from "../system/openid-provider.ts";
import { parts } from "../system/parts.ts";
import { type Person, people } from "../system/people.ts";
import { freePort } from "../system/ports.ts";
import { loadSecrets } from "../system/secrets.ts";
import { audience } from "../system/settings.ts";

/** The OpenID provider of a test run, with the clients of the demo system. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  /** The file of the clients' keys, for `loadSecrets`. */
  readonly secrets: string;
}

/**
 * Starts the provider outside the realms in which jest runs tests: there, what its libraries take
 * for a plain object is none.
 */
export async function startTestProvider(): Promise<TestProvider> {
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-provider-"));
  const secrets = join(folder, "secrets.json");
  const keys = await loadSecrets(
    secrets,
    parts.map(({ name }) => name),
    clientIds,
  );
  const clients = providerClients(keys);
  const provider = await startOpenIdProvider({
    port: await freePort(),
    audience,
    signingKey: keys.provider,
    clients,
    people: [...people, ...testPeople()],
  });
  return {
    issuer: provider.issuer,
    secrets,
    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Contact persons whose tokens end while a test looks on, though not before a page is there on a busy machine: one is given
 * new ones, and one has to sign in anew. And one of two sites.
 */
function testPeople(): Person[] {
  return people
    .filter(({ id }) => id === "school-contact")
    .flatMap((contact) => [
      { ...contact, id: "renewed-contact", tokenLife: 20 },
      { ...contact, id: "brief-contact", tokenLife: 20, isRenewed: false },
      { ...contact, id: "contact-of-two-sites", schools: ["99AA00", "99AA01"] },
    ]);
}
