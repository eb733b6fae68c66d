import { setTimeout as pause } from "node:timers/promises";
import { claimsHeader } from "../../plumbing/claims.ts";
import { Fault } from "../../plumbing/faults.ts";
import type { Post } from "../../plumbing/http.ts";
import { newTraceparent, traceHeader } from "../../plumbing/trace-context.ts";
import { Circuit } from "./circuit.ts";
import type { Credentials } from "./credentials.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import { InProcessCalls } from "./in-process-calls.ts";
import type { Caller } from "./port.ts";
import { CallFailed, type TextAnswer, TextCalls, type Transport } from "./text-calls.ts";

/** How long a subgraph may take to answer, in milliseconds. */
export interface Deadlines {
  readonly usual: number;
  /** By the names of those subgraphs that are given another. */
  readonly bySubgraph: ReadonlyMap<string, number>;
}

/** The pauses before a query is sent again, in milliseconds: a lost connection may just have been an old one. */
const retryAfter = [0, 50];

/** Headers of the gateway itself for one call, such as where it belongs in a trace. */
export type OwnHeaders = () => Readonly<Record<string, string>>;

/** What goes with each call. */
const always = { "content-type": "application/json", accept: "application/json" } as const;

/** What is known of one subgraph. */
interface Way {
  readonly calls: Transport;
  readonly circuit: Circuit;
  readonly deadline: number;
  /** Is called when a query is sent once more. */
  readonly onRetry: () => void;
}

/** Subgraphs of the same process, by their names: they are called without a network in between. */
export type InProcess = ReadonlyMap<string, Post>;

/** Is told of what callers do not see. */
export interface CallCounts {
  /** A query is sent to a subgraph once more. */
  retried(subgraph: string): void;
}

/** How subgraphs are called. */
export interface CallOptions {
  /** How long a subgraph may take to answer, in milliseconds, or how long each may. */
  readonly deadline: number | Deadlines;
  readonly ownHeaders?: OwnHeaders | undefined;
  readonly inProcess?: InProcess | undefined;
  readonly counts?: CallCounts | undefined;
}

/** Calls subgraphs, over kept-alive HTTP connections unless they are in this process. */
export class HttpCalls implements AsyncDisposable {
  readonly #ways: ReadonlyMap<string, Way>;
  readonly #credentials: Credentials;
  readonly #ownHeaders: OwnHeaders | undefined;

  constructor(
    urls: ReadonlyMap<string, URL>,
    credentials: Credentials,
    { deadline, ownHeaders, inProcess, counts }: CallOptions,
  ) {
    const deadlineOf = (name: string) =>
      typeof deadline === "number" ? deadline : (deadline.bySubgraph.get(name) ?? deadline.usual);
    const queue = new DeadlineQueue();
    this.#ways = new Map(
      [...urls].map(([name, url]): [string, Way] => {
        const post = inProcess?.get(name);
        const calls = post ? new InProcessCalls(post, queue) : new TextCalls(url, queue, credentials.tls);
        const onRetry = () => counts?.retried(name);
        return [name, { calls, circuit: new Circuit(), deadline: deadlineOf(name), onRetry }];
      }),
    );
    this.#credentials = credentials;
    this.#ownHeaders = ownHeaders;
  }

  /** Whether the circuit of each subgraph is open, by its name. */
  circuits(): ReadonlyMap<string, boolean> {
    return new Map([...this.#ways].map(([name, { circuit }]) => [name, circuit.isOpen]));
  }

  /**
   * A query whose connection is lost before its answer is sent again, within the deadline. A mutation
   * never is: it may have been done. Of the client's own headers none goes on.
   */
  async call(subgraph: string, body: string, caller: Caller): Promise<unknown> {
    const way = this.#ways.get(subgraph);
    if (way === undefined) throw new Fault("SUBGRAPH_UNAVAILABLE");
    const claims = await this.#credentials.of(caller, subgraph);
    const headers = this.#headersFor(claims);
    if (!way.circuit.admit()) throw new Fault("SUBGRAPH_UNAVAILABLE");
    try {
      const { status, text } = await post(way, body, headers);
      const answer: unknown = JSON.parse(text);
      if (isOutage(status)) way.circuit.fail();
      else way.circuit.succeed();
      return answer;
    } catch (error) {
      way.circuit.fail();
      throw error;
    }
  }

  #headersFor(claims: string | undefined): Readonly<Record<string, string>> {
    if (claims === undefined && this.#ownHeaders === undefined) return always;
    // A subgraph that is told who asks writes down by which call; the gateway's own trace, where there is one, counts.
    const stated = claims === undefined ? undefined : { [claimsHeader]: claims, [traceHeader]: newTraceparent() };
    return { ...always, ...stated, ...this.#ownHeaders?.() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#ways.values()].map(({ calls }) => calls.close()));
  }
}

async function post(
  { calls, deadline, onRetry }: Way,
  body: string,
  headers: Record<string, string>,
): Promise<TextAnswer> {
  const until = performance.now() + deadline;
  if (!isQuery(body)) return calls.post(body, headers, until);
  for (const wait of retryAfter) {
    try {
      return await calls.post(body, headers, until);
    } catch (error) {
      if (!(error instanceof CallFailed && error.isLost) || until - performance.now() <= wait) throw error;
    }
    if (wait > 0) await pause(wait);
    onRetry();
  }
  return calls.post(body, headers, until);
}

/** The text of an operation begins with its kind, unless it is a query without a name or variables. */
function isQuery(body: string): boolean {
  return body.startsWith('{"query":"{') || body.startsWith('{"query":"query');
}

/** A status by which what stands before a subgraph says that it is not there. */
function isOutage(status: number): boolean {
  return status >= 502 && status <= 504;
}
