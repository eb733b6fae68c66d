import { type DocumentNode, type ExecutionResult, GraphQLError } from "graphql";
import { Fault, faultText } from "../../plumbing/faults.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";
import type { Contract } from "../contracts/contract.ts";
import { RecentMap } from "../recent.ts";
import { mapEvents } from "../subscriptions/map-events.ts";
import type { Caller, Subgraphs } from "../upstream/port.ts";
import { admitDocument, parseDocument } from "./admission.ts";
import { readAnswer } from "./answers.ts";
import type { Execution } from "./execution.ts";
import type { JsonObject } from "./json.ts";
import { PreparedOperation, type Variant } from "./prepared.ts";
import { project } from "./projection.ts";
import { Refusal } from "./refusal.ts";
import { eventRequest } from "./requests.ts";
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

/**
 * Runs operations of one contract over the subgraphs. It admits each document by itself, so that
 * whichever door a request comes through, it is validated and limited in the same way.
 */
export class Executor {
  readonly contract: Contract;
  readonly #supergraph: Supergraph;
  readonly #subgraphs: Subgraphs;
  readonly #log: Log;
  readonly #prepared = new RecentMap<PreparedOperation>(keptCharacters);

  constructor(contract: Contract, subgraphs: Subgraphs, log: Log) {
    this.contract = contract;
    this.#supergraph = new Supergraph(contract);
    this.#subgraphs = subgraphs;
    this.#log = log;
  }

  /** Answers a query or mutation. Never rejects: a request that is not run has errors and no data. */
  async execute(request: OperationRequest, caller: Caller): Promise<ExecutionResult> {
    try {
      const operation = this.#prepare(request);
      if (operation.type === "subscription") throw new Refusal("BAD_REQUEST");
      const variables = operation.variables(request.variables);
      const variant = operation.variant(variables);
      const execution = this.#begin(caller, variables);
      await variant.plan?.run(execution);
      return this.#answer(variant, execution);
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /**
   * Opens a subscription, or says why it is not run.
   * The events end with a Fault where the upstream is lost, so that the client resumes by its cursor.
   */
  async subscribe(
    request: OperationRequest,
    caller: Caller,
  ): Promise<AsyncGenerator<ExecutionResult, void> | ExecutionResult> {
    try {
      const operation = this.#prepare(request);
      const variables = operation.variables(request.variables);
      const variant = operation.variant(variables);
      const { plan } = variant;
      if (plan?.source === undefined) throw new Refusal("BAD_REQUEST");
      const { node, absorb } = plan.source;
      const events = this.#subgraphs.subscribe(node.serviceName, eventRequest(node, variables), caller);
      return mapEvents(events, async (event) => {
        const execution = this.#begin(caller, variables);
        absorb(readAnswer(event), execution);
        await plan.run(execution);
        return this.#answer(variant, execution);
      });
    } catch (error) {
      return this.#refuse(error);
    }
  }

  #prepare({ source, document, operationName }: OperationRequest): PreparedOperation {
    const key = `${operationName ?? ""}\n${source}`;
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const operation = admitDocument(this.contract.schema, document ?? parseDocument(source), operationName);
    const prepared = new PreparedOperation(this.#supergraph, operation);
    this.#prepared.set(key, prepared, key.length);
    return prepared;
  }

  #begin(caller: Caller, variables: JsonObject): Execution {
    return { subgraphs: this.#subgraphs, caller, variables, data: {}, stray: [] };
  }

  #answer(variant: Variant, { data, variables, stray }: Execution): ExecutionResult {
    const answer = project(variant.shape, data, variant.introspect(variables));
    const errors = [
      ...answer.errors,
      ...stray.map((code) => new GraphQLError(faultText(code), { extensions: { code } })),
    ];
    return errors.length === 0 ? { data: answer.data } : { data: answer.data, errors };
  }

  #refuse(error: unknown): ExecutionResult {
    if (error instanceof Refusal) return { errors: error.errors };
    if (error instanceof Fault) return { errors: [error] };
    this.#log.error(errorFacts(error), "operation could not be run");
    return { errors: [new Fault("INTERNAL_SERVER_ERROR")] };
  }
}
