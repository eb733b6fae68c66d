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
}

/** A job that mails somebody, at least once, for as long as it is wanted. */
export function mailTask({ name, mailer, log, find }: MailTaskOptions): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    const mail = mailer === undefined ? undefined : await find(id);
    if (mailer === undefined || mail === undefined) return;
    const outcome = await mailer.send(mail);
    if (outcome.kind === "sent") return;
    const { code } = outcome;
    if (outcome.kind === "refused") {
      log.warn({ task: name, code }, "a mail was refused for good");
      return;
    }
    log.warn({ task: name, attempt: attemptOf(payload), code }, "a mail could not be sent, will be tried again");
    throw new TryAgain();
  };
}

/** Four mails at once at the most: a mail server that hangs must not hold up the part's other jobs. */
export function mailQueue(id: string): string {
  return `mail ${Number.parseInt(id.slice(0, 1), 16) % 4}`;
}
