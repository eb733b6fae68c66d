import type { Hop } from "../../../plumbing/outbox.ts";
import { byItself } from "../../../plumbing/processing-log.ts";
import type { EscalationSettings } from "../decisions/escalation.ts";
import { isUnseen } from "../decisions/progress.ts";
import type { RoutingReason } from "../decisions/route.ts";
import { scheduleEscalation, setDeadline, takeDelivery } from "../store/deliveries.ts";
import { DeliveryRow } from "../store/entities.ts";
import { recordSought } from "../store/sought.ts";
import { openTask } from "../store/tasks.ts";

interface Payload {
  readonly id: string;
}

interface Answer {
  readonly deliverSignal:
    | { readonly __typename: "SignalDelivered"; readonly appearsAt: string; readonly firstBells: readonly string[] }
    | { readonly __typename: "SignalNotDelivered"; readonly code: RoutingReason };
}

/**
 * Brings a signal to its school. A school that cannot take it in makes it an officer's task.
 * @param pseudonymKey by which the processing log stands for the child.
 */
export function deliverSignal(escalation: EscalationSettings, pseudonymKey: string): Hop<Payload, Answer> {
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
        recordSought(rows, byItself(submission.organisation, pseudonymKey), "task.open", submission);
        await openTask(rows, submission, answer.code, now, delivery.schoolId);
        return;
      }
      await rows.update(DeliveryRow, { id }, { state: "DELIVERED" });
      await setDeadline(rows, submission, toDates(answer.firstBells));
      // The contact, or news of another time, may have been quicker than this answer.
      if (isUnseen(submission) && delivery.appearance === 0)
        await scheduleEscalation(rows, delivery, submission, new Date(answer.appearsAt), escalation, now);
    },
  };
}

function toDates(texts: readonly string[]): Date[] {
  return texts.map((text) => new Date(text));
}
