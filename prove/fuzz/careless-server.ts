import { createServer } from "node:http";
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  MaxIntrospectionDepthRule,
  NoFragmentCyclesRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { closed, listening } from "../provider.ts";
import { type Asked, openCarelessSocket } from "./careless-socket.ts";
import type { Target } from "./target.ts";

/** What graphql-js looks at by itself, and servers have been without. */
const leftOut = new Set([MaxIntrospectionDepthRule, NoFragmentCyclesRule, NoUnusedVariablesRule]);
const rules = specifiedRules.filter((rule) => !leftOut.has(rule));

/**
 * A GraphQL server as it stands in many a first example: it tells all that it knows, and takes all that comes. Each
 * check and each known attack must find in it what it looks for, else it would find that nowhere.
 */
export async function startCarelessServer(
  schema: GraphQLSchema,
): Promise<AsyncDisposable & { readonly target: Target }> {
  // What all requests share, and one of them can reach.
  const shared: Record<string, unknown> = {};
  const run = async ({ query, variables = {} }: Asked): Promise<unknown> => {
    const options = mergeDeep(Object.create(shared), variables) as Record<string, unknown>;
    const document = parse(query);
    const errors = validate(schema, document, rules);
    if (errors.length > 0) return { errors: errors.map(withStack) };
    const [operation] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    // There is nothing at the other end of a subscription; that it was begun shows.
    if (operation?.operation === "subscription") return { data: {} };
    const variableValues = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, asText(value)]));
    const result = (await execute({ schema, document, variableValues })) as ExecutionResult;
    return { ...result, extensions: { tracing: { version: 1, duration: 1 }, polluted: options["polluted"] } };
  };
  const server = createServer({ insecureHTTPParser: true, maxHeaderSize: 1 << 20 }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = String(Buffer.concat(chunks));
    response.setHeader("content-type", "application/json");
    response.setHeader("access-control-allow-origin", "*");
    if (request.method === "GET" && request.headers.accept?.includes("html"))
      return response.end("<html>Explore</html>");
    try {
      const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      const search = new URL(request.url ?? "/", "http://localhost").searchParams;
      const asked =
        request.method === "GET" ? fromForm(search) : isForm ? fromForm(new URLSearchParams(text)) : read(text);
      response.end(JSON.stringify(Array.isArray(asked) ? await Promise.all(asked.map(run)) : await run(asked)));
    } catch (error) {
      response.statusCode = 500;
      response.end(JSON.stringify({ errors: [withStack(error)], received: text }));
    }
  });
  openCarelessSocket(server, run);
  const url = `${await listening(server)}/graphql`;
  return {
    target: { name: "a careless server", url, headers: {}, init: {}, schema },
    [Symbol.asyncDispose]: () => closed(server),
  };
}

/** As it is often written, and by which `__proto__` leads out of the object. */
function mergeDeep(into: object, from: object): object {
  for (const [name, value] of Object.entries(from)) {
    const there: unknown = Reflect.get(into, name);
    if (isObject(value) && isObject(there)) mergeDeep(there, value);
    else Reflect.set(into, name, value);
  }
  return into;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Takes anything for a text. */
function asText(value: unknown): unknown {
  return isObject(value) ? String(value) : value;
}

/** Multipart and the rest: whatever looks like JSON in it. */
function read(text: string): Asked | Asked[] {
  return JSON.parse(text.slice(text.search(/[[{]/), text.search(/[\]}][^\]}]*$/) + 1));
}

function fromForm(form: URLSearchParams): Asked {
  return { query: form.get("query") ?? "" };
}

function withStack(error: unknown): object {
  const { message, stack } = error as Error;
  const formatted = error instanceof GraphQLError ? error.toJSON() : { message };
  return { ...formatted, extensions: { code: "INTERNAL_SERVER_ERROR", exception: { stacktrace: stack?.split("\n") } } };
}
