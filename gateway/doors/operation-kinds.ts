import { type DocumentNode, getOperationAST, type OperationTypeNode, parse } from "graphql";
import { parseDocument } from "../execution/admission.ts";
import type { DocumentLimits } from "../execution/limits.ts";
import { Refusal } from "../execution/refusal.ts";
import { RecentMap } from "../recent.ts";

/** What may be remembered, in characters of text, and for how many of them the rest of an entry counts. */
const keptCharacters = 4 * 1024 * 1024;
const perEntry = 200;

interface Known {
  /** The text: one for all who sent the same. */
  readonly source: string;
  readonly type: OperationTypeNode;
}

/** What kind of operation a text is, without parsing it for each of those who send it. */
export class OperationKinds {
  readonly #known = new RecentMap<Known>(keptCharacters);

  /**
   * @param limits those of whoever is to run it: the same for all.
   * @throws Refusal GRAPHQL_PARSE_FAILED or OPERATION_RESOLUTION_FAILURE
   */
  of(source: string, operationName: string | null | undefined, limits: DocumentLimits): Known {
    const key = `${operationName ?? ""}\n${source}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const definition = getOperationAST(parseDocument(source, limits), operationName);
    if (!definition) throw new Refusal("OPERATION_RESOLUTION_FAILURE");
    const found = { source, type: definition.operation };
    this.#known.set(key, found, perEntry + key.length);
    return found;
  }
}

/** A document of each kind, to stand for all of its kind. */
export const placeholders: Readonly<Record<OperationTypeNode, DocumentNode>> = {
  query: parse("query { _ }"),
  mutation: parse("mutation { _ }"),
  subscription: parse("subscription { _ }"),
};
