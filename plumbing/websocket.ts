import type { IncomingMessage, Server } from "node:http";
import { type ConnectionInitMessage, handleProtocols, makeServer, type ServerOptions } from "graphql-ws";
import { WebSocketServer } from "ws";
import { closeCodes, DoorSocket, type SocketTerms } from "./door-socket.ts";
import { Fault } from "./faults.ts";
import { errorFacts, type Log } from "./log.ts";
import { SocketPulse } from "./socket-pulse.ts";

/** What may wait unsent for one reader unless the door says otherwise, in bytes. */
const backlogLimit = 1024 * 1024;

/** How often a silent peer is asked whether it is still there, in milliseconds. */
const keepAlive = 10_000;

/** How long a client may take to close its socket, in milliseconds. */
const closingPatience = 5_000;
const stoppingPatience = 1_000;

export interface SocketDoor {
  /** The largest message that is read, in bytes. */
  readonly frameLimit: number;
  /** The most operations that may run at once on one socket; as many as are asked for where this is left out. */
  readonly operationsLimit?: number;
  /**
   * What may wait unsent for one reader, in bytes, 1 MiB where this is left out. Past it the reader
   * is closed with 4408 and resumes by its cursor: nobody else waits for it.
   */
  readonly backlogLimit?: number;
  /** Whether a page of this origin may connect. A request without an Origin is no browser's. */
  allowsOrigin(origin: string): boolean;
  /** Is called for each reader that is closed as it was too slow. */
  readonly onSlow?: (() => void) | undefined;
  readonly log: Log;
}

/** The sockets of a door. Disposing them closes all. */
export interface OpenSockets extends AsyncDisposable {
  /** How many are open now. */
  readonly size: number;
}

/** What hooks are told of a socket beside the protocol's own state. */
export interface SocketExtra {
  readonly socket: DoorSocket;
}

export type SocketHooks = ServerOptions<ConnectionInitMessage["payload"], SocketExtra>;

/**
 * The one WebSocket door (graphql-transport-ws) on the path /graphql of an HTTP server. The protocol is
 * graphql-ws's own; the adapter to it is ours, for the limits that graphql-ws leaves open (bytes a
 * frame, operations a socket, what may wait unsent) and for its weight: one pulse for all sockets
 * instead of timers for each, and nothing kept of the upgrade request.
 */
export function openSocketDoor(http: Server, door: SocketDoor, hooks: SocketHooks): OpenSockets {
  const options = {
    noServer: true,
    maxPayload: door.frameLimit,
    perMessageDeflate: false,
    // The pulse knows all sockets: the server need not keep a second list, with a closure for each.
    clientTracking: false,
    handleProtocols,
    // Of ws since 8.19; its types do not know it yet.
    closeTimeout: closingPatience,
    WebSocket: DoorSocket,
  };
  const upgrades = new WebSocketServer(options);
  const pulse = new SocketPulse(keepAlive);
  const protocol = makeServer<ConnectionInitMessage["payload"], SocketExtra>({
    connectionInitWaitTimeout: 5_000,
    ...hooks,
    onConnect: async (context) => {
      const answer = await hooks.onConnect?.(context);
      // The token must not stay in memory as long as the socket does.
      Object.assign(context, { connectionParams: undefined });
      return answer;
    },
    onSubscribe: async (context, id, payload) => {
      // graphql-ws notes the operation before it asks, so this one is among those counted.
      const { operationsLimit } = door;
      if (operationsLimit !== undefined && Object.keys(context.subscriptions).length > operationsLimit) {
        context.extra.socket.close(closeCodes.tooManyOperations, "Too many operations");
        // graphql-ws takes an empty list for no answer at all.
        return [new Fault("OPERATION_TOO_LARGE")];
      }
      return hooks.onSubscribe?.(context, id, payload);
    },
  });

  const terms: SocketTerms = {
    backlogLimit: door.backlogLimit ?? backlogLimit,
    onFailure: (error) => door.log.error(errorFacts(error), "message could not be handled"),
    onGone: (socket) => pulse.delete(socket),
    onSlow: door.onSlow,
  };
  const accept = (socket: DoorSocket) => {
    pulse.add(socket);
    socket.begin(protocol, terms);
  };
  http.on("upgrade", (request: IncomingMessage, socket, head) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    const origin = request.headers.origin;
    if (path !== "/graphql") {
      socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
    } else if (origin !== undefined && !door.allowsOrigin(origin)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
    } else {
      upgrades.handleUpgrade(request, socket, head, accept);
    }
  });
  return {
    get size() {
      return pulse.size;
    },
    async [Symbol.asyncDispose]() {
      upgrades.close();
      // A client that does not answer the closing handshake must not hold up the end.
      await pulse.stop(stoppingPatience, (socket) => socket.close(closeCodes.goingAway, "Going away"));
    },
  };
}
