import type { ExecutionResult } from "graphql";
import type { Plans } from "../execution/planning.ts";
import { Executor, type OperationRequest } from "../executor/executor.ts";
import { hashOf } from "../policy/trusted-documents.ts";
import type { Caller, EventRequest, Subgraphs } from "../upstream/port.ts";
import type { Observed, Observer } from "./observer.ts";

/** An executor under observation. */
export class ObservedExecutor extends Executor {
  readonly #observer: Observer;

  constructor(observer: Observer, ...given: ConstructorParameters<typeof Executor>) {
    super(...given);
    this.#observer = observer;
  }

  override execute(request: OperationRequest, caller: Caller): Promise<ExecutionResult> {
    return this.#observer.operation(this.#observed(request), () => super.execute(request, caller), codesOf);
  }

  override executeText(request: OperationRequest, caller: Caller): ReturnType<Executor["executeText"]> {
    return this.#observer.operation(this.#observed(request), () => super.executeText(request, caller), codesOf);
  }

  override async live(request: OperationRequest, caller: Caller): ReturnType<Executor["live"]> {
    const observed = this.#observed(request);
    const run = () => super.live(request, caller);
    const begun = await this.#observer.operation(observed, run, (one) => ("key" in one ? [] : codesOf(one)));
    if (!("key" in begun)) return begun;
    return {
      ...begun,
      answer: (event, reader) => this.#observer.event(observed, () => begun.answer(event, reader), codesOf),
    };
  }

  #observed({ source }: OperationRequest): Observed {
    return { contract: this.contract.name, hash: () => hashOf(source) };
  }
}

export function observedPlans(observer: Observer, plans: Plans): Plans {
  return { plan: (...given) => observer.plan(() => plans.plan(...given)), renew: () => plans.renew() };
}

/** Subgraphs under observation: each call and each subscription. */
export function observedSubgraphs(observer: Observer, subgraphs: Subgraphs): Subgraphs {
  return {
    call: (subgraph, body, caller) => observer.call(subgraph, () => subgraphs.call(subgraph, body, caller)),
    subscribe: (subgraph, request: EventRequest, caller) =>
      countedStream(subgraphs.subscribe(subgraph, request, caller), observer.subscription(subgraph)),
  };
}

/** Calls back once when a stream has ended, in whichever way. */
function countedStream(stream: AsyncIterable<unknown>, onEnd: () => void): AsyncIterable<unknown> {
  const events = stream[Symbol.asyncIterator]();
  let hasEnded = false;
  const end = () => {
    if (!hasEnded) onEnd();
    hasEnded = true;
  };
  const counted: AsyncIterableIterator<unknown> = {
    async next() {
      try {
        const event = await events.next();
        if (event.done) end();
        return event;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return(value) {
      end();
      return (await events.return?.(value)) ?? { done: true, value };
    },
    [Symbol.asyncIterator]: () => counted,
  };
  return counted;
}

function codesOf({ errors = [] }: Pick<ExecutionResult, "errors">): readonly string[] {
  return errors.map(({ extensions }) => String(extensions["code"]));
}
