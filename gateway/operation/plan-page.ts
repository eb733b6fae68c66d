import { admitDocument, operationOf, parseDocument } from "../execution/admission.ts";
import { conditionVariables, readConditions } from "../execution/conditions.ts";
import { splitOperation } from "../execution/planner-document.ts";
import { Refusal } from "../execution/refusal.ts";
import { SourceKeys } from "../execution/source-keys.ts";
import type { Executor } from "../executor/executor.ts";
import type { MakePage, Page } from "./operator-door.ts";
import { toSvg } from "./plan-drawing.ts";
import { boxOf, type PlanBox, toMermaid } from "./plan-picture.ts";

/** A page, for development only, that draws the plan of an operation under a contract. */
export function planPage(executors: () => ReadonlyMap<string, Executor>): MakePage {
  return async (body) => {
    const form = new URLSearchParams(body);
    const query = form.get("query") ?? "";
    const names = [...executors().keys()];
    const name = form.get("contract") ?? names[0] ?? "";
    const executor = executors().get(name);
    const drawn = query === "" || executor === undefined ? "" : await draw(executor, query);
    return page(names, name, query, drawn);
  };
}

async function draw(executor: Executor, query: string): Promise<string> {
  const { contract, limits } = executor;
  try {
    const document = parseDocument(query, limits);
    admitDocument(contract.schema, document, limits);
    const operation = operationOf(document);
    // Without variables, each condition counts as not met.
    const conditions = readConditions(conditionVariables(operation), {});
    const { remote } = splitOperation(contract.schema, operation, new SourceKeys(contract.supergraph), conditions);
    const box: PlanBox =
      remote === undefined ? { title: "Nothing to fetch", below: [] } : boxOf(await executor.plan(remote));
    return `${toSvg(box)}<h2>The same for mermaid</h2><pre>${escaped(toMermaid(box))}</pre>`;
  } catch (error) {
    const code = error instanceof Refusal ? error.errors[0]?.extensions["code"] : "the planner has no plan";
    return `<p>Not planned: ${escaped(String(code))}</p>`;
  }
}

function page(names: readonly string[], chosen: string, query: string, drawn: string): Page {
  const options = names.map((name) => {
    const text = escaped(name);
    return `<option value="${text}"${name === chosen ? " selected" : ""}>${text}</option>`;
  });
  const text = `<!doctype html>
<html lang="en">
<title>Plan of an operation</title>
<style>
  body { font: 15px/1.4 sans-serif; margin: 2rem; }
  textarea { display: block; width: 100%; height: 10rem; margin: 0.5rem 0; font-family: monospace; }
  svg { display: block; max-width: none; margin: 1rem 0; font: 12px monospace; }
  rect { fill: #fff; stroke: #888; }
  .arrow { fill: none; stroke: #888; }
</style>
<h1>Plan of an operation</h1>
<form method="post" action="/plan">
  <label>Contract <select name="contract">${options.join("")}</select></label>
  <label>Operation <textarea name="query">${escaped(query)}</textarea></label>
  <button>Draw</button>
</form>
${drawn}
</html>
`;
  return { type: "text/html; charset=utf-8", text };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
