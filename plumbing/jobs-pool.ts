import { Pool, type PoolClient } from "pg";

/** Is told a connection, and by what to give it back. */
type Connected = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * Where graphile-worker has its connections from. Version 0.18 gives the one on which it listens back twice, where that is
 * lost while it begins to listen and is told to end: pg throws at the second time, nobody hears it, and the process ends.
 */
export class JobsPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(connected: Connected): void;
  override connect(connected?: Connected): Promise<PoolClient> | undefined {
    if (connected === undefined) return super.connect();
    super.connect((error, client, release) => {
      let isBack = false;
      connected(error, client, (reason) => {
        if (isBack) return;
        isBack = true;
        release(reason);
      });
    });
  }
}
