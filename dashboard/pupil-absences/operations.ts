import { operation } from "../api/ask.ts";
import type { OutcomeAnswer } from "../api/use-gesture.ts";
import type { ListSource } from "../api/use-live-list.ts";
import eventsText from "../operations/leerplicht/pupil-absence-events.graphql?raw";
import absencesText from "../operations/leerplicht/pupil-absences.graphql?raw";
import reportText from "../operations/leerplicht/report-pupil-absence.graphql?raw";
import { afterEvent, type PupilAbsenceEvent, type PupilAbsences, type ReportedAbsence } from "./pupil-absences.ts";

interface AbsencesAnswer {
  readonly pupilAbsences: PupilAbsences;
}

interface EventAnswer {
  readonly pupilAbsenceEvents: PupilAbsenceEvent;
}

/** Where the absences come from. */
export const absencesSource: ListSource<PupilAbsences, AbsencesAnswer, EventAnswer, PupilAbsenceEvent> = {
  read: operation(absencesText),
  events: operation(eventsText),
  listOf: ({ pupilAbsences }) => pupilAbsences,
  eventOf: ({ pupilAbsenceEvents }) => pupilAbsenceEvents,
  afterEvent,
};

export const reportAbsence = operation<OutcomeAnswer, { readonly input: ReportedAbsence }>(reportText);
