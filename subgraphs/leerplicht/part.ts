import type { Subgraph } from "../../plumbing/subgraph.ts";
import { type LeerplichtContext, leerplichtContext } from "./context.ts";
import { ClaimRoutingTask } from "./doors/claim-routing-task.ts";
import { CloseRoutingTask } from "./doors/close-routing-task.ts";
import { ContactGaps } from "./doors/contact-gaps.ts";
import { EndSearch } from "./doors/end-search.ts";
import { FindSchool } from "./doors/find-school.ts";
import { Heartbeat } from "./doors/heartbeat.ts";
import { PupilAbsences } from "./doors/pupil-absences.ts";
import { ReleaseRoutingTask } from "./doors/release-routing-task.ts";
import { ReleaseSignal } from "./doors/release-signal.ts";
import { ReleaseTaskEvents } from "./doors/release-task-events.ts";
import { ReleaseTasks } from "./doors/release-tasks.ts";
import { ReportAppearance } from "./doors/report-appearance.ts";
import { ReportContactGap } from "./doors/report-contact-gap.ts";
import { ReportProgress } from "./doors/report-progress.ts";
import { ReportPupilAbsence } from "./doors/report-pupil-absence.ts";
import { ReportTalk } from "./doors/report-talk.ts";
import { RouteToSchool } from "./doors/route-to-school.ts";
import { RoutingTaskEvents } from "./doors/routing-task-events.ts";
import { RoutingTaskFields } from "./doors/routing-task-fields.ts";
import { RoutingTasks } from "./doors/routing-tasks.ts";
import { resolveSchoolReference, SchoolOfficer } from "./doors/school-officer.ts";
import { resolveSentSignalReference } from "./doors/sent-signal-reference.ts";
import { StatisticsDoor } from "./doors/statistics.ts";
import { StopSignal } from "./doors/stop-signal.ts";
import { SubmitSignal } from "./doors/submit-signal.ts";
import { WithdrawSubmission } from "./doors/withdraw-submission.ts";
import { closeCircle, openCircle, recordSchool } from "./hops/circle-hops.ts";
import { deliverSignal } from "./hops/deliver-signal.ts";
import { eraseAbsencesTask } from "./hops/erase-absences.ts";
import { escalateTask } from "./hops/escalate.ts";
import { followEnrolmentTask } from "./hops/follow-enrolment.ts";
import { forgetChildTask } from "./hops/forget-child.ts";
import { letTasksLapseTask } from "./hops/let-tasks-lapse.ts";
import { passOnTask } from "./hops/pass-on.ts";
import { publishFiguresTask } from "./hops/publish-figures.ts";
import { raiseAbsence } from "./hops/raise-absence.ts";
import { recordProgress } from "./hops/record-progress.ts";
import { leerplichtTimers } from "./hops/timers.ts";
import { withdrawDelivery } from "./hops/withdraw-delivery.ts";
import { registryEntities } from "./registry/entities.ts";
import { School, SentSignal } from "./schema/joined.ts";
import { type LeerplichtSettings, readLeerplichtSettings } from "./settings.ts";
import { AbsenceRow } from "./store/absences.ts";
import { CircleSearchRow } from "./store/circle-entities.ts";
import { ContactGapRow } from "./store/contact-gaps.ts";
import { DeliveryRow, ReleaseTaskRow, RoutingTaskRow, SubmissionRow } from "./store/entities.ts";
import { encryptPlainSought } from "./store/sought-child.ts";
import { absenceStream, listStream } from "./store/streams.ts";

/** Leerplicht's side: finds the school of a child, and keeps the ledger of what went where. */
export const leerplichtSubgraph: Subgraph<LeerplichtContext, LeerplichtSettings> = {
  name: "leerplicht",
  schema: {
    resolvers: [
      RoutingTasks,
      RoutingTaskFields,
      RouteToSchool,
      CloseRoutingTask,
      ClaimRoutingTask,
      ReleaseRoutingTask,
      RoutingTaskEvents,
      ReleaseTasks,
      ReleaseSignal,
      StopSignal,
      ReleaseTaskEvents,
      StatisticsDoor,
      SchoolOfficer,
      SubmitSignal,
      WithdrawSubmission,
      ReportProgress,
      ReportAppearance,
      ContactGaps,
      ReportContactGap,
      Heartbeat,
      FindSchool,
      EndSearch,
      PupilAbsences,
      ReportPupilAbsence,
      ReportTalk,
    ],
    orphanedTypes: [School, SentSignal],
    references: { School: resolveSchoolReference, SentSignal: resolveSentSignalReference },
  },
  entities: [
    ...registryEntities,
    SubmissionRow,
    DeliveryRow,
    RoutingTaskRow,
    ReleaseTaskRow,
    ContactGapRow,
    CircleSearchRow,
    AbsenceRow,
  ],
  settings: readLeerplichtSettings,
  context: leerplichtContext,
  streams: (claims) => [...listStream(claims), ...absenceStream(claims)],
  hops: ({ escalation }, pseudonymKey) => ({
    deliverSignal: deliverSignal(escalation, pseudonymKey),
    withdrawDelivery,
    recordProgress,
    openCircle: openCircle(pseudonymKey),
    closeCircle,
    recordSchool,
    raiseAbsence: raiseAbsence(pseudonymKey),
  }),
  encryptPlain: encryptPlainSought,
  tasks: (room) => ({
    escalate: escalateTask(room),
    followEnrolment: followEnrolmentTask(room),
    forgetChild: forgetChildTask(room),
    passOn: passOnTask(room),
  }),
  everyMinute: (room) => ({
    eraseAbsences: eraseAbsencesTask(room),
    letTasksLapse: letTasksLapseTask(room),
    publishFigures: publishFiguresTask(room),
  }),
  timers: leerplichtTimers,
};
