import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Contract, deriveContract } from "./contracts/contract.ts";
import { ContractError } from "./contracts/definition.ts";
import { admitDocument, parseDocument } from "./execution/admission.ts";
import type { DocumentLimits } from "./execution/limits.ts";
import { readContracts, readRegister, readSupergraph } from "./operation/files.ts";
import { type DocumentRegister, hashOf, printDocumentRegister } from "./policy/trusted-documents.ts";

/** Where the supergraph, its contracts and the register are. */
export interface RegisterFiles {
  readonly supergraph: string;
  readonly contracts: string | undefined;
  /** Is made where it is not there yet. */
  readonly documents: string;
  /** What one document may ask for, where it is not as usual. */
  readonly limits?: DocumentLimits | undefined;
}

/** A document as it has been registered. */
export interface Registered {
  readonly file: string;
  readonly hash: string;
  readonly contracts: readonly string[];
}

/**
 * Registers the documents of files and folders (`*.graphql`, `*.gql`), each under the hash of its text
 * as it stands in the file, for each contract that allows it. What is registered already stays.
 * @param only the contracts to register for; each must allow every document. All that do where it is left out.
 * @throws ContractError, and then nothing is registered.
 */
export async function registerDocuments(
  files: RegisterFiles,
  paths: readonly string[],
  only: readonly string[] = [],
): Promise<readonly Registered[]> {
  const supergraph = await readSupergraph(files.supergraph);
  const definitions = await readContracts(files.contracts);
  const absent = only.find((name) => !definitions.has(name));
  if (absent !== undefined) throw new ContractError(`There is no contract ${absent}`);
  const contracts = [...definitions].map(([name, definition]) => deriveContract(name, supergraph, definition));
  const register = new Map<string, Map<string, string>>();
  for (const [name, texts] of await readPresent(files.documents, definitions)) register.set(name, new Map(texts));
  const registered: Registered[] = [];
  for (const file of (await Promise.all(paths.map(documentsIn))).flat()) {
    const text = await readFile(file, "utf8");
    const allowing = contracts.filter((contract) => allows(contract, text, files.limits)).map(({ name }) => name);
    const chosen = only.length === 0 ? allowing : only;
    const refusing = chosen.find((name) => !allowing.includes(name));
    if (refusing !== undefined) throw new ContractError(`The contract ${refusing} does not allow ${file}`);
    if (chosen.length === 0) throw new ContractError(`${file} holds what no contract allows`);
    const hash = hashOf(text);
    for (const name of chosen) register.set(name, (register.get(name) ?? new Map<string, string>()).set(hash, text));
    registered.push({ file, hash, contracts: chosen });
  }
  // Put in place at once: a gateway may be watching.
  await writeFile(`${files.documents}.new`, printDocumentRegister(register));
  await rename(`${files.documents}.new`, files.documents);
  return registered;
}

async function readPresent(file: string, contracts: ReadonlyMap<string, unknown>): Promise<DocumentRegister> {
  const isThere = await stat(file).catch(() => undefined);
  return isThere ? readRegister(file, contracts) : new Map();
}

async function documentsIn(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => /\.(graphql|gql)$/.test(name))
      .map((name) => join(path, name))
      .sort();
  } catch {
    throw new ContractError(`${path} cannot be read`);
  }
}

function allows({ schema }: Contract, text: string, limits: DocumentLimits | undefined): boolean {
  try {
    const document = parseDocument(text, limits);
    admitDocument(schema, document, limits);
    return document.definitions.some(({ kind }) => kind === "OperationDefinition");
  } catch {
    return false;
  }
}
