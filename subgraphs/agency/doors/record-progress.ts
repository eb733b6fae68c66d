import { Arg, type ClassType, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import { RecordProgressInput } from "../schema/record-progress-input.ts";
import { moveSentSignal } from "../store/sent-signals.ts";

/** The part that keeps the routing ledger, and the only one that knows how far a signal is. */
const router = ["leerplicht"];

export function recordProgressDoor({ party }: Agency): ClassType {
  @Resolver()
  class RecordProgress {
    @Mutation(() => HopReceipt, {
      // Under the agency's own name, so that the router can tell which agency it tells.
      name: `record${party.charAt(0).toUpperCase()}${party.slice(1)}Progress`,
      description: "Leerplicht tells how far a signal is. News that is older than what is known changes nothing.",
    })
    @AllowParts(router)
    async recordProgress(
      @Arg("input", () => RecordProgressInput) { id, progress }: RecordProgressInput,
      @Ctx() { database, claims }: AgencyContext,
    ): Promise<HopReceipt> {
      // A signal that is not here is acknowledged as well: asking again would not bring it back.
      if (isUuid(id)) await database.transaction(systemClaims, (rows) => moveSentSignal(rows, id, progress, claims));
      return received;
    }
  }
  return RecordProgress;
}
