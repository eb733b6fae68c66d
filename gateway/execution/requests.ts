import type { EventRequest } from "../upstream/port.ts";
import { type Answer, noAnswer, readAnswer } from "./answers.ts";
import type { Execution } from "./execution.ts";
import { clientsName } from "./given-variables.ts";
import { type JsonObject, own, put } from "./json.ts";

/** What a node of the plan says of the operation that a subgraph is sent. */
export interface RequestNode {
  readonly serviceName: string;
  readonly operation: string;
  readonly variableUsages?: readonly string[] | null;
}

/** Sends the operation of a node, with those variables only that it uses, and reads the answer. */
export type Send = (execution: Execution, representations?: ReadonlyMap<string, string>) => Promise<Answer>;

export function compileRequest(node: RequestNode): Send {
  const head = `{"query":${JSON.stringify(node.operation)},"variables":{`;
  const given = (node.variableUsages ?? []).map((name) => [`${JSON.stringify(name)}:`, clientsName(name)] as const);
  return (execution, representations) => {
    const parts: string[] = [];
    // Representations are JSON text already: it was made to find equal ones.
    for (const [name, text] of representations ?? []) parts.push(`${JSON.stringify(name)}:${text}`);
    for (const [key, name] of given) {
      const value = own(execution.variables, name);
      if (value !== undefined) parts.push(key + JSON.stringify(value));
    }
    const body = `${head}${parts.join(",")}}}`;
    return execution.subgraphs.call(node.serviceName, body, execution.caller).then(readAnswer, () => noAnswer);
  };
}

/** The same for a subscription, whose request travels as an object. */
export function eventRequest(node: RequestNode, variables: JsonObject): EventRequest {
  const used: JsonObject = {};
  for (const name of node.variableUsages ?? []) {
    const value = own(variables, clientsName(name));
    if (value !== undefined) put(used, name, value);
  }
  return { query: node.operation, variables: used };
}
