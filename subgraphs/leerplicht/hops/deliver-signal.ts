import type { Hop } from "../../../plumbing/outbox.ts";
import { isEnded } from "../decisions/progress.ts";
import type { RoutingReason } from "../decisions/route.ts";
import { DeliveryRow, SubmissionRow } from "../store/entities.ts";
import { openTask, setDeadline, takeSubmissionTurn } from "../store/ledger.ts";

interface Payload {
  readonly id: string;
}

type Answer =
  | { readonly deliverSignal: { readonly __typename: "SignalDelivered"; readonly firstBells: readonly string[] } }
  | { readonly deliverSignal: { readonly __typename: "SignalNotDelivered"; readonly code: RoutingReason } };

/** Brings a signal to its school. A school that cannot take it in makes it an officer's task. */
export const deliverSignal: Hop<Payload, Answer> = {
  document: `mutation DeliverSignal($input: DeliverSignalInput!) {
    deliverSignal(input: $input) {
      __typename ... on SignalDelivered { firstBells } ... on SignalNotDelivered { code }
    }
  }`,
  async acknowledged(rows, { id }, { deliverSignal: answer }, now) {
    const delivery = await rows.findOneByOrFail(DeliveryRow, { id });
    await takeSubmissionTurn(rows, delivery.submissionId);
    const taken = answer.__typename === "SignalDelivered";
    await rows.update(DeliveryRow, { id, state: "SENT" }, { state: taken ? "DELIVERED" : "REFUSED" });
    const submission = await rows.findOneByOrFail(SubmissionRow, { id: delivery.submissionId });
    if (taken) await setDeadline(rows, submission, answer.firstBells);
    else if (!isEnded(submission.progress)) await openTask(rows, submission, answer.code, now);
  },
};
