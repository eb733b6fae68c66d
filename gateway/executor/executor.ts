import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { type ExecutionResult, GraphQLError } from "graphql";
import { Fault, faultText } from "../../plumbing/faults.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";
import type { Contract } from "../contracts/contract.ts";
import { readAnswer } from "../execution/answers.ts";
import { usualCostLimit } from "../execution/cost.ts";
import type { Execution } from "../execution/execution.ts";
import type { JsonObject } from "../execution/json.ts";
import { type DocumentLimits, usualLimits } from "../execution/limits.ts";
import type { Plans } from "../execution/planning.ts";
import { type AnswerText, asResult, asText, type PrintedAnswer } from "../execution/printed.ts";
import { project } from "../execution/projection.ts";
import { Refusal } from "../execution/refusal.ts";
import { deniedCode } from "../policy/denied-values.ts";
import type { Denial } from "../policy/operation-policy.ts";
import { noPolicies, type PolicyPort } from "../policy/policies.ts";
import type { TrustedDocuments } from "../policy/trusted-documents.ts";
import { EventSource } from "../subscriptions/event-source.ts";
import { numberOf } from "../subscriptions/identity.ts";
import type { LiveOperation } from "../subscriptions/live-operation.ts";
import { type CursorNames, Resumptions, usualNames } from "../subscriptions/resumption.ts";
import type { Caller, Subgraphs } from "../upstream/port.ts";
import type { PreparedOperation, Variant } from "./prepared.ts";
import { type NamedOperation, PreparedOperations } from "./prepared-operations.ts";
import { Supergraph } from "./supergraph.ts";

export interface OperationRequest extends NamedOperation {
  readonly variables?: unknown;
}

export interface ExecutorOptions {
  /** Decides on `@policy`; where it is left out, no policy holds. */
  readonly policies?: PolicyPort | undefined;
  /** The only documents that are run; where it is left out, all that the contract allows are. */
  readonly documents?: TrustedDocuments | undefined;
  /** Plans operations: one for all contracts, as a process costs more memory than what it plans with. */
  readonly plans: Plans;
  /** What one document may ask for, where it is not as usual. */
  readonly limits?: DocumentLimits | undefined;
  /** How many fields an answer may have at most, where it is not as usual. */
  readonly costLimit?: number | undefined;
  /** Gives numbers from 0 to 1, without 1, by which fields move to another subgraph by degrees. */
  readonly chance?: (() => number) | undefined;
  /** By which subgraphs let a subscription be resumed. */
  readonly cursorNames?: CursorNames | undefined;
}

/**
 * Runs operations of one contract over the subgraphs. It admits each document by itself, so that
 * whichever door a request comes through, it is validated and limited in the same way.
 */
export class Executor {
  readonly contract: Contract;
  /** The only documents that are run, for doors that are given a hash; undefined where all are. */
  readonly documents: TrustedDocuments | undefined;
  /** For doors that parse a document before it comes here. */
  readonly limits: DocumentLimits;
  readonly #supergraph: Supergraph;
  readonly #subgraphs: Subgraphs;
  readonly #log: Log;
  readonly #resumptions: Resumptions;
  readonly #policies: PolicyPort;
  readonly #costLimit: number;
  readonly #prepared: PreparedOperations;
  readonly #chance: () => number;

  constructor(contract: Contract, subgraphs: Subgraphs, log: Log, options: ExecutorOptions) {
    this.contract = contract;
    this.#supergraph = new Supergraph(contract, options.plans);
    this.limits = options.limits ?? usualLimits;
    this.#prepared = new PreparedOperations(this.#supergraph, { trusted: options.documents, limits: this.limits });
    this.#subgraphs = subgraphs;
    this.#log = log;
    this.documents = options.documents;
    this.#policies = options.policies ?? noPolicies;
    this.#costLimit = options.costLimit ?? usualCostLimit;
    this.#chance = options.chance ?? Math.random;
    this.#resumptions = new Resumptions(contract.supergraph, options.cursorNames ?? usualNames);
  }

  /** Answers a query or mutation. Never rejects: a request that is not run has errors and no data. */
  execute(request: OperationRequest, caller: Caller): Promise<ExecutionResult> {
    return this.#run(request, caller, asResult);
  }

  /** As `execute`, with the answer as JSON text, which is what it is made as. */
  executeText(request: OperationRequest, caller: Caller): Promise<AnswerText> {
    return this.#run(request, caller, asText);
  }

  async #run<T>(request: OperationRequest, caller: Caller, as: (answer: PrintedAnswer) => T): Promise<T> {
    try {
      const operation = this.#prepared.prepare(request);
      if (operation.type === "subscription") throw new Refusal("BAD_REQUEST");
      const variables = operation.variables(request.variables, this.#costLimit);
      const variant = await this.#variant(operation, variables, caller);
      const execution = this.#begin(caller, variables);
      await variant.plan?.run(execution);
      return as(this.#answer(variant, execution));
    } catch (error) {
      return as(this.#refuse(error));
    }
  }

  /**
   * Admits and plans a subscription, or says why it is not run. The hub begins it, and lets those who
   * ask the same share it.
   */
  async live(request: OperationRequest, caller: Caller): Promise<LiveOperation | ExecutionResult> {
    try {
      const operation = this.#prepared.prepare(request);
      const variables = operation.variables(request.variables, this.#costLimit);
      const variant = await this.#variant(operation, variables, caller);
      const { plan } = variant;
      if (plan?.source === undefined) throw new Refusal(variant.markDenied ? deniedCode : "BAD_REQUEST");
      const { node, absorb } = plan.source;
      const events = new EventSource(node, this.#resumptions.of(node), (name) => operation.namesOnce(name), variables);
      return {
        // What a caller is denied makes another variant of the operation.
        key: `${numberOf(variant)}\n${events.keyFor(caller)}`,
        isResumable: events.isResumable,
        start: events.start,
        last: events.tellsLast ? (carrier) => events.last(this.#subgraphs, carrier) : undefined,
        events: (after, carrier) => this.#subgraphs.subscribe(node.serviceName, events.request(after), carrier),
        cursorOf: (event) => events.cursorOf(event),
        answer: async (event, reader) => {
          try {
            const execution = this.#begin(reader, variables);
            absorb(readAnswer(event), execution);
            await plan.run(execution);
            return asText(this.#answer(variant, execution));
          } catch (error) {
            return asText(this.#refuse(error));
          }
        },
      };
    } catch (error) {
      return asResult(this.#refuse(error));
    }
  }

  /**
   * Plans an operation without running it, as text for the planner.
   * @param draw one of `draws`.
   * @throws Unplannable
   */
  plan(operation: string, draw?: number): Promise<QueryPlan> {
    return this.#supergraph.plan(operation, draw);
  }

  /** Whether a text is one that may be run without another look at it: it is registered, or was admitted before. */
  trusts(source: string): boolean {
    return this.documents !== undefined || this.#prepared.has(source);
  }

  /** A number for each of the ways in which one operation may be planned. */
  get draws(): readonly number[] {
    return this.#supergraph.overrides.draws;
  }

  #variant(operation: PreparedOperation, variables: JsonObject, caller: Caller): Promise<Variant> {
    const under = (denial?: Denial) =>
      operation.variant(variables, this.#supergraph.overrides.draw(this.#chance), denial);
    // Where nothing is protected, there is nothing to wait for.
    return operation.policy === undefined ? under() : operation.policy.denialOf(caller, this.#policies).then(under);
  }

  #begin(caller: Caller, variables: JsonObject): Execution {
    return { subgraphs: this.#subgraphs, caller, variables, data: {}, stray: [] };
  }

  #answer(variant: Variant, { data, variables, stray }: Execution): PrintedAnswer {
    variant.markDenied?.(data);
    const answer = project(variant.shape, data, variant.introspect(variables));
    if (stray.length === 0) return answer;
    const others = stray.map((code) => new GraphQLError(faultText(code), { extensions: { code } }));
    return { data: answer.data, errors: [...answer.errors, ...others] };
  }

  #refuse(error: unknown): PrintedAnswer {
    if (error instanceof Refusal) return { errors: error.errors };
    if (error instanceof Fault) return { errors: [error] };
    this.#log.error(errorFacts(error), "operation could not be run");
    return { errors: [new Fault("INTERNAL_SERVER_ERROR")] };
  }
}
