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
import { ENROLMENT_COLUMNS, readRow } from "./row.ts";
import { ENROLMENTS, PERSONS } from "./targets.ts";

/**
 * Imports a full delivery of enrolments into Leerplicht's registry.
 *
 * As with a school's export, the whole file is staged first and merged in one short transaction.
 * Enrolments that are not in the delivery end on the day of the import; persons stay.
 *
 * @param pool connects as the role that owns the schema `registry` of Leerplicht's database
 * @throws ImportRefused for a file that is refused as a whole
 */
export async function importEnrolments(
  pool: Pool,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportOutcome> {
  return withImportSession(pool, async (client) => {
    const refused = new RefusedRows();
    const persons = await Staging.create(client, PERSONS, refused);
    const enrolments = await Staging.create(client, ENROLMENTS, refused);
    await stageRows(source, persons, enrolments, options);
    await leaveOutRepeats(client, persons, enrolments);
    const counts = await mergeAll(client, persons, enrolments, options);
    return {
      subject: `enrolments of ${options.today}`,
      counts,
      refused: refused.count,
      refusedRows: refused.inOrder(),
      endingsWithheld: enrolments.withheld ? [ENROLMENTS.kind] : [],
    };
  });
}

async function stageRows(
  source: ImportSource,
  persons: Staging,
  enrolments: Staging,
  options: ImportOptions,
): Promise<void> {
  const progress = followProgress(source, options.onProgress);
  for await (const row of readCsv(decodeText(source.bytes, progress.bytes), ENROLMENT_COLUMNS)) {
    progress.row();
    const read = readRow(row, options.today);
    if (typeof read === "string") {
      // Columns that have shifted make the key of the row as doubtful as the rest.
      await enrolments.refuse(row.line, read, row.fault === undefined ? row.text("sleutel") : undefined);
      continue;
    }
    const { person, enrolment } = read;
    await persons.add(row.line, Object.values(person));
    if (enrolment === undefined) continue;
    const { brin, vestiging, datumIn, datumUit } = enrolment;
    await enrolments.add(row.line, [null, brin, vestiging, datumIn, datumUit, person.sleutel]);
  }
  progress.end();
}

/**
 * A person has a row for each enrolment: the same person all over, else the later rows are refused,
 * and what the registry holds of that person's enrolments stays as it is.
 */
async function leaveOutRepeats(client: ClientBase, persons: Staging, enrolments: Staging): Promise<void> {
  await persons.finish();
  await enrolments.finish();
  const contradicting = contradictingRows(PERSONS);
  await client.query(`insert into ${holdTable(ENROLMENTS)} select sleutel from (${contradicting}) as c`);
  await client.query(
    `delete from ${stagingTable(ENROLMENTS)} where line in (select line from (${contradicting}) as c)`,
  );
  await persons.refuseWhere(`line in (select line from (${contradicting}) as c)`, "PERSON_DIFFERS", "sleutel");
  await keepFirstOfEachKey(client, PERSONS);
  await enrolments.refuseRepeats(["sleutel", "brin", "vestiging", "datum_in"], "KEY_TWICE", "sleutel");
}

function mergeAll(
  client: ClientBase,
  persons: Staging,
  enrolments: Staging,
  { today, acceptEndings = false }: ImportOptions,
): Promise<Record<string, MergeCounts>> {
  const options = { day: today, scope: { condition: "true", values: [] }, acceptEndings };
  return inMergeTransaction(client, "leerplicht", async () => {
    const personCounts = await merge(client, persons, options);
    await client.query(
      `update ${stagingTable(ENROLMENTS)} as s set jeugdige_id = j.jeugdige_id
       from registry.jeugdige as j where j.sleutel = s.sleutel`,
    );
    const enrolmentCounts = await merge(client, enrolments, options);
    return { persons: personCounts, enrolments: enrolmentCounts };
  });
}
