import type { ClassType } from "type-graphql";
import { pagingTypes } from "../../../plumbing/paging.ts";
import { incidentType } from "./incident.ts";
import { reportIncidentResult } from "./report-incident-result.ts";
import { sentSignalType } from "./sent-signal.ts";
import { sentSignalEventType } from "./sent-signal-event.ts";
import { withdrawSignalResult } from "./withdraw-signal-result.ts";

/**
 * The GraphQL types of one agency. Each agency has classes of its own under the same names, since a
 * class carries its party's tags and type-graphql keeps the classes of the whole process together.
 */
export function agencyTypes(party: string) {
  const connectionType = pagingTypes([party]);
  const sentSignal = sentSignalType(party);
  const incident = incidentType(party, sentSignal);
  return {
    sentSignal,
    incident,
    reportIncidentResult: reportIncidentResult(party, incident, sentSignal),
    withdrawSignalResult: withdrawSignalResult(party, sentSignal),
    sentSignalEvent: sentSignalEventType(party, sentSignal),
    incidentConnection: connectionType("Incident", incident as ClassType<object>, [party]),
    sentSignalConnection: connectionType("SentSignal", sentSignal, [party]),
  };
}

export type AgencyTypes = ReturnType<typeof agencyTypes>;
