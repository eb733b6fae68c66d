import { Client, type ClientConfig } from "pg";

/** How long PostgreSQL may leave a query unanswered, in milliseconds: longer than any statement of a part may run. */
const patience = 20_000;

/** When the operating system begins to ask an idle connection's other end whether it is there, in milliseconds. */
const keepAlive = 10_000;

/**
 * How many texts of statements a process has PostgreSQL keep ready, on each of its connections: a text that is made for a list
 * of any length is one more for each length, and each takes memory there.
 */
const mostPrepared = 400;

const names = new Map<string, string>();

/** Under which name a statement is kept ready; undefined where it is not, as there are enough. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostPrepared) return known;
  const name = `statement ${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** A table was changed under a statement that PostgreSQL had kept ready: it is never ready again on this connection. */
function isOutdated(error: unknown): boolean {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown };
  return code === "0A000" && routine === "RevalidateCachedQuery";
}

/**
 * A connection to PostgreSQL that ends where an answer does not come in time: a half-open one stays silent for ever. pg's
 * own `query_timeout` gives up the query and keeps the connection, so that a pool hands it out again and again.
 *
 * PostgreSQL keeps statements with parameters ready on it: to read and plan one takes it longer, mostly, than to run it.
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
    const [text, values, ...rest] = given;
    const isPlain = typeof text === "string" && Array.isArray(values) && values.length > 0 && rest.length === 0;
    const name = isPlain ? nameOf(text) : undefined;
    if (name === undefined) return super.query(...(given as [string]));
    return super.query({ name, text, values }).catch((error: unknown) => {
      if (isOutdated(error)) this.connection.stream.destroy(new Error("A table has been changed"));
      throw error;
    });
  }
}
