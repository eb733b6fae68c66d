import DataLoader from "dataloader";
import { regionDeadlines } from "../../plumbing/school-days/region.ts";
import type { PartContext } from "../../plumbing/subgraph.ts";
import { isUuid } from "../../plumbing/uuid.ts";
import type { AgencySettings } from "./settings.ts";
import type { SentSignalRow } from "./store/entities.ts";
import { recordSignals } from "./store/processing.ts";
import { findSentSignals, sentSignalsOf } from "./store/sent-signals.ts";

/** The context of one request at an agency. */
export interface AgencyContext extends PartContext<AgencySettings> {
  /** By id; null where the caller has no such signal. */
  readonly sentSignals: DataLoader<string, SentSignalRow | null>;
  /** By when the signal of an incident is due, by the moment of the incident. */
  readonly dueBy: DataLoader<Date, Date>;
  /** By the id of their incident. */
  readonly signalsOfIncident: DataLoader<string, SentSignalRow[]>;
}

/**
 * The loaders put what one answer asks for into one transaction. They remember nothing: a
 * subscription keeps its context for as long as it runs.
 */
export function agencyContext(base: PartContext<AgencySettings>): AgencyContext {
  const { database, claims, settings, log } = base;
  return {
    ...base,
    sentSignals: new DataLoader(
      async (ids) => {
        const signals = await database.transaction(claims, async (rows) => {
          const found = await findSentSignals(rows, ids.filter(isUuid));
          recordSignals(rows, claims, "signal.read", found);
          return found;
        });
        const byId = new Map(signals.map((signal) => [signal.id, signal]));
        return ids.map((id) => byId.get(id) ?? null);
      },
      { cache: false },
    ),
    dueBy: new DataLoader(
      (incidents) => database.transaction(claims, (rows) => regionDeadlines(rows, settings.region, incidents, log)),
      { cache: false },
    ),
    signalsOfIncident: new DataLoader(
      async (incidents) => {
        const signals = await database.transaction(claims, (rows) => sentSignalsOf(rows, incidents));
        const byIncident = Map.groupBy(signals, ({ incident }) => incident);
        return incidents.map((id) => byIncident.get(id) ?? []);
      },
      { cache: false },
    ),
  };
}
