import type { Json } from "../subgraph.ts";

/** The browser's end of a WebSocket, of which a test plays the network and the gateway. */
export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** All that were made, the latest last. */
  static made: FakeSocket[] = [];

  /** What the page has sent. */
  readonly sent: Json[] = [];
  readyState = FakeSocket.CONNECTING;
  onopen: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;

  constructor() {
    FakeSocket.made.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.made.at(-1);
    if (socket === undefined) throw new Error("No socket was made");
    return socket;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code = 1000): void {
    this.readyState = FakeSocket.CLOSED;
    // A browser's socket tells it later, too.
    void Promise.resolve().then(() => this.onclose?.(new CloseEvent("close", { code })));
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen();
  }

  receive(message: Json): void {
    this.onmessage({ data: JSON.stringify(message) });
  }

  sentOf(type: string): Json[] {
    return this.sent.filter((message) => message.type === type);
  }
}
