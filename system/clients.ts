import type { ProviderClient } from "./openid-provider.ts";
import { parts } from "./parts.ts";
import { personas } from "./personas.ts";
import type { Secrets } from "./secrets.ts";
import { audience, clientOf } from "./settings.ts";

/** The ids of all clients that sign in with a key: the gateway, which has none of the development provider, the parts, and the demo personas. */
export const clientIds: readonly string[] = [
  audience,
  ...parts.map(({ name }) => clientOf(name)),
  ...personas.map(({ name }) => name),
];

/** The clients of the development provider, with what their tokens say. */
export function providerClients({ clients: keys }: Secrets): ProviderClient[] {
  return [
    ...personas.map((persona) => ({ ...persona, id: persona.name })),
    ...parts.map(({ name }) => ({ id: clientOf(name), party: "service", organisation: name })),
  ].map((client) => ({ ...client, key: keys[client.id] ?? {} }));
}
