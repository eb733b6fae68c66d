import type { QueryRunner } from "typeorm";

/** What is said at the two ends of a transaction, besides what typeorm says there. Statements without parameters. */
export interface TransactionEnds {
  readonly first: string;
  readonly last: string;
}

/**
 * Has it said in one message with what typeorm says by itself: each message is a round trip, which costs both sides more
 * than such a statement does.
 */
export function sayAtEnds(runner: QueryRunner, { first, last }: TransactionEnds): void {
  const whole = new Map([
    ["START TRANSACTION", `start transaction; ${first}`],
    ["COMMIT", `${last}; commit`],
  ]);
  const query = runner.query.bind(runner);
  runner.query = (...[text, ...given]: Parameters<typeof query>) => query(whole.get(text) ?? text, ...given);
}

/** A text for a statement without parameters, in hex digits: nothing in it can end the literal, wherever it comes from. */
export function literal(text: string): string {
  return `convert_from(decode('${Buffer.from(text).toString("hex")}', 'hex'), 'UTF8')`;
}
