import type { Hop } from "../../../plumbing/outbox.ts";

/** Takes a delivery back from its school. */
export const withdrawDelivery: Hop = {
  document: `mutation WithdrawDelivery($input: WithdrawDeliveryInput!) {
    withdrawDelivery(input: $input) { accepted }
  }`,
};
