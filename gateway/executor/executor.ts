import type { QueryPlan } from "@graphql-hive/router-query-planner";
import { type DocumentNode, type ExecutionResult, GraphQLError } from "graphql";
import { Fault, faultText } from "../../plumbing/faults.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";
import type { Contract } from "../contracts/contract.ts";
import { deniedCode } from "../policy/denied-values.ts";
import { noPolicies, type PolicyPort } from "../policy/policies.ts";
import type { TrustedDocuments } from "../policy/trusted-documents.ts";
import { RecentMap } from "../recent.ts";
import { EventSource } from "../subscriptions/event-source.ts";
import { numberOf } from "../subscriptions/identity.ts";
import type { LiveOperation } from "../subscriptions/live-operation.ts";
import { type CursorNames, Resumptions, usualNames } from "../subscriptions/resumption.ts";
import type { Caller, Subgraphs } from "../upstream/port.ts";
import { admitDocument, parseDocument } from "./admission.ts";
import { readAnswer } from "./answers.ts";
import { usualCostLimit } from "./cost.ts";
import type { Execution } from "./execution.ts";
import type { JsonObject } from "./json.ts";
import type { Plans } from "./mended-planner.ts";
import { PreparedOperation, type Variant } from "./prepared.ts";
import { type AnswerText, asResult, asText, type Printed } from "./printed.ts";
import { project } from "./projection.ts";
import { Refusal } from "./refusal.ts";
import { Supergraph } from "./supergraph.ts";

/** The characters of document text whose prepared operations are kept. */
const keptCharacters = 8 * 1024 * 1024;

export interface OperationRequest {
  readonly source: string;
  /** The source, where it has been parsed already. */
  readonly document?: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

export interface ExecutorOptions {
  /** Decides on `@policy`; where it is left out, no policy holds. */
  readonly policies?: PolicyPort | undefined;
  /** The only documents that are run; where it is left out, all that the contract allows are. */
  readonly documents?: TrustedDocuments | undefined;
  /** Plans operations, where it is not to be done as usual. */
  readonly plans?: Plans | undefined;
  /** How many fields an answer may have at most, where it is not as usual. */
  readonly costLimit?: number | undefined;
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
  readonly #supergraph: Supergraph;
  readonly #subgraphs: Subgraphs;
  readonly #log: Log;
  readonly #resumptions: Resumptions;
  readonly #policies: PolicyPort;
  readonly #costLimit: number;
  readonly #prepared = new RecentMap<PreparedOperation>(keptCharacters);

  constructor(contract: Contract, subgraphs: Subgraphs, log: Log, options: ExecutorOptions = {}) {
    this.contract = contract;
    this.#supergraph = new Supergraph(contract, options.plans);
    this.#subgraphs = subgraphs;
    this.#log = log;
    this.documents = options.documents;
    this.#policies = options.policies ?? noPolicies;
    this.#costLimit = options.costLimit ?? usualCostLimit;
    this.#resumptions = new Resumptions(contract.supergraph, options.cursorNames ?? usualNames);
  }

  /** Answers a query or mutation. Never rejects: a request that is not run has errors and no data. */
  async execute(request: OperationRequest, caller: Caller): Promise<ExecutionResult> {
    return asResult(await this.#run(request, caller));
  }

  /** As `execute`, with the answer as JSON text, which is what it is made as. */
  async executeText(request: OperationRequest, caller: Caller): Promise<AnswerText> {
    return asText(await this.#run(request, caller));
  }

  async #run(request: OperationRequest, caller: Caller): Promise<Printed> {
    try {
      const operation = this.#prepare(request);
      if (operation.type === "subscription") throw new Refusal("BAD_REQUEST");
      const variables = operation.variables(request.variables, this.#costLimit);
      const variant = await operation.variant(variables, await operation.policy?.denialOf(caller, this.#policies));
      const execution = this.#begin(caller, variables);
      await variant.plan?.run(execution);
      return this.#answer(variant, execution);
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /**
   * Admits and plans a subscription, or says why it is not run. The hub begins it, and lets those who
   * ask the same share it.
   */
  async live(request: OperationRequest, caller: Caller): Promise<LiveOperation | ExecutionResult> {
    try {
      const operation = this.#prepare(request);
      const variables = operation.variables(request.variables, this.#costLimit);
      const variant = await operation.variant(variables, await operation.policy?.denialOf(caller, this.#policies));
      const { plan } = variant;
      if (plan?.source === undefined) throw new Refusal(variant.markDenied ? deniedCode : "BAD_REQUEST");
      const { node, absorb } = plan.source;
      const events = new EventSource(node, this.#resumptions.of(node), request.source, variables);
      return {
        // What a caller is denied makes another variant of the operation.
        key: `${numberOf(variant)}\n${events.keyFor(caller)}`,
        isResumable: events.isResumable,
        start: events.start,
        events: (after, carrier) => this.#subgraphs.subscribe(node.serviceName, events.request(after), carrier),
        cursorOf: (event) => events.cursorOf(event),
        answer: async (event, reader) => {
          try {
            const execution = this.#begin(reader, variables);
            absorb(readAnswer(event), execution);
            await plan.run(execution);
            return this.#answer(variant, execution);
          } catch (error) {
            return this.#refuse(error);
          }
        },
      };
    } catch (error) {
      return asResult(this.#refuse(error));
    }
  }

  /**
   * Plans an operation without running it, as text for the planner.
   * @throws Unplannable
   */
  plan(operation: string): Promise<QueryPlan> {
    return this.#supergraph.plan(operation);
  }

  #prepare({ source, document, operationName }: OperationRequest): PreparedOperation {
    const key = `${operationName ?? ""}\n${source}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    if (this.documents?.admits(source) === false) throw new Refusal("OPERATION_NOT_REGISTERED");
    const operation = admitDocument(this.contract.schema, document ?? parseDocument(source), operationName);
    const prepared = new PreparedOperation(this.#supergraph, operation);
    this.#prepared.set(key, prepared, key.length);
    return prepared;
  }

  #begin(caller: Caller, variables: JsonObject): Execution {
    return { subgraphs: this.#subgraphs, caller, variables, data: {}, stray: [] };
  }

  #answer(variant: Variant, { data, variables, stray }: Execution): Printed {
    variant.markDenied?.(data);
    const answer = project(variant.shape, data, variant.introspect(variables));
    if (stray.length === 0) return answer;
    const others = stray.map((code) => new GraphQLError(faultText(code), { extensions: { code } }));
    return { data: answer.data, errors: [...answer.errors, ...others] };
  }

  #refuse(error: unknown): Printed {
    if (error instanceof Refusal) return { errors: error.errors };
    if (error instanceof Fault) return { errors: [error] };
    this.#log.error(errorFacts(error), "operation could not be run");
    return { errors: [new Fault("INTERNAL_SERVER_ERROR")] };
  }
}
