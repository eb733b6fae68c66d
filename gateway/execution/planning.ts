import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { Fault } from "../../plumbing/faults.ts";
import type { PlannerAnswer, PlannerRequest, ready } from "./planner-process.ts";

/**
 * How long a planner may take to be ready, one operation may take to plan, and a planner may have nothing to do;
 * milliseconds. On a machine that is busy, a process can take longer to begin than to plan.
 */
const readyWithin = 30_000;
const planWithin = 5_000;
const idleFor = 30_000;

/** How many operations may wait to be planned: who sends ever new ones must not fill the memory with them. */
const waitingLimit = 1_000;

/** An operation for which the planner has no plan, or at which it broke down. */
export class Unplannable extends Error {
  override readonly name = "Unplannable";
  /** Whether it will always be so: a planner that took too long may just have had no processor. */
  readonly isFinal: boolean;

  constructor(isFinal: boolean) {
    super("There is no plan");
    this.isFinal = isFinal;
  }
}

/** Whether there will never be a plan for an operation, as opposed to one that is not there yet. */
export function isFinal(error: unknown): boolean {
  return error instanceof Unplannable && error.isFinal;
}

/** Who plans: usually a process of its own. */
export interface Plans {
  /**
   * @param draw what was drawn for the request, from 0 to 100, where an `@override` goes by per cent.
   * @throws Unplannable
   * @throws Fault SUBGRAPH_UNAVAILABLE where too many wait already.
   */
  plan(supergraph: string, operation: string, draw?: number): Promise<QueryPlan>;
  /** What is planned from now on is planned by a process that has planned nothing before. */
  renew(): void;
}

interface Waiting {
  readonly supergraph: string;
  readonly operation: string;
  readonly draw: number;
  readonly answer: PromiseWithResolvers<QueryPlan>;
}

/**
 * Plans operations in another process, which is there only while there is something to plan: it takes more memory
 * than all that it plans. It is given one after another, so that it is known which is to blame when it ends early or
 * takes too long. The others are planned by the next process.
 */
export class Planning implements Plans, AsyncDisposable {
  readonly #waiting: Waiting[] = [];
  #planner: PlannerProcess | undefined;
  #underWay: { readonly by: PlannerProcess; readonly answer: Waiting["answer"] } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLate = false;

  plan(supergraph: string, operation: string, draw = 0): Promise<QueryPlan> {
    if (this.#waiting.length >= waitingLimit) return Promise.reject(new Fault("SUBGRAPH_UNAVAILABLE"));
    const answer = Promise.withResolvers<QueryPlan>();
    this.#waiting.push({ supergraph, operation, draw, answer });
    if (this.#underWay === undefined) this.#next();
    return answer.promise;
  }

  renew(): void {
    // One that is at work ends once it has done what it is about.
    if (this.#underWay === undefined) this.#planner?.end();
    this.#planner = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const planners = [this.#planner, this.#underWay?.by].filter((planner) => planner !== undefined);
    clearTimeout(this.#timer);
    for (const { answer } of this.#waiting.splice(0)) answer.reject(new Unplannable(false));
    for (const planner of planners) planner.end();
    await Promise.all(planners.map(({ ended }) => ended));
  }

  /** Gives the next operation to a planner, if there is one. */
  #next(): void {
    clearTimeout(this.#timer);
    this.#isLate = false;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      this.#timer = setTimeout(() => this.renew(), idleFor).unref();
      return;
    }
    const by = this.#planner ?? this.#start();
    this.#planner = by;
    this.#underWay = { by, answer: waiting.answer };
    by.send(waiting);
    this.#watch(by);
  }

  #watch(by: PlannerProcess): void {
    clearTimeout(this.#timer);
    // While something waits, the timer alone keeps this process from ending.
    this.#timer = setTimeout(
      () => {
        this.#isLate = true;
        by.end();
      },
      by.isReady ? planWithin : readyWithin,
    );
  }

  #start(): PlannerProcess {
    const planner = new PlannerProcess(
      () => {
        if (this.#underWay?.by === planner) this.#watch(planner);
      },
      ({ plan }) => {
        this.#settle(planner, (answer) => (plan ? answer.resolve(plan) : answer.reject(new Unplannable(true))));
        if (this.#planner !== planner) planner.end();
      },
      () => {
        if (this.#planner === planner) this.#planner = undefined;
        this.#settle(planner, (answer) => answer.reject(new Unplannable(!this.#isLate)));
      },
    );
    return planner;
  }

  #settle(by: PlannerProcess, settle: (answer: Waiting["answer"]) => void): void {
    if (this.#underWay?.by !== by) return;
    settle(this.#underWay.answer);
    this.#underWay = undefined;
    this.#next();
  }
}

/** One process, which learns each supergraph with the first operation over it. */
class PlannerProcess {
  /** Settles once the process is gone. */
  readonly ended: Promise<unknown>;
  isReady = false;
  readonly #process: ReturnType<typeof fork>;
  readonly #planners = new Map<string, number>();

  constructor(onReady: () => void, onAnswer: (answer: PlannerAnswer) => void, onEnd: () => void) {
    const program = fileURLToPath(import.meta.url).replace(/planning(\.[jt]s)$/, "planner-process$1");
    // Nothing of the environment is needed there, and what it would print on its end is of no use.
    this.#process = fork(program, { stdio: "ignore", env: {}, execArgv: [], serialization: "json" });
    this.#process.on("message", (message: typeof ready | PlannerAnswer) => {
      if (message !== "ready") return onAnswer(message);
      this.isReady = true;
      onReady();
    });
    this.ended = new Promise<void>((resolve) => {
      const end = () => {
        onEnd();
        resolve();
      };
      this.#process.once("error", end);
      this.#process.once("exit", end);
    });
    this.#process.unref();
    this.#process.channel?.unref();
  }

  send({ supergraph, operation, draw }: Waiting): void {
    const known = this.#planners.get(supergraph);
    const planner = known ?? this.#planners.size;
    if (known === undefined) {
      this.#planners.set(supergraph, planner);
      this.#post({ supergraph, planner });
    }
    this.#post({ operation, planner, draw });
  }

  end(): void {
    // Its end comes at once, and may be waited for.
    this.#process.ref();
    this.#process.kill("SIGKILL");
  }

  /** A message that cannot be sent any more is for a process whose end is about to be told. */
  #post(request: PlannerRequest): void {
    this.#process.send(request, () => undefined);
  }
}
