import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port of 127.0.0.1 that is held for somebody, and that nobody else gets until it is released to them. */
export interface ReservedPort {
  readonly port: number;
  release(): Promise<void>;
}

/** Reserves the wanted port or, where it is taken, any free one; 0 wants any. */
export async function reservePort(wanted: number): Promise<ReservedPort> {
  for (const port of new Set([wanted, 0])) {
    const server = createServer((visitor) => visitor.destroy());
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    } catch {
      // Taken: any other.
      continue;
    }
    server.unref();
    const { port: reserved } = server.address() as AddressInfo;
    return {
      port: reserved,
      async release() {
        if (!server.listening) return;
        server.close();
        await once(server, "close");
      },
    };
  }
  throw new Error("No free port was found");
}

/** A port of 127.0.0.1 that is free at this moment. */
export async function freePort(): Promise<number> {
  const reserved = await reservePort(0);
  await reserved.release();
  return reserved.port;
}
