import type { ClientBase, Pool } from "pg";
import { systemClaims } from "../../plumbing/database.ts";
import { parseSiteId } from "../../plumbing/identifiers.ts";
import { readCsv } from "../csv/reader.ts";
import { inMergeTransaction, withImportSession } from "../merging/session.ts";
import type { ImportOptions } from "../options.ts";
import { type ImportOutcome, type MergeCounts, RefusedRows } from "../outcome.ts";
import { followProgress } from "../progress.ts";
import { decodeText, type ImportSource } from "../source.ts";

/** Columns of the list of contact persons: the site, and the person's key in the school's own exports. */
const CONTACT_COLUMNS = ["site", "staff_key"] as const;

interface Contact {
  readonly site: string;
  readonly key: string;
  readonly line: number;
}

/**
 * Names the contact persons of schools, in their order. For each site that the file has, its rows replace
 * those that were there; a site that it has not stays as it is. A refused row keeps its site as it was.
 *
 * @param pool connects as the role that the school part runs as: contact persons are ours, not the registry's
 * @throws ImportRefused for a file that is refused as a whole
 */
export async function importContacts(pool: Pool, source: ImportSource, options: ImportOptions): Promise<ImportOutcome> {
  const refused = new RefusedRows();
  const contacts: Contact[] = [];
  const heldSites = new Set<string>();
  const progress = followProgress(source, options.onProgress);
  for await (const row of readCsv(decodeText(source.bytes, progress.bytes), CONTACT_COLUMNS)) {
    progress.row();
    const site = row.text("site");
    const key = row.text("staff_key");
    const reason =
      row.fault ??
      (site === undefined || parseSiteId(site) === undefined ? "SITE_INVALID" : undefined) ??
      (key === undefined ? "KEY_MISSING" : undefined);
    if (reason === undefined) contacts.push({ site: site ?? "", key: key ?? "", line: row.line });
    else {
      refused.add(row.line, reason);
      if (site !== undefined) heldSites.add(site);
    }
  }
  progress.end();
  const counts = await withImportSession(pool, (client) =>
    inMergeTransaction(client, "contacts", async () => {
      await client.query("select set_config('app.claims', $1, true)", [JSON.stringify(systemClaims)]);
      for (const { line, site } of await strangers(client, contacts)) {
        refused.add(line, "STAFF_UNKNOWN");
        heldSites.add(site);
      }
      return replaceContacts(
        client,
        contacts.filter(({ site }) => !heldSites.has(site)),
      );
    }),
  );
  return {
    subject: `contact persons of ${options.today}`,
    counts: { contacts: counts },
    refused: refused.count,
    refusedRows: refused.inOrder(),
    endingsWithheld: [],
  };
}

/** The rows of those whom the school's own registry does not know. */
async function strangers(client: ClientBase, contacts: readonly Contact[]): Promise<Contact[]> {
  const { rows } = await client.query<{ key: string }>(
    "select brincode || dependancecode || ' ' || sleutel as key from registry.medewerker where uitdienstdatum is null",
  );
  const known = new Set(rows.map(({ key }) => key));
  return contacts.filter(({ site, key }) => !known.has(`${site} ${key}`));
}

/** The order of the rows is the order in which a school's contacts are told; of two rows about one person the first counts. */
async function replaceContacts(client: ClientBase, contacts: readonly Contact[]): Promise<MergeCounts> {
  const positions = new Map<string, number>();
  const named = new Map<string, Contact & { readonly position: number }>();
  for (const contact of contacts) {
    const who = `${contact.site} ${contact.key}`;
    if (named.has(who)) continue;
    const position = (positions.get(contact.site) ?? 0) + 1;
    positions.set(contact.site, position);
    named.set(who, { ...contact, position });
  }
  const rows = [...named.values()];
  const { rowCount: ended } = await client.query(
    `delete from care.contact_person
     where school_id = any ($1) and (school_id, staff_key) not in (select * from unnest($1::text[], $2::text[]))`,
    [rows.map(({ site }) => site), rows.map(({ key }) => key)],
  );
  const merged = await client.query<{ created: boolean }>(
    `insert into care.contact_person as known (school_id, staff_key, position)
     select * from unnest($1::text[], $2::text[], $3::integer[])
     on conflict (school_id, staff_key) do update set position = excluded.position
       where known.position <> excluded.position
     returning xmax = 0 as created`,
    [rows.map(({ site }) => site), rows.map(({ key }) => key), rows.map(({ position }) => position)],
  );
  // Whether somebody can be reached on the next school day may be another matter now: the part looks.
  await client.query(
    `select graphile_worker.add_job(
       'lookForGaps', json_build_object('schoolId', school_id), job_key := 'lookForGaps:' || school_id)
     from unnest($1::text[]) as school_id`,
    [[...positions.keys()]],
  );
  const added = merged.rows.filter(({ created }) => created).length;
  const changed = merged.rows.length - added;
  return { added, changed, reopened: 0, ended: ended ?? 0, unchanged: rows.length - added - changed };
}
