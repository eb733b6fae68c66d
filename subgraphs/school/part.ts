import type { Subgraph } from "../../plumbing/subgraph.ts";
import { type SchoolContext, schoolContext } from "./context.ts";
import { Absences } from "./doors/absences.ts";
import { AcknowledgeSignal } from "./doors/acknowledge-signal.ts";
import { CancelAbsence } from "./doors/cancel-absence.ts";
import { PupilKey, resolveCircleSchoolReference, resolvePupilReference } from "./doors/circle-references.ts";
import { CloseCircle } from "./doors/close-circle.ts";
import { ConfirmSupport } from "./doors/confirm-support.ts";
import { DeliverSignal } from "./doors/deliver-signal.ts";
import { HandOverSignal } from "./doors/hand-over-signal.ts";
import { Me } from "./doors/me.ts";
import { resolveNamedSchoolReference } from "./doors/named-school-reference.ts";
import { OpenCircle } from "./doors/open-circle.ts";
import { GroupFields, PupilFields } from "./doors/pupil-fields.ts";
import { RecordAbsence } from "./doors/record-absence.ts";
import { RemindContacts } from "./doors/remind-contacts.ts";
import { RemoveSchoolDays } from "./doors/remove-school-days.ts";
import { ReturnSignal } from "./doors/return-signal.ts";
import { SchoolCalendarFields } from "./doors/school-calendar-fields.ts";
import { resolveSchoolReference } from "./doors/school-reference.ts";
import { Schools } from "./doors/schools.ts";
import { SendPracticeSignal } from "./doors/send-practice-signal.ts";
import { SetContactHours } from "./doors/set-contact-hours.ts";
import { SetSchoolDays } from "./doors/set-school-days.ts";
import { SignalEvents } from "./doors/signal-events.ts";
import { SignalFields } from "./doors/signal-fields.ts";
import { Signals } from "./doors/signals.ts";
import { ViewerFields } from "./doors/viewer-fields.ts";
import { WithdrawDelivery } from "./doors/withdraw-delivery.ts";
import { appearTask } from "./hops/appear.ts";
import { eraseTask } from "./hops/erase.ts";
import { followCalendarTask } from "./hops/follow-calendar.ts";
import { lookAheadTask, lookForGapsTask } from "./hops/look-ahead.ts";
import { mailTalkReminderTask } from "./hops/mail-talk-reminder.ts";
import { remindTask } from "./hops/remind.ts";
import { forgetTalkTask, remindOfTalkTask } from "./hops/remind-of-talk.ts";
import { reportAppearance } from "./hops/report-appearance.ts";
import { reportContactGap } from "./hops/report-contact-gap.ts";
import { reportProgress } from "./hops/report-progress.ts";
import { openReminderMailer, sendReminderTask } from "./hops/send-reminder.ts";
import { schoolTimers } from "./hops/timers.ts";
import { registryEntities } from "./registry/entities.ts";
import { CircleSchool } from "./schema/circle.ts";
import { NamedSchool } from "./schema/named-school.ts";
import { readSchoolSettings, type SchoolSettings } from "./settings.ts";
import { CirclePupilRow, TalkReminderRow, TalkToComeRow } from "./store/circle-entities.ts";
import { ContactAbsenceRow, ContactGapRow, ReminderRow } from "./store/contact-entities.ts";
import {
  ContactHoursRow,
  ContactPersonRow,
  DeliveryRow,
  HeldDeliveryRow,
  OwnDaysRow,
  SignalRow,
} from "./store/entities.ts";
import { encryptPlainPupils } from "./store/pupil-number.ts";
import { schoolRetention } from "./store/retention.ts";
import { streamsOf } from "./store/tell.ts";

/** The school's side: the inboxes of the schools' contact persons. */
export const schoolSubgraph: Subgraph<SchoolContext, SchoolSettings> = {
  name: "school",
  schema: {
    resolvers: [
      Me,
      ViewerFields,
      Schools,
      Signals,
      SignalFields,
      PupilFields,
      GroupFields,
      AcknowledgeSignal,
      HandOverSignal,
      ConfirmSupport,
      ReturnSignal,
      SendPracticeSignal,
      SchoolCalendarFields,
      SetContactHours,
      SetSchoolDays,
      RemoveSchoolDays,
      SignalEvents,
      Absences,
      RecordAbsence,
      CancelAbsence,
      DeliverSignal,
      WithdrawDelivery,
      PupilKey,
      OpenCircle,
      CloseCircle,
      RemindContacts,
    ],
    orphanedTypes: [CircleSchool, NamedSchool],
    references: {
      School: resolveSchoolReference,
      Pupil: resolvePupilReference,
      CircleSchool: resolveCircleSchoolReference,
      NamedSchool: resolveNamedSchoolReference,
    },
  },
  entities: [
    ...registryEntities,
    SignalRow,
    DeliveryRow,
    HeldDeliveryRow,
    ContactPersonRow,
    ContactHoursRow,
    OwnDaysRow,
    ContactAbsenceRow,
    ContactGapRow,
    ReminderRow,
    CirclePupilRow,
    TalkReminderRow,
    TalkToComeRow,
  ],
  settings: readSchoolSettings,
  context: schoolContext,
  streams: streamsOf,
  hops: { reportProgress, reportAppearance, reportContactGap },
  encryptPlain: encryptPlainPupils,
  tasks: (room) => {
    const mailer = openReminderMailer(room);
    return {
      appear: appearTask(room),
      erase: eraseTask(room),
      followCalendar: followCalendarTask(room),
      remind: remindTask(room),
      sendReminder: sendReminderTask(room, mailer),
      remindOfTalk: remindOfTalkTask(room),
      mailTalkReminder: mailTalkReminderTask(room, mailer),
      forgetTalk: forgetTalkTask(room),
      lookForGaps: lookForGapsTask(room),
    };
  },
  everyMinute: (room) => ({ lookAhead: lookAheadTask(room) }),
  timers: schoolTimers,
  retention: schoolRetention,
};
