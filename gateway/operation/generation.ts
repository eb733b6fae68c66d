import { Fault } from "../../plumbing/faults.ts";
import { Leases } from "../../plumbing/leases.ts";
import { type Contract, deriveContract } from "../contracts/contract.ts";
import { type ContractDefinition, ContractError } from "../contracts/definition.ts";
import { assertPlannable } from "../contracts/plannable.ts";
import { PartyDoor } from "../doors/party-server.ts";
import { isFinal } from "../execution/planning.ts";
import type { Executor } from "../executor/executor.ts";
import { TrustedDocuments } from "../policy/trusted-documents.ts";
import type { GatewayConfig } from "../settings.ts";
import { subgraphAddresses } from "../upstream/addresses.ts";
import type { Subgraphs } from "../upstream/port.ts";
import { readContracts, readRegister, readSupergraph } from "./files.ts";
import type { Ways } from "./reach.ts";

/** What serves the callers of one contract. */
export interface Party {
  readonly executor: Executor;
  readonly door: PartyDoor;
}

/** What one request or socket operation is served by, until it leaves. */
export interface EnteredParty extends Party {
  leave(): void;
}

/** All that comes from the files of supergraph, contracts and documents, as they were at one time. */
export class Generation implements AsyncDisposable {
  readonly parties: ReadonlyMap<string, Party>;
  readonly contracts: ReadonlyMap<string, ContractDefinition>;
  /** Where each subgraph is, by its name. */
  readonly addresses: ReadonlyMap<string, URL>;
  readonly #leases = new Leases();
  readonly #parts: AsyncDisposableStack;

  /** @param parts what ends with it. */
  constructor(served: Pick<Generation, "parties" | "contracts" | "addresses">, parts: AsyncDisposableStack) {
    this.parties = served.parties;
    this.contracts = served.contracts;
    this.addresses = served.addresses;
    this.#parts = parts;
  }

  /** @throws Fault FORBIDDEN where there is no such contract. */
  enter(contract: string): EnteredParty {
    const party = this.parties.get(contract);
    if (party === undefined) throw new Fault("FORBIDDEN");
    return { ...party, leave: this.#leases.take() };
  }

  /** Ends it once all who have entered have left. Nobody may enter any more. */
  async retire(): Promise<void> {
    await this.#leases.allReturned();
    await this[Symbol.asyncDispose]();
  }

  /** Ends it at once. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync();
  }
}

type Files = Pick<GatewayConfig, "supergraph" | "contracts" | "documents" | "subgraphUrls">;

/** What a generation is made with, besides the files. */
export interface Making {
  /** @returns the ways to the subgraphs at these addresses. */
  reach(addresses: ReadonlyMap<string, URL>): Ways;
  openExecutor(contract: Contract, subgraphs: Subgraphs, documents: TrustedDocuments | undefined): Executor;
}

/**
 * Reads the files and makes all that requests need, or nothing at all.
 * @throws ContractError where the files do not make a whole.
 */
export async function makeGeneration(files: Files, { reach, openExecutor }: Making): Promise<Generation> {
  const supergraph = await readSupergraph(files.supergraph);
  const definitions = await readContracts(files.contracts);
  const register = files.documents === undefined ? undefined : await readRegister(files.documents, definitions);
  const contracts = [...definitions].map(([name, definition]) => derive(name, supergraph, definition));
  const addresses = subgraphAddresses(supergraph, files.subgraphUrls);
  await using parts = new AsyncDisposableStack();
  const { subgraphs } = parts.use(reach(addresses));
  const parties = new Map<string, Party>();
  for (const contract of contracts) {
    const documents = register && new TrustedDocuments(register.get(contract.name) ?? new Map());
    const executor = openExecutor(contract, subgraphs, documents);
    const plan = (operation: string) => Promise.all(executor.draws.map((draw) => executor.plan(operation, draw)));
    await assertPlannable(contract, plan, isFinal);
    parties.set(contract.name, { executor, door: parts.use(await PartyDoor.open(executor)) });
  }
  return new Generation({ parties, contracts: definitions, addresses }, parts.move());
}

/** graphql-js's own complaint about a schema that does not hold together would not be shown to the operator. */
function derive(...given: Parameters<typeof deriveContract>): Contract {
  try {
    return deriveContract(...given);
  } catch (error) {
    if (error instanceof ContractError) throw error;
    throw new ContractError(`Of the supergraph, no schema can be made for the contract ${given[0]}`);
  }
}
