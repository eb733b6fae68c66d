import { parts } from "./parts.ts";
import { type ReservedPort, reservePort } from "./ports.ts";

/** Where each part of a system on one machine listens, on 127.0.0.1. */
export interface Addresses {
  readonly gateway: number;
  readonly provider: number;
  readonly postgres: number;
  /** By name. */
  readonly subgraphs: Readonly<Record<string, number>>;
}

/** Addresses that are held until the parts that they are for take them, so that two systems that start at once differ. */
export interface ReservedAddresses {
  readonly addresses: Addresses;
  /** Gives up the ports that are held for these: `gateway`, `provider`, `postgres`, or subgraphs by name. */
  release(...names: readonly string[]): Promise<void>;
}

/**
 * The usual ports; in the place of a busy one, one that is free.
 * @param ports `any` where nobody looks for the system at the usual ones: then it is in nobody's way.
 */
export async function reserveAddresses(ports: "usual" | "any" = "usual"): Promise<ReservedAddresses> {
  const reserved = new Map<string, ReservedPort>();
  const reserve = async (name: string, wanted: number): Promise<number> => {
    const port = await reservePort(ports === "usual" ? wanted : 0);
    reserved.set(name, port);
    return port.port;
  };
  const subgraphs: Record<string, number> = {};
  for (const { name, port } of parts) subgraphs[name] = await reserve(name, port);
  return {
    addresses: {
      subgraphs,
      gateway: await reserve("gateway", 4000),
      provider: await reserve("provider", 4010),
      postgres: await reserve("postgres", 4432),
    },
    async release(...names) {
      await Promise.all(names.map((name) => reserved.get(name)?.release()));
    },
  };
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
