import type { Subgraph } from "../../plumbing/subgraph.ts";
import { type SchoolContext, schoolContext } from "./context.ts";
import { AcknowledgeSignal } from "./doors/acknowledge-signal.ts";
import { PupilKey, resolveCircleSchoolReference, resolvePupilReference } from "./doors/circle-references.ts";
import { ConfirmSupport } from "./doors/confirm-support.ts";
import { DeliverSignal } from "./doors/deliver-signal.ts";
import { HandOverSignal } from "./doors/hand-over-signal.ts";
import { Me } from "./doors/me.ts";
import { Circles } from "./doors/open-circle.ts";
import { PupilFields } from "./doors/pupil-fields.ts";
import { ReturnSignal } from "./doors/return-signal.ts";
import { resolveSchoolReference } from "./doors/school-reference.ts";
import { Schools } from "./doors/schools.ts";
import { SignalEvents } from "./doors/signal-events.ts";
import { SignalFields } from "./doors/signal-fields.ts";
import { Signals } from "./doors/signals.ts";
import { ViewerFields } from "./doors/viewer-fields.ts";
import { WithdrawDelivery } from "./doors/withdraw-delivery.ts";
import { eraseTask } from "./hops/erase.ts";
import { reportProgress } from "./hops/report-progress.ts";
import { registryEntities } from "./registry/entities.ts";
import { CircleSchool } from "./schema/circle.ts";
import { CirclePupilRow } from "./store/circle-entities.ts";
import { ContactPersonRow, DeliveryRow, SignalRow } from "./store/entities.ts";

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
      AcknowledgeSignal,
      HandOverSignal,
      ConfirmSupport,
      ReturnSignal,
      SignalEvents,
      DeliverSignal,
      WithdrawDelivery,
      PupilKey,
      Circles,
    ],
    orphanedTypes: [CircleSchool],
    references: {
      School: resolveSchoolReference,
      Pupil: resolvePupilReference,
      CircleSchool: resolveCircleSchoolReference,
    },
  },
  entities: [...registryEntities, SignalRow, DeliveryRow, ContactPersonRow, CirclePupilRow],
  settings: () => undefined,
  context: schoolContext,
  hops: { reportProgress },
  tasks: (room) => ({ erase: eraseTask(room) }),
};
