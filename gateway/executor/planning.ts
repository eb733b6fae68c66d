import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { PlannerAnswer, PlannerRequest } from "./planner-process.ts";

/** How long one operation may take to plan, and a planner may have nothing to do; milliseconds. */
const planWithin = 5_000;
const idleFor = 30_000;

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

interface Waiting {
  readonly supergraph: string;
  readonly operation: string;
  readonly draw: number;
  readonly answer: PromiseWithResolvers<QueryPlan>;
}

/**
 * Plans operations in another process, which is there only while there is something to plan. It takes
 * them one after another: when it ends early, or takes too long, it is the first that is to blame,
 * and the others are planned by the next process.
 */
export class Planning {
  readonly #waiting: Waiting[] = [];
  #planner: PlannerProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLate = false;

  /**
   * @param draw what was drawn for the request, from 0 to 100, where an `@override` goes by per cent.
   * @throws Unplannable
   */
  plan(supergraph: string, operation: string, draw = 0): Promise<QueryPlan> {
    const waiting = { supergraph, operation, draw, answer: Promise.withResolvers<QueryPlan>() };
    this.#waiting.push(waiting);
    if (this.#planner) this.#planner.send(waiting);
    else this.#start();
    if (this.#waiting.length === 1) this.#watch();
    return waiting.answer.promise;
  }

  #start(): void {
    const planner = new PlannerProcess(
      ({ plan }) => {
        const first = this.#waiting.shift();
        this.#watch();
        if (plan) first?.answer.resolve(plan);
        else first?.answer.reject(new Unplannable(true));
      },
      () => {
        if (this.#planner !== planner) return;
        this.#planner = undefined;
        this.#waiting.shift()?.answer.reject(new Unplannable(!this.#isLate));
        if (this.#waiting.length > 0) this.#start();
        this.#watch();
      },
    );
    this.#planner = planner;
    for (const waiting of this.#waiting) planner.send(waiting);
  }

  /** Ends a planner that takes too long, or has nothing more to do. */
  #watch(): void {
    clearTimeout(this.#timer);
    this.#isLate = false;
    const isBusy = this.#waiting.length > 0;
    this.#timer = setTimeout(
      () => {
        this.#isLate = true;
        this.#planner?.end();
        // What comes from now on is for another process, and this one's end is nobody's fault.
        if (!isBusy) this.#planner = undefined;
      },
      isBusy ? planWithin : idleFor,
    );
    // While something waits, the timer alone keeps this process from ending.
    if (!isBusy) this.#timer.unref();
  }
}

/** One process, which learns each supergraph with the first operation over it. */
class PlannerProcess {
  readonly #process: ReturnType<typeof fork>;
  readonly #planners = new Map<string, number>();

  constructor(onAnswer: (answer: PlannerAnswer) => void, onEnd: () => void) {
    const program = fileURLToPath(import.meta.url).replace(/planning(\.[jt]s)$/, "planner-process$1");
    // Nothing of the environment is needed there, and what it would print on its end is of no use.
    this.#process = fork(program, { stdio: "ignore", env: {}, execArgv: [], serialization: "json" });
    this.#process.on("message", onAnswer);
    this.#process.once("error", onEnd);
    this.#process.once("exit", onEnd);
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
    this.#process.kill("SIGKILL");
  }

  /** A message that cannot be sent any more is for a process whose end is about to be told. */
  #post(request: PlannerRequest): void {
    this.#process.send(request, () => undefined);
  }
}
