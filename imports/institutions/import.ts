import type { ClientBase, Pool } from "pg";
import { readCsv } from "../csv/reader.ts";
import { merge } from "../merging/merge.ts";
import { contradictingRows, keepFirstOfEachKey } from "../merging/repeats.ts";
import { inMergeTransaction, withImportSession } from "../merging/session.ts";
import { Staging } from "../merging/staging.ts";
import { holdTable, stagingTable } from "../merging/target.ts";
import type { ImportOptions } from "../options.ts";
import { type ImportOutcome, type MergeCounts, RefusedRows } from "../outcome.ts";
import { followProgress } from "../progress.ts";
import { decodeText, type ImportSource } from "../source.ts";
import { INSTITUTION_COLUMNS, type InstitutionColumn, readInstitution } from "./row.ts";
import { INSTITUTIONS, OFFICERS } from "./targets.ts";

/**
 * Imports the list of institutions, and of the officer who looks after each, into Leerplicht's
 * registry. Staged, merged and ended as the other imports are.
 *
 * @param pool connects as the role that owns the schema `registry` of Leerplicht's database
 * @throws ImportRefused for a file that is refused as a whole
 */
export async function importInstitutions(
  pool: Pool,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportOutcome> {
  return withImportSession(pool, async (client) => {
    await makePlace(client);
    const refused = new RefusedRows();
    const institutions = await Staging.create(client, INSTITUTIONS, refused);
    const officers = await Staging.create(client, OFFICERS, refused);
    await stageRows(source, institutions, officers, options);
    await leaveOutRepeats(client, institutions, officers);
    const counts = await mergeAll(client, institutions, officers, options);
    return {
      subject: `institutions of ${options.today}`,
      counts,
      refused: refused.count,
      refusedRows: refused.inOrder(),
      endingsWithheld: institutions.withheld ? [INSTITUTIONS.kind] : [],
    };
  });
}

/** A stand-in registry that was made before telephones of schools and names of municipalities were read has no columns for them. */
async function makePlace(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest(array['telefoon', 'gemeentenaam']) as name where not exists (
       select from pg_attribute where attrelid = 'registry.onderwijsinstelling'::regclass and attname = name
     )`,
  );
  for (const { name } of rows) await client.query(`alter table registry.onderwijsinstelling add ${name} text`);
}

async function stageRows(
  source: ImportSource,
  institutions: Staging,
  officers: Staging,
  options: ImportOptions,
): Promise<void> {
  const progress = followProgress(source, options.onProgress);
  for await (const row of readCsv<InstitutionColumn>(decodeText(source.bytes, progress.bytes), INSTITUTION_COLUMNS)) {
    progress.row();
    const site = readInstitution(row);
    if (typeof site === "string") {
      const brin = row.fault === undefined ? row.text("brin") : undefined;
      const key = brin === undefined ? undefined : `${brin}${row.text("vestiging") ?? "00"}`;
      await institutions.refuse(row.line, site, key);
      continue;
    }
    const { brin, vestiging, naam, plaats, telefoon, gemeentecode, gemeentenaam, deelname, officer } = site;
    const email = officer?.emailadres ?? null;
    const facts = [naam, plaats, telefoon, gemeentecode, gemeentenaam, String(deelname)];
    await institutions.add(row.line, [brin, vestiging, ...facts, null, email]);
    if (officer !== undefined) await officers.add(row.line, [email, officer.naam, officer.telefoon]);
  }
  progress.end();
}

/** An officer has a row for each site: the same officer all over, else the later rows are refused. */
async function leaveOutRepeats(client: ClientBase, institutions: Staging, officers: Staging): Promise<void> {
  await institutions.finish();
  await officers.finish();
  const contradicting = `line in (select line from (${contradictingRows(OFFICERS)}) as c)`;
  await institutions.refuseWhere(contradicting, "OFFICER_DIFFERS", "brin || vestiging");
  await institutions.refuseRepeats(["brin", "vestiging"], "KEY_TWICE", "brin || vestiging");
  await keepFirstOfEachKey(client, OFFICERS);
}

function mergeAll(
  client: ClientBase,
  institutions: Staging,
  officers: Staging,
  { today, acceptEndings = false }: ImportOptions,
): Promise<Record<string, MergeCounts>> {
  const options = { day: today, scope: { condition: "true", values: [] }, acceptEndings };
  return inMergeTransaction(client, "leerplicht", async () => {
    const institutionCounts = await merge(client, institutions, options);
    const officerCounts = await merge(client, officers, options);
    await assignOfficers(client, institutions.withheld);
    return { institutions: institutionCounts, officers: officerCounts };
  });
}

/** Makes each officer's sites the ones that the file names; a refused row keeps what it had. */
async function assignOfficers(client: ClientBase, withheld: boolean): Promise<void> {
  const named = `
    select o.ambtenaar_id, s.brin, s.vestiging
    from ${stagingTable(INSTITUTIONS)} as s
    join registry.leerplichtambtenaar as o on o.emailadres = s.officer`;
  await client.query(
    `delete from registry.ambtenaar_werkgebied as w
     where (w.ambtenaar_id, w.brin, w.vestiging) not in (${named})
       and not exists (select from ${holdTable(INSTITUTIONS)} as h where h.key = w.brin || w.vestiging)
       and (not $1::boolean or exists (
         select from ${stagingTable(INSTITUTIONS)} as s
         where s.brin = w.brin and s.vestiging = w.vestiging
       ))`,
    [withheld],
  );
  await client.query(
    `insert into registry.ambtenaar_werkgebied (ambtenaar_id, brin, vestiging) ${named}
     on conflict do nothing`,
  );
}
