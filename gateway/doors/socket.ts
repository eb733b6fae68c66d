import type { Server } from "node:http";
import { type ExecutionArgs, type GraphQLError, getOperationAST } from "graphql";
import type { Clock } from "../../plumbing/clock.ts";
import { Fault, maskError } from "../../plumbing/faults.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";
import { closeCodes, openSocketDoor } from "../../plumbing/websocket.ts";
import { parseDocument } from "../executor/admission.ts";
import type { Executor } from "../executor/executor.ts";
import { Refusal } from "../executor/refusal.ts";
import type { Tokens } from "../tokens.ts";
import type { Caller } from "../upstream/port.ts";

/** The largest message that is read, in bytes. */
const frameLimit = 64 * 1024;

/** The most operations that one client may run at once on one socket. */
const operationsLimit = 50;

/** Close code of RFC 6455's registry: try again later. */
const tryAgainLater = 1013;

export interface ClientSocket {
  readonly tokens: Tokens;
  readonly allowedOrigins: ReadonlySet<string>;
  executorOf(party: string): Executor;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is known of a socket once its token has been verified. */
interface SignedIn {
  readonly caller: Caller;
  /** Closes the socket when the right ends. */
  readonly expiry: NodeJS.Timeout;
}

/**
 * The clients' WebSocket door: queries, mutations and subscriptions under the contract of the token
 * in `connection_init`, until the token expires.
 */
export function openClientSocket(http: Server, door: ClientSocket): AsyncDisposable {
  const sockets = new WeakMap<object, SignedIn>();
  const mask = (errors: readonly GraphQLError[]) => errors.map((error) => maskError(error.toJSON()));
  return openSocketDoor(
    http,
    { frameLimit, operationsLimit, allowsOrigin: (origin) => door.allowedOrigins.has(origin) },
    {
      onConnect: async ({ connectionParams, extra: { socket } }) => {
        try {
          const caller = await door.tokens.verify(connectionParams?.["authorization"]);
          const left = caller.until * 1000 - door.clock.now().getTime();
          // Who has left while the token was being verified would leave a timer behind.
          if (socket.readyState !== socket.OPEN) return false;
          const expiry = setTimeout(() => socket.close(closeCodes.forbidden, "Forbidden"), left);
          sockets.set(socket, { caller, expiry });
          return true;
        } catch (error) {
          if (!(error instanceof Fault)) door.log.error(errorFacts(error), "sign-in failed");
          if (error instanceof Fault && error.code !== "SUBGRAPH_UNAVAILABLE") return false;
          socket.close(tryAgainLater, "Try again later");
          return false;
        }
      },
      onClose: ({ extra: { socket } }) => clearTimeout(sockets.get(socket)?.expiry),
      onSubscribe: ({ extra: { socket } }, _, { query, operationName, variables }) => {
        const caller = sockets.get(socket)?.caller;
        if (caller === undefined) return [new Fault("UNAUTHENTICATED")];
        const executor = door.executorOf(caller.party);
        try {
          const document = parseDocument(query);
          if (!getOperationAST(document, operationName)) return [new Fault("OPERATION_RESOLUTION_FAILURE")];
          const operation: SocketOperation = { executor, caller, source: query };
          // graphql-ws needs the document to tell a subscription from the rest; the executor validates it.
          return {
            schema: executor.contract.schema,
            document,
            operationName,
            variableValues: variables,
            contextValue: operation,
          };
        } catch (error) {
          return error instanceof Refusal ? error.errors : [new Fault("INTERNAL_SERVER_ERROR")];
        }
      },
      execute: (args) => run(args, "execute"),
      subscribe: (args) => run(args, "subscribe"),
      onNext: (_, __, ___, ____, { data, errors }) =>
        errors && { ...(data === undefined ? {} : { data }), errors: mask(errors) },
      onError: (_, __, ___, errors) => mask(errors),
    },
  );
}

/** One operation on a socket, from `onSubscribe` to where it is run. */
interface SocketOperation {
  readonly executor: Executor;
  readonly caller: Caller;
  readonly source: string;
}

function run({ contextValue, document, operationName, variableValues }: ExecutionArgs, door: "execute" | "subscribe") {
  const { executor, caller, source } = contextValue as SocketOperation;
  return executor[door]({ source, document, operationName, variables: variableValues }, caller);
}
