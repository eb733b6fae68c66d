import { readFile } from "node:fs/promises";
import { type DocumentNode, parse } from "graphql";
import { type ContractDefinition, ContractError, readContractDefinitions } from "../contracts/definition.ts";
import { type DocumentRegister, readDocumentRegister } from "../policy/trusted-documents.ts";

/** The one contract where there is no file of contracts: all that is accessible. */
export const everything = "everything";

/** @throws ContractError where the file is no supergraph, or cannot be read. */
export async function readSupergraph(file: string): Promise<DocumentNode> {
  const text = await readText(file, "the supergraph");
  try {
    return parse(text, { noLocation: true });
  } catch {
    throw new ContractError("The file of the supergraph is not GraphQL");
  }
}

/** @throws ContractError */
export async function readContracts(file: string | undefined): Promise<ReadonlyMap<string, ContractDefinition>> {
  if (file === undefined) return new Map([[everything, {}]]);
  return readContractDefinitions(await readText(file, "the contracts"));
}

/**
 * @param contracts those that documents may be registered for.
 * @throws ContractError
 */
export async function readRegister(file: string, contracts: ReadonlyMap<string, unknown>): Promise<DocumentRegister> {
  const register = readDocumentRegister(await readText(file, "the trusted documents"));
  for (const name of register.keys()) {
    if (!contracts.has(name)) throw new ContractError(`Documents are registered for ${name}, which is no contract`);
  }
  return register;
}

async function readText(file: string, content: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new ContractError(`The file of ${content} cannot be read`);
  }
}
