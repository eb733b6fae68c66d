import { parts } from "./parts.ts";
import { freePort } from "./ports.ts";

/** Where each part of a system on one machine listens, on 127.0.0.1. */
export interface Addresses {
  readonly gateway: number;
  readonly provider: number;
  readonly postgres: number;
  /** By name. */
  readonly subgraphs: Readonly<Record<string, number>>;
}

/** The usual ports; in the place of a busy one, one that is free. */
export async function chooseAddresses(): Promise<Addresses> {
  const taken = new Set<number>();
  const take = async (wanted: number): Promise<number> => {
    const port = await freePort(wanted, taken);
    taken.add(port);
    return port;
  };
  const subgraphs: Record<string, number> = {};
  for (const { name, port } of parts) subgraphs[name] = await take(port);
  return { subgraphs, gateway: await take(4000), provider: await take(4010), postgres: await take(4432) };
}

export function subgraphUrl(addresses: Addresses, name: string): string {
  return `http://127.0.0.1:${addresses.subgraphs[name]}/graphql`;
}

export function gatewayUrl(addresses: Addresses): string {
  return `http://127.0.0.1:${addresses.gateway}/graphql`;
}

export function issuerUrl(addresses: Addresses): string {
  return `http://127.0.0.1:${addresses.provider}`;
}
