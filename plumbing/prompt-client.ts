import { Client, type ClientConfig } from "pg";

/** How long PostgreSQL may leave a query unanswered, in milliseconds: longer than any statement of a part may run. */
const patience = 20_000;

/** When the operating system begins to ask an idle connection's other end whether it is there, in milliseconds. */
const keepAlive = 10_000;

/**
 * A connection to PostgreSQL that ends where an answer does not come in time: a half-open one stays silent for ever. pg's
 * own `query_timeout` gives up the query and keeps the connection, so that a pool hands it out again and again.
 */
export class PromptClient extends Client {
  #silence: NodeJS.Timeout | undefined;

  constructor(config?: ClientConfig) {
    super({ ...config, keepAlive: true, keepAliveInitialDelayMillis: keepAlive });
    const rest = () => {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    };
    // Each answer begins the time of the next query; where none waits, there is nothing to be answered.
    this.connection.on("readyForQuery", () => this.#silence?.refresh());
    // Whoever waits for an answer is told that the connection is lost, and its pool as well. Where a pool has just handed it
    // out, or takes it back, nobody listens for a moment: an error then would end the process.
    this.on("error", rest);
    this.on("drain", rest);
    this.on("end", rest);
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's overloads say what may be given, and what comes of it
  override query(...given: any[]): any {
    this.#silence ??= setTimeout(() => {
      this.connection.stream.destroy(new Error("PostgreSQL did not answer in time"));
    }, patience).unref();
    return super.query(...(given as [string]));
  }
}
