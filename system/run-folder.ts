import { once } from "node:events";
import { mkdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join, resolve } from "node:path";
import { root } from "./root.ts";

/** The files of a system on one machine, in one folder that git ignores. */
export interface RunFolder {
  readonly path: string;
  /** The cluster's files. */
  readonly postgres: string;
  readonly postgresLog: string;
  readonly secrets: string;
  /** The databases' addresses, by part and role, while the system runs. */
  readonly databases: string;
  /** What a running system is and where, for scripts. There is none unless it is ready. */
  readonly system: string;
}

export function runFolder(wanted = join(root, ".run")): RunFolder {
  const path = resolve(wanted);
  return {
    path,
    postgres: join(path, "postgres"),
    postgresLog: join(path, "postgres.log"),
    secrets: join(path, "secrets.json"),
    databases: join(path, "databases.json"),
    system: join(path, "system.json"),
  };
}

/**
 * Claims the folder for this process until it ends, however it ends: a socket is listened to,
 * which only a living process can do.
 * @returns undefined where another system runs in it.
 */
export async function claimFolder(folder: RunFolder): Promise<AsyncDisposable | undefined> {
  await mkdir(folder.path, { recursive: true, mode: 0o755 });
  // A relative name: the whole of it may be longer than a socket's address can be.
  process.chdir(folder.path);
  const socket = "running";
  if (await answers(socket)) return undefined;
  await rm(socket, { force: true });
  const server = createServer((client) => client.end());
  server.listen(socket);
  await once(server, "listening");
  server.unref();
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

async function answers(socket: string): Promise<boolean> {
  const client = connect(socket);
  try {
    await once(client, "connect");
    return true;
  } catch {
    return false;
  } finally {
    client.destroy();
  }
}
