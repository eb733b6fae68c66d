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
 * Names the contact persons of schools. For each site that the file has, its rows replace those
 * that were there; a site that it has not stays as it is. A refused row keeps its site as it was.
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

async function replaceContacts(client: ClientBase, contacts: readonly Contact[]): Promise<MergeCounts> {
  const wanted = [contacts.map(({ site }) => site), contacts.map(({ key }) => key)];
  const list = "select * from unnest($1::text[], $2::text[])";
  const ended = await client.query(
    `delete from care.contact_person
     where school_id = any ($1) and (school_id, staff_key) not in (${list})`,
    wanted,
  );
  const added = await client.query(
    `insert into care.contact_person (school_id, staff_key) ${list} on conflict do nothing`,
    wanted,
  );
  const count = new Set(contacts.map(({ site, key }) => `${site} ${key}`)).size;
  const [gone, came] = [ended.rowCount ?? 0, added.rowCount ?? 0];
  return { added: came, changed: 0, reopened: 0, ended: gone, unchanged: count - came };
}
