import type { Subgraph } from "../../plumbing/subgraph.ts";
import type { Agency } from "./agency.ts";
import { type AgencyContext, agencyContext } from "./context.ts";
import { incidentDoor } from "./doors/incident.ts";
import { incidentSignalsDoor } from "./doors/incident-signals.ts";
import { incidentsDoor } from "./doors/incidents.ts";
import { recordProgressDoor } from "./doors/record-progress.ts";
import { reportIncidentDoor } from "./doors/report-incident.ts";
import { sentSignalEventsDoor } from "./doors/sent-signal-events.ts";
import { sentSignalFieldsDoor } from "./doors/sent-signal-fields.ts";
import { sentSignalReference } from "./doors/sent-signal-reference.ts";
import { sentSignalsDoor } from "./doors/sent-signals.ts";
import { withdrawSignalDoor } from "./doors/withdraw-signal.ts";
import { agencyHops } from "./hops/hops.ts";
import { agencyTypes } from "./schema/agency-types.ts";
import { type AgencySettings, readAgencySettings } from "./settings.ts";
import { agencyEntities } from "./store/entities.ts";
import { ownStream } from "./store/own-stream.ts";
import { digestPlainKeys } from "./store/receipts.ts";
import { agencyRetention } from "./store/retention.ts";

/** Makes the subgraph of an agency. Call it once for each agency of the process. */
export function agencySubgraph(agency: Agency): Subgraph<AgencyContext, AgencySettings> {
  const types = agencyTypes(agency.party);
  return {
    name: agency.party,
    entities: [...agency.registry.entities, ...agencyEntities],
    schema: {
      resolvers: [
        reportIncidentDoor(agency, types),
        withdrawSignalDoor(agency, types),
        incidentDoor(agency, types),
        incidentsDoor(agency, types),
        incidentSignalsDoor(agency, types),
        sentSignalsDoor(agency, types),
        sentSignalFieldsDoor(agency, types),
        sentSignalEventsDoor(agency, types),
        recordProgressDoor(agency),
      ],
      references: { SentSignal: sentSignalReference },
    },
    settings: readAgencySettings,
    context: agencyContext,
    streams: ownStream,
    hops: (_, pseudonymKey) => agencyHops(pseudonymKey),
    encryptPlain: digestPlainKeys,
    retention: agencyRetention,
  };
}
