import type { Subgraph } from "../../plumbing/subgraph.ts";
import { type SchoolContext, schoolContext } from "./context.ts";
import { AcknowledgeSignal } from "./doors/acknowledge-signal.ts";
import { ConfirmSupport } from "./doors/confirm-support.ts";
import { DeliverSignal } from "./doors/deliver-signal.ts";
import { HandOverSignal } from "./doors/hand-over-signal.ts";
import { Me } from "./doors/me.ts";
import { GroupFields, PupilFields } from "./doors/pupil-fields.ts";
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
import { reportProgress } from "./hops/report-progress.ts";
import { registryEntities } from "./registry/entities.ts";
import {
  ContactHoursRow,
  ContactPersonRow,
  DeliveryRow,
  HeldDeliveryRow,
  OwnDaysRow,
  SignalRow,
} from "./store/entities.ts";

/** The school's side: the inboxes of the schools' contact persons. */
export const schoolSubgraph: Subgraph<SchoolContext> = {
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
      DeliverSignal,
      WithdrawDelivery,
    ],
    references: { School: resolveSchoolReference },
  },
  entities: [
    ...registryEntities,
    SignalRow,
    DeliveryRow,
    HeldDeliveryRow,
    ContactPersonRow,
    ContactHoursRow,
    OwnDaysRow,
  ],
  settings: () => undefined,
  context: schoolContext,
  hops: { reportProgress },
  tasks: (room) => ({ erase: eraseTask(room), appear: appearTask(room), followCalendar: followCalendarTask(room) }),
};
