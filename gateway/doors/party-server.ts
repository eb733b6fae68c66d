import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { FormattedExecutionResult } from "graphql";
import { maskError } from "../../plumbing/faults.ts";
import type { Admission, Body } from "../../plumbing/graphql-door.ts";
import type { HttpAnswer } from "../../plumbing/http-answer.ts";
import type { Executor } from "../executor/executor.ts";
import type { Caller } from "../upstream/port.ts";
import { answerOverHttp } from "./http-answer.ts";
import { answerShortly } from "./short-way.ts";

export interface GatewayContext {
  readonly caller: Caller;
}

/** The door of one contract over HTTP: who comes through has signed in. */
export class PartyDoor implements AsyncDisposable {
  /** What is the same for all requests. */
  readonly #answering: Pick<Admission<GatewayContext>, "server" | "translate" | "shortWay">;

  private constructor(server: ApolloServer<GatewayContext>, executor: Executor) {
    const { documents } = executor;
    this.#answering = {
      server,
      translate: documents && ((body) => asText(body, documents.resolve(body))),
      shortWay: (body, { caller }) => answerShortly(executor, body, caller),
    };
  }

  static async open(executor: Executor): Promise<PartyDoor> {
    return new PartyDoor(await startServer(executor), executor);
  }

  /** @param leave is called once the request has been answered. */
  admit(caller: Caller, leave: () => void): Admission<GatewayContext> {
    return { ...this.#answering, context: { caller }, leave };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#answering.server.stop();
  }
}

/** The request that a client would have sent with the text in hand. */
function asText({ operationName, variables }: Body, query: string): Body {
  const request: Body = { query };
  // Apollo Server refuses what is there and undefined.
  if (operationName !== undefined) request["operationName"] = operationName;
  if (variables !== undefined) request["variables"] = variables;
  return request;
}

/** Apollo Server, with our executor in the place of graphql-js. */
async function startServer(executor: Executor): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    schema: executor.contract.schema,
    introspection: true,
    // The door lets nothing in but JSON by POST, which no page of another origin can send unasked.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // What has been read is kept by the executor, and read no more.
    documentStore: null,
    parseOptions: { maxTokens: executor.limits.tokens },
    // The executor validates, after it has looked at the limits, whichever door a request comes through.
    dangerouslyDisableValidation: true,
    formatError: maskError,
    stringifyResult,
    plugins: [
      answerBy(executor),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

/**
 * Answers in the place of Apollo Server's own execution, before it has prepared for it. The form
 * that is meant for gateways costs more, and wants data where we have the text of the answer.
 */
function answerBy(executor: Executor): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    async responseForOperation({ source, document, request: { operationName, variables }, contextValue: { caller } }) {
      return asResponse(await answerOverHttp(executor, { source, document, operationName, variables }, caller));
    },
  };
  return { requestDidStart: async () => listener };
}

/** Under it, in the place of data, the text of a whole answer travels through Apollo Server. */
const prepared = Symbol("prepared");

function asResponse({ status, text }: HttpAnswer): GraphQLResponse {
  const data: Record<PropertyKey, unknown> = { [prepared]: text };
  return { http: { status, headers: new HeaderMap() }, body: { kind: "single", singleResult: { data } } };
}

function stringifyResult(result: FormattedExecutionResult): string {
  const data = result.data as Readonly<Record<PropertyKey, unknown>> | null | undefined;
  const text = data?.[prepared];
  return typeof text === "string" ? text : JSON.stringify(result);
}
