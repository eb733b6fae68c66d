import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** The wanted port of 127.0.0.1 or, where it is taken, any free one. */
export async function freePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (const port of [wanted, 0, 0, 0]) {
    if (port !== 0 && taken.has(port)) continue;
    const server = createServer();
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
      const found = (server.address() as AddressInfo).port;
      if (!taken.has(found)) return found;
    } catch {
      // Taken: the next.
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  }
  throw new Error("No free port was found");
}
