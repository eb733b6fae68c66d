import { randomUUID } from "node:crypto";
import { createTransport } from "nodemailer";
import type { Clock } from "./clock.ts";
import { type Config, ConfigError } from "./config.ts";

/** Where e-mail goes, and from whom. */
export interface MailSettings {
  readonly host: string;
  /** 465 for TLS from the start, 587 for STARTTLS unless the URL says which. */
  readonly port: number;
  readonly encryption: "TLS" | "STARTTLS" | "NONE";
  readonly login?: { readonly user: string; readonly pass: string };
  /** A plain address. */
  readonly from: string;
}

export interface Mail {
  /** A plain address that `isMailAddress` lets through. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/**
 * What became of a mail. `refused`: the server will not take it for this address, however often it is tried. `failed`:
 * it may go another time. Codes only: what a server says may repeat the address.
 */
export type MailOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "failed"; readonly code: string };

export interface Mailer {
  /** Tries once, and takes no longer than half a minute. */
  send(mail: Mail): Promise<MailOutcome>;
}

/**
 * Whether a text is one e-mail address in plain ASCII: not a list, not a name with an address, no quotes or comments,
 * which a mail library could read as more than one.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]*[a-z\d])?\.[a-z\d-]+$/i.test(text);
}

/**
 * Reads `SMTP_URL` and `MAIL_FROM`.
 * @returns undefined where there is no `SMTP_URL`: then no mail is sent.
 * @throws ConfigError
 */
export function readMailSettings(config: Config): MailSettings | undefined {
  const text = config.optional("SMTP_URL");
  if (text === undefined) return undefined;
  const from = config.text("MAIL_FROM");
  if (!isMailAddress(from)) throw new ConfigError("The setting MAIL_FROM must be a plain e-mail address");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.search === "?ignoreTLS=true";
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === "" || (url.search !== "" && !plain)) {
    throw new ConfigError("The setting SMTP_URL must read smtps://HOST, smtp://HOST or smtp://HOST?ignoreTLS=true");
  }
  const encryption = url.protocol === "smtps:" ? "TLS" : plain ? "NONE" : "STARTTLS";
  const login = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? (encryption === "TLS" ? 465 : 587) : Number(url.port),
    encryption,
    ...(login.user === "" ? {} : { login }),
    from,
  };
}

/** How long one attempt may take in all, and how long a server may be silent, in milliseconds. */
const usualPatience = { attempt: 30_000, silence: 10_000 };

/** The one way to send e-mail. Each attempt has a connection of its own, so that none outlives the part. */
export function openMailer(
  { host, port, encryption, login, from }: MailSettings,
  clock: Clock,
  patience = usualPatience,
): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: encryption === "TLS",
    requireTLS: encryption === "STARTTLS",
    ignoreTLS: encryption === "NONE",
    ...(login ? { auth: login } : {}),
    // The machine's own name would stand in the mail's headers.
    name: from.slice(from.indexOf("@") + 1),
    connectionTimeout: patience.silence,
    greetingTimeout: patience.silence,
    socketTimeout: patience.silence,
    dnsTimeout: patience.silence,
    socketCloseTimeout: 0,
    maxResponseSize: 65_536,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({
          from: { name: "", address: from },
          to: { name: "", address: to },
          subject,
          text,
          date: clock.now(),
          // RFC 5322 asks for something like a host; `.invalid` is nobody's (RFC 2606).
          messageId: `<${randomUUID()}@message.invalid>`,
          headers: {
            // RFC 3834: no holiday notices in answer.
            "Auto-Submitted": "auto-generated",
            "X-Padding": "0".repeat(paddingFor(to)),
          },
          signal: AbortSignal.timeout(patience.attempt),
        });
        return { kind: "sent" };
      } catch (error) {
        return outcomeOf(error as SmtpError);
      }
    },
  };
}

/** The longest line of a header that is not folded (RFC 5322 asks for no more than 78). */
const longestLine = 75;

/** So long is an address with its padding: more than the longest address is and its padding, which is always folded, needs. */
const paddedLength = 340;

/** With so much, all mails of the same words are of one length, whoever gets them; a long address is on a line of its own. */
function paddingFor(address: string): number {
  const isFolded = `To: ${address}`.length > longestLine;
  return paddedLength - address.length - (isFolded ? "\r\n".length : 0);
}

interface SmtpError {
  readonly code?: string;
  /** The reply's code, where the server replied. */
  readonly responseCode?: number;
  /** What it replied to. */
  readonly command?: string;
}

/**
 * A reply of 5xx is for good where it is about the address or the mail. To the sender or the sign-in it tells of a
 * setting, which will be mended; 503 says that the conversation went wrong.
 */
function outcomeOf({ code = "UNKNOWN", responseCode, command }: SmtpError): MailOutcome {
  if (responseCode === undefined) return { kind: "failed", code };
  const forGood = responseCode >= 500 && responseCode !== 503 && (command === "RCPT TO" || command === "DATA");
  return { kind: forGood ? "refused" : "failed", code: `SMTP_${responseCode}` };
}
