import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface DeliveredMail {
  readonly to: string;
  /** As it came over the wire. */
  readonly raw: string;
}

/** A real SMTP server in this process, on loopback. */
export interface Mailbox extends AsyncDisposable {
  /** A value for `SMTP_URL`. */
  readonly url: string;
}

/** @param onMail is called before the sender hears that its mail was taken in. */
export async function startMailbox(onMail: (mail: DeliveredMail) => void): Promise<Mailbox> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString();
        for (const { address } of envelope.rcptTo) onMail({ to: address, raw });
        done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}?ignoreTLS=true`,
    [Symbol.asyncDispose]: () => new Promise((gone) => server.close(gone)),
  };
}
