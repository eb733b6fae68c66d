import { createHash } from "node:crypto";
import { Fault } from "../../plumbing/faults.ts";
import { ContractError } from "../contracts/definition.ts";

/** What a request says of the document that it means: its text, or the hash under which it is registered. */
export interface DocumentReference {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/** The documents that one contract's callers may run: in this mode, no others are run. */
export class TrustedDocuments {
  readonly #texts: ReadonlyMap<string, string>;

  /** @param texts by the SHA-256 of each, in hexadecimal. */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  admits(text: string): boolean {
    return this.#texts.has(hashOf(text));
  }

  /**
   * The text that a request means, be it given as text, as `documentId` or as
   * `extensions.persistedQuery.sha256Hash`.
   * @throws Fault OPERATION_NOT_REGISTERED
   */
  resolve({ query, documentId, extensions }: DocumentReference): string {
    const given = typeof query === "string" && query !== "" ? hashOf(query) : undefined;
    const hash = given ?? readHash(documentId) ?? readHash(persistedHash(extensions)) ?? "";
    const text = this.#texts.get(hash);
    if (text === undefined) throw new Fault("OPERATION_NOT_REGISTERED");
    return text;
  }
}

/** The documents of all contracts, as they are registered in a file. */
export type DocumentRegister = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Reads a file of `{ "<contract>": { "<sha256>": "<text>" } }`.
 * @throws ContractError where it is anything else, or a text is not that of its hash.
 */
export function readDocumentRegister(file: string): DocumentRegister {
  return new Map(
    entriesOf(parseJson(file)).map(([contract, documents]) => {
      const texts = entriesOf(documents).map(([hash, text]): [string, string] => {
        if (typeof text !== "string" || hashOf(text) !== hash) {
          throw new ContractError(`A document registered for the contract ${contract} is not what its hash says`);
        }
        return [hash, text];
      });
      return [contract, new Map(texts)];
    }),
  );
}

export function printDocumentRegister(register: DocumentRegister): string {
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  const contracts = sorted(register).map(([name, texts]) => [name, Object.fromEntries(sorted(texts))]);
  return `${JSON.stringify(Object.fromEntries(contracts), undefined, 2)}\n`;
}

/** The SHA-256 of a document's text, in hexadecimal, as clients compute it. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function readHash(given: unknown): string | undefined {
  if (typeof given !== "string") return undefined;
  return /^(?:sha256:)?([0-9a-f]{64})$/i.exec(given)?.[1]?.toLowerCase();
}

function persistedHash(extensions: unknown): unknown {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  return persistedQuery?.sha256Hash;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ContractError("The file of trusted documents is not JSON");
  }
}

function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new ContractError("The file of trusted documents must hold texts by hash, for each contract");
}
