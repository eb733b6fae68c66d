import type { Task } from "graphile-worker";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Mail, Mailer } from "./mail.ts";
import { retryDelay } from "./outbox.ts";

export interface MailTaskOptions {
  /** The name under which the task is scheduled. */
  readonly name: string;
  /** Undefined where no mail is sent. */
  readonly mailer: Mailer | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** What is to be mailed for the sake of this id; undefined where nobody needs to be told any more. */
  find(id: string): Promise<Mail | undefined>;
}

/** A job that mails somebody, at least once, for as long as it is wanted. Attempts never run out by themselves. */
export function mailTask({ name, mailer, clock, log, find }: MailTaskOptions): Task {
  return async (payload, jobs) => {
    const { id, attempt = 1 } = payload as { id: string; attempt?: number };
    const mail = mailer === undefined ? undefined : await find(id);
    if (mailer === undefined || mail === undefined) return;
    const outcome = await mailer.send(mail);
    if (outcome.kind === "sent") return;
    const { code } = outcome;
    if (outcome.kind === "refused") {
      log.warn({ task: name, code }, "a mail was refused for good");
      return;
    }
    log.warn({ task: name, attempt, code }, "a mail could not be sent, will be tried again");
    const runAt = new Date(clock.now().getTime() + retryDelay(attempt, Math.random()));
    await jobs.addJob(name, { id, attempt: attempt + 1 }, { jobKey: `${name}:${id}`, queueName: mailQueue(id), runAt });
  };
}

/** Four mails at once at the most: a mail server that hangs must not hold up the part's other jobs. */
export function mailQueue(id: string): string {
  return `mail ${Number.parseInt(id.slice(0, 1), 16) % 4}`;
}
