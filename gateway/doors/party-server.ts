import { ApolloServer, type ApolloServerOptionsWithGateway } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { type ExecutionResult, GraphQLError } from "graphql";
import { maskError } from "../../plumbing/faults.ts";
import type { Executor } from "../executor/executor.ts";
import { limits } from "../executor/limits.ts";
import type { Caller } from "../upstream/port.ts";

export interface GatewayContext {
  readonly caller: Caller;
}

type GatewayInterface = ApolloServerOptionsWithGateway<GatewayContext>["gateway"];

/** The Apollo Server of one contract, with our executor in the place of graphql-js. */
export async function startPartyServer(executor: Executor): Promise<ApolloServer<GatewayContext>> {
  const server = new ApolloServer<GatewayContext>({
    gateway: asGateway(executor),
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    // The executor validates, after it has looked at the limits, whichever door a request comes through.
    dangerouslyDisableValidation: true,
    formatError: maskError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return server;
}

/** The form in which Apollo Server takes an executor that is not graphql-js. */
function asGateway(executor: Executor): GatewayInterface {
  const { schema, sdl } = executor.contract;
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: sdl });
      return () => undefined;
    },
    async load() {
      return {
        executor: async ({ source, document, request, context }) => {
          const { operationName, variables } = request;
          const answer = await executor.execute(
            { source, document, operationName, variables },
            // The door puts the caller there, but Apollo's type does not say so.
            (context as GatewayContext).caller,
          );
          return answer.data === undefined ? asBadRequest(answer) : answer;
        },
      };
    },
    async stop() {},
  };
}

/** A request that was not run is answered with a status of 400, or 500 where that is our own fault. */
function asBadRequest({ errors = [] }: ExecutionResult): ExecutionResult {
  return {
    errors: errors.map(({ message, nodes, extensions }) => {
      const status = extensions["code"] === "INTERNAL_SERVER_ERROR" ? 500 : 400;
      return new GraphQLError(message, { nodes: nodes ?? null, extensions: { ...extensions, http: { status } } });
    }),
  };
}
