import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { Hop } from "../../../plumbing/outbox.ts";
import type { EscalationSettings } from "../decisions/escalation.ts";
import { isUnseen } from "../decisions/progress.ts";
import type { RoutingReason } from "../decisions/route.ts";
import { hasContactGap } from "../store/contact-gaps.ts";
import { escalateAt, scheduleEscalation, setDeadline, takeDelivery } from "../store/deliveries.ts";
import { DeliveryRow } from "../store/entities.ts";
import { openTask } from "../store/tasks.ts";

interface Payload {
  readonly id: string;
}

interface Answer {
  readonly deliverSignal:
    | { readonly __typename: "SignalDelivered"; readonly appearsAt: string; readonly firstBells: readonly string[] }
    | { readonly __typename: "SignalNotDelivered"; readonly code: RoutingReason };
}

/** Brings a signal to its school. A school that cannot take it in makes it an officer's task. */
export function deliverSignal(escalation: EscalationSettings): Hop<Payload, Answer> {
  return {
    document: `mutation DeliverSignal($input: DeliverSignalInput!) {
      deliverSignal(input: $input) {
        __typename ... on SignalDelivered { appearsAt firstBells } ... on SignalNotDelivered { code }
      }
    }`,
    async acknowledged(rows, { id }, { deliverSignal: answer }, now) {
      const taken = await takeDelivery(rows, id);
      // Taken back meanwhile, it is nobody's business any more what the school made of it.
      if (taken?.delivery.state !== "SENT") return;
      const { delivery, submission } = taken;
      if (answer.__typename === "SignalNotDelivered") {
        await rows.update(DeliveryRow, { id }, { state: "REFUSED" });
        await openTask(rows, submission, answer.code, now, delivery.schoolId);
        return;
      }
      await rows.update(DeliveryRow, { id }, { state: "DELIVERED" });
      await setDeadline(rows, submission, toDates(answer.firstBells));
      // The contact, or news of another time, may have been quicker than this answer.
      if (!isUnseen(submission) || delivery.appearance > 0) return;
      const appearsAt = new Date(answer.appearsAt);
      if (await hasContactGap(rows, delivery.schoolId, dutchDay(appearsAt))) await escalateAt(rows, id, now);
      else await scheduleEscalation(rows, id, submission, appearsAt, escalation);
    },
  };
}

function toDates(texts: readonly string[]): Date[] {
  return texts.map((text) => new Date(text));
}
