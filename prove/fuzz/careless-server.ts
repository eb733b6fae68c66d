import { createServer } from "node:http";
import {
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  MaxIntrospectionDepthRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { closed, listening } from "../provider.ts";
import type { Target } from "./target.ts";

/** graphql-js has learnt one thing since. */
const rules = specifiedRules.filter((rule) => rule !== MaxIntrospectionDepthRule);

/**
 * A GraphQL server as it stands in many a first example: it tells all that it knows, and takes all that comes. Each
 * check must find in it what it looks for, else it would find that nowhere.
 */
export async function startCarelessServer(
  schema: GraphQLSchema,
): Promise<AsyncDisposable & { readonly target: Target }> {
  const run = async ({ query, variables }: Asked): Promise<unknown> => {
    const document = parse(query);
    const errors = validate(schema, document, rules);
    if (errors.length > 0) return { errors: errors.map(withStack) };
    const result = (await execute({ schema, document, variableValues: variables ?? null })) as ExecutionResult;
    return { ...result, extensions: { tracing: { version: 1, duration: 1 } } };
  };
  const server = createServer(async (request, response) => {
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
  const sockets = new WebSocketServer({ server, path: "/graphql" });
  const onSubscribe = (_: unknown, __: unknown, { query, variables }: { query: string; variables?: unknown }) => {
    try {
      const document = parse(query);
      const errors = validate(schema, document, rules);
      return errors.length > 0
        ? errors
        : { schema, document, variableValues: (variables as Asked["variables"]) ?? null };
    } catch (error) {
      return [error as GraphQLError];
    }
  };
  const protocol = useServer({ onSubscribe }, sockets);
  const url = `${await listening(server)}/graphql`;
  return {
    target: { name: "a careless server", url, headers: {}, init: {} },
    async [Symbol.asyncDispose]() {
      await protocol.dispose();
      await closed(server);
    },
  };
}

interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
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
