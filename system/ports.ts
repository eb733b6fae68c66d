import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** A port of 127.0.0.1 that is held for somebody, and that nobody else gets until it is released to them. */
export interface ReservedPort {
  readonly port: number;
  release(): Promise<void>;
}

/**
 * Below those that an operating system gives to outgoing connections (from 32768 on in Linux, 49152 in others), so that
 * none of these has the port by the time that it is listened on.
 */
const [lowest, highest] = [10_000, 32_000];
const attempts = 100;

/** Reserves the wanted port or, where it is taken, any free one; 0 wants any. */
export async function reservePort(wanted: number): Promise<ReservedPort> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = attempt === 0 && wanted !== 0 ? wanted : randomInt(lowest, highest);
    const server = createServer((visitor) => visitor.destroy());
    try {
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    } catch {
      continue;
    }
    server.unref();
    return {
      port,
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
