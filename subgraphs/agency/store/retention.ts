import type { Retention } from "../../../plumbing/retention.ts";

/**
 * A receipt goes after 31 days: no incident is reported that was more than thirty days ago, so the same report under its key
 * is then refused, and cannot become another signal.
 */
export const agencyRetention: Retention = {
  receipts: `
    delete from care.receipt where ctid = any (array(
      select ctid from care.receipt where received_at < care.now() - interval '31 days' limit $1
    ))`,
};
