import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly to: string;
  /** As it came over the wire. */
  readonly raw: string;
}

/** A real SMTP server, on loopback. */
export interface TestMailServer extends AsyncDisposable {
  /** A value for `SMTP_URL`. */
  readonly url: string;
  /** What it has taken in, in order. */
  readonly mails: ReceivedMail[];
  /** What it replies to an address, at RCPT TO: a code of 4xx or 5xx, or nothing where the address is good. */
  addressReply: (address: string) => number | undefined;
  /** What it replies to a mail; `drop` takes it in and ends the connection without a word. */
  mailReply: (address: string) => number | "drop" | undefined;
}

export async function startMailServer(): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const failure = (responseCode: number) => Object.assign(new Error("Not for ina@example.nl"), { responseCode });
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onRcptTo({ address }, _, done) {
      const code = running.addressReply(address);
      done(code === undefined ? null : failure(code));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = envelope.rcptTo.map(({ address }) => address).join(",");
        const reply = running.mailReply(to);
        if (typeof reply === "number") return done(failure(reply));
        mails.push({ to, raw: Buffer.concat(chunks).toString() });
        if (reply === "drop") for (const socket of sockets) socket.destroy();
        else done();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  server.server.on("connection", (socket) => sockets.add(socket));
  await once(server.server, "listening");
  const running: TestMailServer = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}?ignoreTLS=true`,
    mails,
    addressReply: () => undefined,
    mailReply: () => undefined,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  };
  return running;
}

/** A server that takes connections and never says a word. */
export interface SilentServer extends AsyncDisposable {
  readonly url: string;
  /** Resolves at the first connection, made or yet to come. */
  readonly connected: Promise<unknown>;
}

export async function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  const connected = once(server, "connection");
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`,
    connected,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}
