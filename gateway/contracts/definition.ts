import { ConfigError } from "../../plumbing/config.ts";

/** What one party is served of the supergraph. */
export interface ContractDefinition {
  /** A field is in the contract by one of these tags; without the list, all that is accessible is in. */
  readonly tags?: readonly string[];
  /** The subgraphs that may be asked on behalf of the party; without the list, all of them. */
  readonly graphs?: readonly string[];
}

/** A contract that cannot be kept as it is written. The message is for the operator, at start and at a reload. */
export class ContractError extends ConfigError {
  override readonly code = "CONTRACT_ERROR";
}

/**
 * Reads the contracts file: an object of contracts by the name of the party.
 * Both lists must be there: in a file, a forgotten line must not open everything.
 * @throws ContractError where it is anything else.
 */
export function readContractDefinitions(text: string): ReadonlyMap<string, ContractDefinition> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw new ContractError("The contracts file is not JSON");
  }
  if (typeof file !== "object" || file === null || Array.isArray(file)) {
    throw new ContractError("The contracts file must hold an object of contracts by name");
  }
  return new Map(Object.entries(file).map(([name, contract]) => [name, readDefinition(name, contract)]));
}

function readDefinition(name: string, contract: unknown): ContractDefinition {
  const { tags, graphs } = (contract ?? {}) as Record<string, unknown>;
  if (!isNames(tags)) throw new ContractError(`The contract ${name} must list its tags`);
  if (!isNames(graphs)) throw new ContractError(`The contract ${name} must list its graphs`);
  return { tags, graphs };
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}
