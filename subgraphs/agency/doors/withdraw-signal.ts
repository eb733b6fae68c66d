import { Arg, type ClassType, Ctx, Directive, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actAsSystem } from "../../../plumbing/database.ts";
import { send, takeBack } from "../../../plumbing/outbox.ts";
import { isUuid } from "../../../plumbing/uuid.ts";
import type { Agency } from "../agency.ts";
import type { AgencyContext } from "../context.ts";
import { advance } from "../decisions/progress.ts";
import type { AgencyTypes } from "../schema/agency-types.ts";
import { WithdrawSignalInput } from "../schema/withdraw-signal-input.ts";
import type { SentSignalNotFound, WithdrawSignalResult } from "../schema/withdraw-signal-result.ts";
import { reporting } from "../scopes.ts";
import { recordSignals } from "../store/processing.ts";
import { lockSentSignal, setProgress } from "../store/sent-signals.ts";

export function withdrawSignalDoor({ party }: Agency, types: AgencyTypes): ClassType {
  @Resolver()
  class WithdrawSignal {
    @Mutation(() => types.withdrawSignalResult, {
      description: "Takes a signal back, for example because it was about the wrong child. Safe to repeat.",
    })
    @Directive("@shareable")
    @Allow([party], reporting)
    async withdrawSignal(
      @Arg("input", () => WithdrawSignalInput) { sentSignalId }: WithdrawSignalInput,
      @Ctx() { claims, clock, database }: AgencyContext,
    ): Promise<WithdrawSignalResult> {
      if (!isUuid(sentSignalId)) return notFound;
      return database.transaction(claims, async (rows) => {
        const signal = await lockSentSignal(rows, sentSignalId);
        if (signal === null) return notFound;
        const progress = advance(signal.progress, "WITHDRAWN");
        if (progress !== signal.progress) {
          recordSignals(rows, claims, "signal.withdraw", [signal]);
          await actAsSystem(rows);
          // The child does not wait in the outbox for a Leerplicht that is down. It may have come all the same, unacknowledged.
          await takeBack(rows, "submitSignal", signal.id, clock.now());
          await send(rows, "withdrawSubmission", { id: signal.id, organisation: signal.organisation });
          await setProgress(rows, signal, progress);
        }
        return { __typename: "SignalWithdrawn", sentSignal: { ...signal, progress } };
      });
    }
  }
  return WithdrawSignal;
}

const notFound: SentSignalNotFound = { __typename: "SentSignalNotFound", code: "SENT_SIGNAL_NOT_FOUND" };
