import type { Task } from "graphile-worker";
import type { Log } from "./log.ts";
import type { Mail, Mailer } from "./mail.ts";
import { attemptOf, TryAgain } from "./retry.ts";

export interface MailTaskOptions {
  /** The name under which the task is scheduled. */
  readonly name: string;
  /** Undefined where no mail is sent. */
  readonly mailer: Mailer | undefined;
  readonly log: Log;
  /** What is to be mailed for the sake of this id; undefined where nobody needs to be told any more. */
  find(id: string): Promise<Mail | undefined>;
  /** Notes that nobody waits for it any more: it was sent or refused for good, or nobody needs to be told. */
  settle?(id: string): Promise<void>;
}

/** A job that mails somebody, at least once, for as long as it is wanted. */
export function mailTask({ name, mailer, log, find, settle }: MailTaskOptions): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    const mail = mailer === undefined ? undefined : await find(id);
    const outcome = mailer === undefined || mail === undefined ? undefined : await mailer.send(mail);
    if (outcome?.kind === "failed") {
      const attempt = attemptOf(payload);
      log.warn({ task: name, attempt, code: outcome.code }, "a mail could not be sent, will be tried again");
      throw new TryAgain();
    }
    if (outcome?.kind === "refused") log.warn({ task: name, code: outcome.code }, "a mail was refused for good");
    await settle?.(id);
  };
}

/** How many mails go at once at the most: a mail server that hangs must not hold up the part's other jobs. */
const queues = 4;

export function mailQueue(id: string): string {
  return `mail ${Number.parseInt(id.slice(0, 1), 16) % queues}`;
}

/** The same in SQL, for a column of ids. */
export function mailQueueOf(column: string): string {
  return `'mail ' || ('x' || left(${column}::text, 1))::bit(4)::integer % ${queues}`;
}
