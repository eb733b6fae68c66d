import type { Server } from "node:http";
import type { GraphQLError } from "graphql";
import type { Clock } from "../../plumbing/clock.ts";
import { closeCodes, type DoorSocket } from "../../plumbing/door-socket.ts";
import { Fault, maskError } from "../../plumbing/faults.ts";
import { errorFacts, type Log } from "../../plumbing/log.ts";
import { type OpenSockets, openSocketDoor, type SocketExtra } from "../../plumbing/websocket.ts";
import { Refusal } from "../execution/refusal.ts";
import type { Executor, OperationRequest } from "../executor/executor.ts";
import type { SignIn } from "../sign-in.ts";
import { Hub } from "../subscriptions/hub.ts";
import type { Timing } from "../subscriptions/timing.ts";
import type { Caller } from "../upstream/port.ts";
import { Expiries } from "./expiries.ts";
import { OperationKinds, placeholders } from "./operation-kinds.ts";
import { Rechecks } from "./rechecks.ts";
import { type DeliveryCounts, SocketReader } from "./socket-reader.ts";

/** The largest message that is read, in bytes. */
const frameLimit = 64 * 1024;

/** What may wait unsent for one client, in bytes: past it the client is too slow. */
const backlogLimit = 256 * 1024;

/** The most operations that one client may run at once on one socket. */
const operationsLimit = 50;

/** Is told of what happens to those who read. */
export interface SocketCounts extends DeliveryCounts {
  closedAsSlow(): void;
}

export interface ClientSocket {
  readonly signIn: SignIn;
  /** Whether a page of this origin may connect. */
  allowsOrigin(origin: string): boolean;
  /**
   * What an operation of this contract is run by, until it leaves.
   * @throws Fault FORBIDDEN where there is no such contract.
   */
  enter(contract: string): { readonly executor: Executor; leave(): void };
  /** How often it is asked whether a socket's token still holds, in milliseconds; never where this is left out. */
  readonly recheckEvery?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** How a lost subgraph is waited for, where not as usual. */
  readonly timing?: Timing | undefined;
  readonly counts?: SocketCounts | undefined;
}

/** A socket and, once its token has been verified, whose it is. */
interface ClientExtra extends SocketExtra {
  caller?: Caller;
}

/**
 * The clients' WebSocket door: queries, mutations and subscriptions under the contract of the token
 * in `connection_init`, until the token expires.
 */
export function openClientSocket(http: Server, door: ClientSocket): OpenSockets {
  const { counts } = door;
  const end = (socket: DoorSocket) => socket.close(closeCodes.forbidden, "Forbidden");
  const expiries = new Expiries<DoorSocket>(door.clock, end);
  const rechecks =
    door.recheckEvery === undefined ? undefined : new Rechecks<DoorSocket>(door.signIn, door.recheckEvery, end);
  const hubs = new WeakMap<Executor, Hub>();
  const hubOf = (executor: Executor): Hub => {
    const hub = hubs.get(executor) ?? new Hub(door.clock, door.timing);
    hubs.set(executor, hub);
    return hub;
  };
  const kinds = new OperationKinds();
  const mask = (errors: readonly GraphQLError[]) => errors.map((error) => maskError(error.toJSON()));
  const sockets = openSocketDoor(
    http,
    {
      frameLimit,
      backlogLimit,
      operationsLimit,
      allowsOrigin: door.allowsOrigin,
      onSlow: counts && (() => counts.closedAsSlow()),
      log: door.log,
    },
    {
      onConnect: async ({ connectionParams, extra }) => {
        const { socket } = extra;
        try {
          const caller = await door.signIn.verify(connectionParams?.["authorization"]);
          // Who has left while the token was being verified would leave a timer behind.
          if (socket.readyState !== socket.OPEN) return false;
          (extra as ClientExtra).caller = caller;
          expiries.add(caller.until, socket);
          rechecks?.add(caller.id, connectionParams?.["authorization"], socket);
          return true;
        } catch (error) {
          if (!(error instanceof Fault)) door.log.error(errorFacts(error), "sign-in failed");
          if (error instanceof Fault && error.code !== "SUBGRAPH_UNAVAILABLE") return false;
          socket.close(closeCodes.tryAgainLater, "Try again later");
          return false;
        }
      },
      onClose: ({ extra }) => {
        const { caller, socket } = extra as ClientExtra;
        if (caller === undefined) return;
        expiries.delete(caller.until, socket);
        rechecks?.delete(caller.id, socket);
      },
      onSubscribe: ({ extra, subscriptions }, id, payload) => {
        const { caller, socket } = extra as ClientExtra;
        if (caller === undefined) return [new Fault("UNAUTHENTICATED")];
        const { operationName, variables } = payload;
        let leave: (() => void) | undefined;
        try {
          const entered = door.enter(caller.party);
          const { executor } = entered;
          leave = entered.leave;
          const query = executor.documents?.resolve(payload) ?? payload.query;
          const { source, type } = kinds.of(query, operationName, executor.limits);
          const request: OperationRequest = { source, operationName, variables };
          // graphql-ws goes on to run what is not refused here, even if the client has left meanwhile.
          const isWanted = () => id in subscriptions;
          const operation: SocketOperation = { executor, leave, request, caller, socket, id, isWanted };
          // graphql-ws keeps the message as long as the operation runs: a text for each would weigh more than all else.
          Object.assign(payload, { query: source });
          // It wants a document only to tell a subscription from the rest: the executor has its own.
          return { schema: executor.contract.schema, document: placeholders[type], contextValue: operation };
        } catch (error) {
          leave?.();
          if (error instanceof Refusal) return error.errors;
          return [error instanceof Fault ? error : new Fault("INTERNAL_SERVER_ERROR")];
        }
      },
      execute: ({ contextValue }) => answer(contextValue as SocketOperation),
      subscribe: async ({ contextValue }) => {
        const { executor, leave, request, caller, socket, id } = contextValue as SocketOperation;
        const live = await executor.live(request, caller);
        if (!("key" in live)) {
          leave();
          return live;
        }
        const reader = new SocketReader({ caller, socket, id, onEnd: leave, counts });
        hubOf(executor).join(live, reader);
        return reader;
      },
      onNext: (_, __, ___, ____, { data, errors }) =>
        errors && { ...(data === undefined ? {} : { data }), errors: mask(errors) },
      onError: (_, __, ___, errors) => mask(errors),
    },
  );
  return {
    get size() {
      return sockets.size;
    },
    [Symbol.asyncDispose]() {
      rechecks?.[Symbol.dispose]();
      return sockets[Symbol.asyncDispose]();
    },
  };
}

/** One operation on a socket, from `onSubscribe` to where it is run. */
interface SocketOperation {
  readonly executor: Executor;
  /** Is called when it has come to its end. */
  readonly leave: () => void;
  readonly request: OperationRequest;
  readonly caller: Caller;
  readonly socket: DoorSocket;
  readonly id: string;
  /** Whether the client still waits for it. */
  isWanted(): boolean;
}

/**
 * Answers a query or mutation. The text goes past graphql-ws, which would have it parsed to print it again: to graphql-ws
 * the operation is a stream that has ended.
 */
async function answer(operation: SocketOperation): Promise<AsyncIterable<never>> {
  const { executor, leave, request, caller, socket, id } = operation;
  try {
    const { text } = await executor.executeText(request, caller);
    if (operation.isWanted()) await socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${text}}`);
  } finally {
    leave();
  }
  return noMore;
}

const noMore: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};
