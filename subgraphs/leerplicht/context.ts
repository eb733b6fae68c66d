import DataLoader from "dataloader";
import { In } from "typeorm";
import type { PartContext } from "../../plumbing/subgraph.ts";
import type { LedgerProgress } from "./decisions/progress.ts";
import { type Officer, officersOf } from "./registry/officers.ts";
import type { LeerplichtSettings } from "./settings.ts";
import { type Candidate, candidatesFor } from "./store/candidates.ts";
import { SubmissionRow } from "./store/entities.ts";

/** The context of one request to the Leerplicht subgraph. */
export interface LeerplichtContext extends PartContext<LeerplichtSettings> {
  readonly loaders: {
    /** By the sender's id; null where the caller sent no such signal, or it has not come yet. */
    readonly progress: DataLoader<string, LedgerProgress | null>;
    /** By id, for officers of the same office. */
    readonly submission: DataLoader<string, SubmissionRow | null>;
    /** The schools that an officer may choose for a signal, with why. */
    readonly candidates: DataLoader<SubmissionRow, Candidate[]>;
    /** By site id. */
    readonly officer: DataLoader<string, Officer | null>;
  };
}

export function leerplichtContext(base: PartContext<LeerplichtSettings>): LeerplichtContext {
  const { database, claims, clock } = base;
  const submissions = (ids: readonly string[]) =>
    database.transaction(claims, async (rows) => {
      const found = await rows.findBy(SubmissionRow, { id: In([...ids]) });
      const byId = new Map(found.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  return {
    ...base,
    loaders: {
      progress: new DataLoader(async (ids) => (await submissions(ids)).map((row) => row?.progress ?? null)),
      submission: new DataLoader(submissions),
      candidates: new DataLoader((submissionRows) =>
        database.transaction(claims, (rows) => candidatesFor(rows, submissionRows, clock.now())),
      ),
      officer: new DataLoader((siteIds) => database.transaction(claims, (rows) => officersOf(rows, siteIds))),
    },
  };
}
