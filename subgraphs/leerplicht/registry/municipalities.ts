import type { EntityManager } from "typeorm";

/**
 * What municipalities are called, by their number (CBS, four digits), where the registry has an institution in them that
 * says so. Names came later: a registry that has no column for them tells of none.
 */
export async function municipalityNames(
  rows: EntityManager,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await rows.query<{ readonly number: string; readonly name: string }[]>(
    `select gemeentecode as number, max(to_jsonb(institution) ->> 'gemeentenaam') as name
     from registry.onderwijsinstelling institution where gemeentecode = any ($1)
     group by gemeentecode having max(to_jsonb(institution) ->> 'gemeentenaam') is not null`,
    [numbers],
  );
  return new Map(found.map(({ number, name }) => [number, name]));
}
