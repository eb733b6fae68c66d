import type { EntityManager } from "typeorm";

/** Counts from now on how often the database is asked in a transaction. */
export function countStatements({ queryRunner }: EntityManager): { count: number } {
  if (queryRunner === undefined) throw new Error("Not in a transaction");
  const asked = { count: 0 };
  const ask = queryRunner.query.bind(queryRunner);
  queryRunner.query = (...given: Parameters<typeof ask>) => {
    asked.count += 1;
    return ask(...given);
  };
  return asked;
}
