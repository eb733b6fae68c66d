import type { ClientBase, Pool } from "pg";
import { merge } from "../merging/merge.ts";
import { inMergeTransaction, withImportSession } from "../merging/session.ts";
import type { ImportOptions } from "../options.ts";
import { type ImportOutcome, type MergeCounts, RefusedRows } from "../outcome.ts";
import { followProgress } from "../progress.ts";
import { decodeText, type ImportSource } from "../source.ts";
import { Intake } from "./intake.ts";
import { linkPupilsToGroups, linkStaffToGroups, mergeSites } from "./links.ts";
import { readEdexml } from "./reader.ts";

/**
 * Imports a school's EDEXML 2.1 export into the school registry.
 *
 * The whole file is read and staged first; then one short transaction brings the registry up to
 * date. A file that is refused changes nothing. Pupils and staff who are not in the file end on the
 * day that the file gives the state of, and are reopened when they come back.
 *
 * @param pool connects as the role that owns the schema `registry` of the school's database
 * @throws ImportRefused for a file that is refused as a whole
 */
export async function importEdexml(pool: Pool, source: ImportSource, options: ImportOptions): Promise<ImportOutcome> {
  return withImportSession(pool, async (client) => {
    const refused = new RefusedRows();
    const intake = await Intake.open(client, refused, options.today);
    const progress = followProgress(source, options.onProgress);
    for await (const record of readEdexml(decodeText(source.bytes, progress.bytes))) {
      await intake.take(record);
      progress.row();
    }
    await intake.finish();
    progress.end();
    const counts = await mergeAll(client, intake, options);
    return {
      subject: intake.sites.ownSite,
      counts,
      refused: refused.count,
      refusedRows: refused.inOrder(),
      endingsWithheld: [intake.groups, intake.pupils, intake.staff]
        .filter((staging) => staging.withheld)
        .map((staging) => staging.target.kind),
    };
  });
}

function mergeAll(
  client: ClientBase,
  { school, sites, groups, pupils, staff }: Intake,
  { today, acceptEndings = false }: ImportOptions,
): Promise<Record<string, MergeCounts>> {
  const day = school.day !== undefined && school.day < today ? school.day : today;
  const scope = {
    condition: "t.brincode = $2 and t.dependancecode = any ($3)",
    values: [school.brin, [...sites.all().keys()]],
  };
  const options = { day, scope, acceptEndings };
  return inMergeTransaction(client, `school ${school.brin}`, async () => {
    await mergeSites(client, school, sites, day);
    const groupCounts = await merge(client, groups, options);
    await linkPupilsToGroups(client, school);
    const pupilCounts = await merge(client, pupils, options);
    const staffCounts = await merge(client, staff, options);
    await linkStaffToGroups(client, school);
    return { pupils: pupilCounts, groups: groupCounts, staff: staffCounts };
  });
}
