import type { JsonObject } from "../execution/json.ts";
import { eventRequest, type RequestNode } from "../execution/requests.ts";
import type { Caller, EventRequest, Subgraphs } from "../upstream/port.ts";
import type { Cursor } from "./live-operation.ts";
import type { Resumption } from "./resumption.ts";
import { rightsKey } from "./rights-key.ts";

/** Where the events of one subscription come from, and with whom it may be shared. */
export class EventSource {
  /** The cursor that the client begins after. */
  readonly start: Cursor | undefined;
  readonly #node: RequestNode;
  readonly #resumption: Resumption | undefined;
  readonly #isNamedOnce: (variable: string) => boolean;
  readonly #variables: JsonObject;

  /** @param isNamedOnce whether the client's document uses a variable in one place only. */
  constructor(
    node: RequestNode,
    resumption: Resumption | undefined,
    isNamedOnce: (variable: string) => boolean,
    variables: JsonObject,
  ) {
    this.#node = node;
    this.#resumption = resumption;
    this.#isNamedOnce = isNamedOnce;
    this.#variables = variables;
    this.start = resumption?.start(variables);
  }

  get isResumable(): boolean {
    return this.#resumption !== undefined;
  }

  request(after: Cursor | undefined): EventRequest {
    const request = eventRequest(this.#node, this.#variables);
    if (this.#resumption === undefined) return request;
    const { query, variable, unusedVariable } = this.#resumption;
    const { [unusedVariable ?? ""]: _, ...variables } = request.variables;
    return { query, variables: after === undefined ? variables : { ...variables, [variable]: after } };
  }

  cursorOf(event: unknown): Cursor | undefined {
    return this.#resumption?.cursorOf(event);
  }

  /** Whether the subgraph tells the cursor of what has happened last. */
  get tellsLast(): boolean {
    return this.#resumption?.lastQuery !== undefined;
  }

  /** @returns undefined where nothing has happened yet; where it cannot be had, it is as if it were not told. */
  async last(subgraphs: Subgraphs, caller: Caller): Promise<Cursor | undefined> {
    const { lastQuery, lastOf } = this.#resumption ?? {};
    if (lastQuery === undefined) return undefined;
    return subgraphs.call(this.#node.serviceName, lastQuery, caller).then(lastOf, () => undefined);
  }

  /**
   * What two subscriptions of one document must have in common to be shared. An upstream operation
   * that cannot be resumed cannot go over to another's right either, so it is shared within one token only.
   */
  keyFor(caller: Caller): string {
    const start = this.#resumption?.startVariable;
    // The variable of the cursor says nothing else, unless the document names it elsewhere, too.
    const shared = Object.entries(this.#variables).filter(([name]) => name !== start || !this.#isNamedOnce(name));
    const rights = this.isResumable ? rightsKey(caller) : caller.id;
    return `${rights}\n${JSON.stringify(shared)}`;
  }
}
