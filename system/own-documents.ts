import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type GraphQLSchema, parse, validate } from "graphql";
import { hashOf, printDocumentRegister } from "../gateway/policy/trusted-documents.ts";
import type { Hops } from "../plumbing/outbox.ts";
import { SchemaProblem } from "./composition.ts";
import { root } from "./root.ts";

/** The contract that the parts have among themselves. */
const service = "service";

/**
 * The register of what the system itself sends, for a gateway that runs nothing else (`TRUSTED_DOCUMENTS`): the pages'
 * operations, each for the party in whose folder it is, or the parties, and the parts' hops.
 * @param schemas of the contracts, by name.
 * @param hops by part.
 * @throws SchemaProblem
 */
export async function emitDocumentRegister(
  schemas: ReadonlyMap<string, GraphQLSchema>,
  hops: ReadonlyMap<string, Hops>,
): Promise<string> {
  const register = new Map<string, Map<string, string>>();
  const add = (contract: string, text: string) =>
    register.set(contract, (register.get(contract) ?? new Map<string, string>()).set(hashOf(text), text));

  const folder = join(root, "dashboard", "operations");
  for (const parties of await readdir(folder)) {
    for (const name of await readdir(join(folder, parties))) {
      const text = await readFile(join(folder, parties, name), "utf8");
      for (const party of parties.split("+")) {
        if (!allows(schemas.get(party), text)) throw new SchemaProblem(`${party} may not ask ${name}`);
        add(party, text);
      }
    }
  }
  const parts = [...hops.keys()];
  for (const [kind, { document }] of [...hops.values()].flatMap((kinds) => Object.entries(kinds))) {
    // A door that is named after a part is there for those parts that have it.
    const texts = typeof document === "string" ? [document] : parts.map((sender) => document({ sender }));
    const allowed = texts.filter((text) => allows(schemas.get(service), text));
    if (allowed.length === 0) throw new SchemaProblem(`A part may not send ${kind}`);
    for (const text of allowed) add(service, text);
  }
  return printDocumentRegister(register);
}

function allows(schema: GraphQLSchema | undefined, text: string): boolean {
  return schema !== undefined && validate(schema, parse(text)).length === 0;
}
