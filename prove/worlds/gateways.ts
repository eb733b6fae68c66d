import { join } from "node:path";
import { startGateway } from "../../gateway/part.ts";
import { readGatewayConfig } from "../../gateway/settings.ts";
import { Config } from "../../plumbing/config.ts";
import type { Post } from "../../plumbing/http.ts";
import { openLog } from "../../plumbing/log.ts";
import { root } from "../../system/root.ts";
import { audience } from "../../system/settings.ts";
import type { AnyProvider } from "../provider.ts";
import type { OneWorld } from "./one-world.ts";

/**
 * The gateways of a world over the same parts: one that runs any document of the contract, and one that runs registered
 * ones only and answers them the short way, as in production.
 */
export const doors = ["open", "registered"] as const;

export type Door = (typeof doors)[number];

/** A world that can be looked at: `urls` are its gateways', `http://127.0.0.1:port/graphql`. */
export type OpenWorld = OneWorld & {
  readonly urls: Readonly<Record<Door, string>>;
  /** Closes the gateways, and ends the world. */
  end(): Promise<void>;
};

/** The files of what gateways serve. */
export interface ServedFiles {
  readonly contracts: string;
  readonly documents: string;
}

/** Opens a world's gateways, which call its parts within the process. */
export async function openGateways(world: OneWorld, provider: AnyProvider, files: ServedFiles): Promise<OpenWorld> {
  await using stack = new AsyncDisposableStack();
  stack.use(world);
  const { parts, clock, down } = world;
  const inProcess = new Map(
    [...parts.posts].map(([name, post]): [string, Post] => [
      name,
      async (headers, body) => {
        if (down.has(name)) throw new Error(`${name} is down`);
        return post(headers, body);
      },
    ]),
  );
  const open = async (settings: Readonly<Record<string, string>>): Promise<string> => {
    const config = new Config({
      SUPERGRAPH: join(root, "schema", "supergraph.graphql"),
      CONTRACTS: files.contracts,
      SUBGRAPH_URLS: [...parts.urls].map(([name, url]) => `${name}=${url}`).join(","),
      GATEWAY_PRIVATE_KEY: JSON.stringify(parts.gatewayKey),
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: audience,
      ALLOWED_ORIGINS: "https://dashboard.example",
      // Of a busy machine nobody is to learn.
      SUBGRAPH_DEADLINE_MS: "120000",
      ...settings,
    });
    const log = openLog("gateway", "silent");
    const gateway = stack.use(await startGateway(readGatewayConfig(config), { clock, log, inProcess }));
    return `${gateway.url}/graphql`;
  };
  const urls = { open: await open({}), registered: await open({ TRUSTED_DOCUMENTS: files.documents }) };
  const all = stack.move();
  return Object.assign(world, { urls, end: () => all.disposeAsync() });
}
