import type { Server } from "node:http";
import { type ConnectionInitMessage, handleProtocols, type ServerOptions } from "graphql-ws";
import { type Extra, useServer } from "graphql-ws/use/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { Fault } from "./faults.ts";

/** What may wait unsent for one reader, in bytes; past it the reader is cut off and resumes by cursor. */
const backlogLimit = 1024 * 1024;

/** How often a silent peer is asked whether it is still there, in milliseconds. */
const keepAlive = 10_000;

/** How long a client may take to close its socket when the part stops, in milliseconds. */
const closingPatience = 1_000;

/** The close codes of the house. 4401 and 4500 are left out: clients take them for final. */
export const closeCodes = {
  forbidden: 4403,
  slowConsumer: 4408,
  tooManyOperations: 4429,
  goingAway: 1001,
} as const;

export interface SocketDoor {
  /** The largest message that is read, in bytes. */
  readonly frameLimit: number;
  /** The most operations that may run at once on one socket; as many as are asked for where this is left out. */
  readonly operationsLimit?: number;
  /** Whether a page of this origin may connect. A request without an Origin is no browser's. */
  allowsOrigin(origin: string): boolean;
}

type Hooks = ServerOptions<ConnectionInitMessage["payload"], Extra>;

/**
 * The one WebSocket door (graphql-transport-ws) on the path /graphql of an HTTP server, with the
 * limits that graphql-ws leaves open: bytes a frame, operations a socket, and what may wait unsent.
 */
export function openSocketDoor(http: Server, door: SocketDoor, hooks: Hooks): AsyncDisposable {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: door.frameLimit,
    perMessageDeflate: false,
    handleProtocols,
  });
  http.on("upgrade", (request, socket, head) => {
    const path = (request.url ?? "/").split("?", 1)[0];
    const origin = request.headers.origin;
    if (path !== "/graphql") {
      socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
    } else if (origin !== undefined && !door.allowsOrigin(origin)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
    } else {
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
    }
  });
  const graphql = useServer<ConnectionInitMessage["payload"]>(
    {
      connectionInitWaitTimeout: 5_000,
      ...hooks,
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
      onNext: async (context, id, payload, args, result) => {
        if (overflows(context.extra.socket)) {
          context.extra.socket.close(closeCodes.slowConsumer, "Slow consumer");
          context.extra.socket.terminate();
        }
        return hooks.onNext?.(context, id, payload, args, result);
      },
    },
    sockets,
    keepAlive,
  );
  return {
    async [Symbol.asyncDispose]() {
      // A client that does not answer the closing handshake must not hold up the end.
      const deadline = setTimeout(() => {
        for (const client of sockets.clients) client.terminate();
      }, closingPatience);
      await graphql.dispose();
      clearTimeout(deadline);
    },
  };
}

function overflows(socket: WebSocket): boolean {
  return socket.bufferedAmount > backlogLimit;
}
