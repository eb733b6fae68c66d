import { type DocumentNode, parse } from "graphql";
import { admitDocument, operationOf, parseDocument } from "../execution/admission.ts";
import { type DocumentLimits, usualLimits } from "../execution/limits.ts";
import { Refusal } from "../execution/refusal.ts";
import { weights } from "../execution/weights.ts";
import type { TrustedDocuments } from "../policy/trusted-documents.ts";
import { RecentMap } from "../recent.ts";
import { PreparedOperation } from "./prepared.ts";
import type { Supergraph } from "./supergraph.ts";

/** One operation of a document, as a request names it. */
export interface NamedOperation {
  readonly source: string;
  /** The source, where it has been parsed already. */
  readonly document?: DocumentNode;
  readonly operationName?: string | null | undefined;
}

/** A text that has been admitted, with those of its operations that have been asked for, by name. */
type KnownDocument = Map<string | null, PreparedOperation>;

/** What is admitted and kept, where not as usual. */
export interface Admitting {
  /** The only documents that are admitted; without them, all that the contract allows are. */
  readonly trusted?: TrustedDocuments | undefined;
  readonly limits?: DocumentLimits | undefined;
  /** How much is kept, in bytes. */
  readonly kept?: number | undefined;
}

/**
 * The operations of one contract that have been admitted, for as long as they are used more than others:
 * what is kept is bounded by what it takes of the memory, not by what the client has sent of it.
 */
export class PreparedOperations {
  readonly #supergraph: Supergraph;
  readonly #trusted: TrustedDocuments | undefined;
  readonly #limits: DocumentLimits;
  readonly #known: RecentMap<KnownDocument>;

  constructor(supergraph: Supergraph, { trusted, limits = usualLimits, kept = weights.limit }: Admitting = {}) {
    this.#supergraph = supergraph;
    this.#trusted = trusted;
    this.#limits = limits;
    this.#known = new RecentMap(kept);
  }

  /** Whether a text has been admitted, and is kept. */
  has(source: string): boolean {
    return this.#known.get(source) !== undefined;
  }

  /** @throws Refusal where it is not fit to run. */
  prepare({ source, document, operationName = null }: NamedOperation): PreparedOperation {
    const known = this.#known.get(source);
    return known?.get(operationName) ?? this.#admit(known ?? new Map(), source, document, operationName);
  }

  #admit(
    operations: KnownDocument,
    source: string,
    document: DocumentNode | undefined,
    operationName: string | null,
  ): PreparedOperation {
    // What has been admitted once need not be again for another of its operations.
    if (operations.size === 0) this.#assertFit(source, document);
    const weigh = () => this.#known.weigh(source, operations, weightOf(source, operations));
    // Without the places of its parts, which only complaints need, it takes half the memory.
    const operation = operationOf(parse(source, { noLocation: true }), operationName);
    const prepared = new PreparedOperation(this.#supergraph, operation, weigh);
    operations.set(operationName, prepared);
    this.#known.set(source, operations, weightOf(source, operations));
    return prepared;
  }

  #assertFit(source: string, document: DocumentNode | undefined): void {
    if (this.#trusted?.admits(source) === false) throw new Refusal("OPERATION_NOT_REGISTERED");
    admitDocument(this.#supergraph.contract.schema, document ?? parseDocument(source, this.#limits), this.#limits);
  }
}

function weightOf(source: string, operations: KnownDocument): number {
  let weight = 0;
  for (const operation of operations.values()) {
    weight += weights.operation + weights.character * source.length + operation.weight;
  }
  return weight;
}
